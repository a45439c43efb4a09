// Lines that are no messages: what the program itself has to say.

import type { Deed, HousePayload, Refusal, WelcomePayload } from "chat-hub";
import { lastingWords } from "./commands/lasting.js";
import type { Inert } from "./inert.js";
import { inert } from "./inert.js";
import type { Viewer } from "./look.js";
import { gutter, many, messageLines } from "./look.js";
import type { Paint, Palette } from "./palette.js";
import { join } from "./palette.js";
import { columnsOf, wrap } from "./width.js";

/** The most that /history shows at once. */
export const mostHistoryRows = 200;

/** Ways out that read better here than the server's, which speaks to those who type JSON. */
const hints: Readonly<Record<string, string>> = {
  unknown_user: "/who tells who is here",
  bad_name: "/who tells who is here",
  unknown_conversation: "/rooms tells what rooms there are",
  unknown_message: "/numbers shows the numbers of lines",
  not_member: "/join goes into a room",
  forbidden: "/members tells who may",
  blocked: "/blocks tells whom you have blocked",
  room_taken: "choose another name, or /join it",
  silenced: "",
  archived: "/unarchive opens it again, if you own it",
  last_owner: "/role NAME owner makes another one first",
  history_gone: "",
  limit_reached: "",
  nonce_reused: "",
  too_long: "send it in parts",
  away: "",
  malformed: "",
};

/** What the server says no with, and the way out; where no commands are read, only a way without them. */
export function refusalWords({ code, message, hint = "" }: Refusal, readsCommands = true): string {
  const way = hints[code] ?? hint;
  return way === "" || (way.includes("/") && !readsCommands) ? message : `${message} (${way})`;
}

/** What the program itself says, under the messages' names. */
export function noteLines(text: string, at: number, viewer: Viewer, seq?: number): readonly Inert[] {
  return hung(text, gutter(at, seq, viewer), viewer, viewer.palette.quiet);
}

export function warningLines(text: string, at: number, viewer: Viewer): readonly Inert[] {
  return hung(text, gutter(at, undefined, viewer), viewer, viewer.palette.warning);
}

/** The text behind its gutter, and what does not fit under its beginning. */
function hung(text: string, beginning: string, { columns }: Viewer, paint: Paint): readonly Inert[] {
  const room = (columns?.() ?? Number.POSITIVE_INFINITY) - beginning.length - 1;
  const indent = " ".repeat(beginning.length);
  return wrap(inert(text), Math.max(room, 16)).map((line, index) =>
    paint((index === 0 ? beginning : indent) + line),
  );
}

/** A line between two days, if there is a day's end between these moments. */
export function dayLines(before: number, at: number, palette: Palette): readonly Inert[] {
  if (new Date(before).toDateString() === new Date(at).toDateString()) return [];
  const day = new Date(at).toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long" });
  return [palette.quiet(`${palette.signs.rule} ${day} ${palette.signs.rule}`)];
}

export function awayLines(name: string, at: number, viewer: Viewer): readonly Inert[] {
  return noteLines(`${name} is away and will find it on coming back`, at, viewer);
}

/** What stands first: where one is, as whom, and how much was missed beyond the rows that follow. */
export function greetingLines(
  { username, here, conversations }: WelcomePayload,
  url: string,
  rows: number,
  wall: number,
  viewer: Viewer,
): readonly Inert[] {
  const { palette } = viewer;
  const { host } = new URL(url);
  const people = `, ${many(here, "person", "people")} here.`;
  const help = "/help tells what you can type.";
  const who = join(palette.strong(host), palette.quiet(" as "), palette.name(username)(username));
  const isNarrow = columnsOf(`${host} as ${username}${people} ${help}`) >= (viewer.columns?.() ?? 200);
  const greeting = isNarrow
    ? [join(who, palette.quiet(people)), palette.quiet(help)]
    : [join(who, palette.quiet(`${people} ${help}`))];
  const unread = conversations.find(({ conversation }) => conversation === "everyone")?.unread ?? 0;
  if (unread <= rows) return greeting;
  const command = `/history ${Math.min(unread, mostHistoryRows)}`;
  return [
    ...greeting,
    ...noteLines(`${unread} lines since you were here; ${command} shows more of them`, wall, viewer),
  ];
}

