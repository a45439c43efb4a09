// Lines that are no messages: what the program itself has to say.

import type { Answer, Refusal, WelcomePayload } from "chat-hub";
import type { Inert } from "./inert.js";
import type { Viewer } from "./look.js";
import { clock, many, messageLines } from "./look.js";
import type { Palette } from "./palette.js";
import { join } from "./palette.js";
import type { Said } from "./unsent.js";

/** The most that /history shows at once. */
export const mostHistoryRows = 200;

/** Ways out that read better here than the server's, which speaks to those who type JSON. */
const hints: Readonly<Record<string, string>> = {
  unknown_user: "/who tells who is here",
  bad_name: "/who tells who is here",
  unknown_conversation: "/who tells who is here",
  too_long: "send it in parts",
  away: "",
  malformed: "",
};

/** A line of the program's own, under the messages' names. */
export function noteLine(text: string, at: number, palette: Palette): Inert {
  return palette.quiet(`${clock(at)}  ${text}`);
}

/** A line between two days, if there is a day's end between these moments. */
export function dayLines(before: number, at: number, palette: Palette): readonly Inert[] {
  if (new Date(before).toDateString() === new Date(at).toDateString()) return [];
  const day = new Date(at).toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long" });
  return [palette.quiet(`${palette.signs.rule} ${day} ${palette.signs.rule}`)];
}

export function warningLine(text: string, at: number, palette: Palette): Inert {
  return palette.warning(`${clock(at)}  ${text}`);
}

export function awayLine(name: string, at: number, palette: Palette): Inert {
  return noteLine(`${name} is away and will find it on coming back`, at, palette);
}

/** What stands first: where one is, as whom, and how much was missed beyond the rows that follow. */
export function greetingLines(
  { username, here, conversations }: WelcomePayload,
  url: string,
  rows: number,
  wall: number,
  { palette }: Viewer,
): readonly Inert[] {
  const greeting = join(
    palette.strong(new URL(url).host),
    palette.quiet(" as "),
    palette.name(username)(username),
    palette.quiet(`, ${many(here, "person", "people")} here. /help tells what you can type.`),
  );
  const unread = conversations.find(({ conversation }) => conversation === "everyone")?.unread ?? 0;
  if (unread <= rows) return [greeting];
  const command = `/history ${Math.min(unread, mostHistoryRows)}`;
  return [
    greeting,
    noteLine(`${unread} lines since you were here; ${command} shows more of them`, wall, palette),
  ];
}

/** What was said in vain, and why. */
export function refusalLines(
  said: Said | undefined,
  error: Refusal,
  wall: number,
  viewer: Viewer,
): readonly Inert[] {
  const { palette, username } = viewer;
  const hint = hints[error.code] ?? error.hint ?? "";
  const why = `       ${palette.signs.failed} not sent: ${error.message}${hint === "" ? "" : ` (${hint})`}`;
  if (said === undefined) return [palette.bad(why)];
  const to = said.to === "everyone" ? undefined : said.to.slice(1);
  const shown = { message: said.message, at: wall, from: username, to };
  return [...messageLines(shown, true, viewer), palette.bad(why)];
}

/** What was said before, between two rules. */
export function historyLines(
  { conversation, messages }: Extract<Answer, { type: "history" }>,
  wall: number,
  viewer: Viewer,
): readonly Inert[] {
  const { palette, username } = viewer;
  const { rule } = palette.signs;
  const of = conversation === "everyone" ? "to everyone" : `with ${conversation.slice(1)}`;
  if (messages.length === 0) return [palette.quiet(`${rule} nothing was said ${of} yet ${rule}`)];
  const shown = messages.flatMap((message, index) => [
    ...dayLines(messages[index - 1]?.at ?? wall, message.at, palette),
    ...messageLines(message, message.from === username, viewer),
  ]);
  const title = `${rule} the last ${many(messages.length, "line", "lines")} said ${of} ${rule}`;
  return [palette.quiet(title), ...shown, palette.quiet(`${rule} now ${rule}`)];
}