/** What was done in vain, and why: a message with its text, so that it can be copied. */
export function refusalLines(deed: Deed, error: Refusal, wall: number, viewer: Viewer): readonly Inert[] {
  const { palette, username } = viewer;
  const why = `${palette.signs.failed} ${deed.type === "message" ? "not sent" : deedWords(deed)}: ${isOfHouse(deed) ? error.message : refusalWords(error)}`;
  const time = gutter(wall, undefined, viewer);
  if (deed.type !== "message") return hung(why, time, viewer, palette.bad);
  const { conversation, message } = deed;
  const below = hung(why, time.replace(/\S/g, " "), viewer, palette.bad);
  const to = conversation.startsWith("@") ? conversation.slice(1) : undefined;
  return [...messageLines({ message, at: wall, from: username, to, conversation }, true, viewer), ...below];
}

/** What holds for all who are here. */
export function houseWords({ read_only, reason = "", slow_mode }: HousePayload): string {
  if (read_only) return `nobody can write for now${reason === "" ? "" : `: ${reason}`}`;
  if (slow_mode > 0) return `slow mode: one message to everyone in ${many(slow_mode, "second", "seconds")}`;
  return "everybody can write";
}

/** What only admins may do, of whom no list of members tells. */
function isOfHouse(deed: Deed): boolean {
  switch (deed.type) {
    case "announce":
    case "readOnly":
      return true;
    case "kick":
    case "ban":
    case "silence":
    case "slow":
    case "retention":
      return deed.conversation === "everyone";
    default:
      return false;
  }
}

/** Who announces: nobody can be called as the server is. */
export function announcer(from: string): string {
  return from === "server" ? "the server" : from;
}

/** A deed in the words in which it was asked for. */
export function deedWords(deed: Deed): string {
  switch (deed.type) {
    case "message":
      return `say ${deed.message}`;
    case "edit":
    case "deletion":
      return `${deed.type === "edit" ? "edit" : "delete"} ${lineWords(deed.target)}`;
    case "reaction":
      return `${deed.on ? "react" : "unreact"} ${lineWords(deed.target)} ${deed.emoji}`;
    case "pin":
      return `${deed.on ? "pin" : "unpin"} ${lineWords(deed.target)}`;
    case "create":
    case "join":
    case "leave":
    case "topic":
      return `${deed.type} ${deed.conversation}`;
    case "history":
      return `past ${deed.history} ${deed.conversation}`;
    case "archive":
      return `${deed.on ? "archive" : "unarchive"} ${deed.conversation}`;
    case "invite":
    case "kick":
      return `${deed.type} ${deed.username} ${deed.conversation}`;
    case "ban":
      return `${deed.on ? "ban" : "unban"} ${deed.username} ${deed.conversation}`;
    case "silence":
      return `${deed.on ? "silence" : "unsilence"} ${deed.username} ${deed.conversation}`;
    case "slow":
      return `slow ${deed.seconds} ${deed.conversation}`;
    case "retention":
      return `keep ${lastingWords(deed.seconds)} ${deed.conversation}`;
    case "announce":
      return `announce ${deed.message}`;
    case "readOnly":
      return `readonly ${deed.on ? "on" : "off"}`;
    case "role":
      return `role ${deed.username} ${deed.role} ${deed.conversation}`;
    case "status":
      return ["status", deed.status, deed.text].filter((part) => part !== undefined && part !== "").join(" ");
    case "privacy":
      return `privacy ${deed.reading}`;
    case "block":
      return `${deed.on ? "block" : "unblock"} ${deed.username}`;
    case "mute":
      return `${deed.on ? "mute" : "unmute"} ${deed.conversation}`;
  }
}

/** A line that has no place yet has no number either. */
function lineWords(target: number | string): string {
  return typeof target === "number" ? String(target) : "what you just said";
}
