// What is shown when the server answers a question.

import type { Answer } from "chat-hub";
import { nameKey } from "chat-hub";
import type { Inert } from "../inert.js";
import { inert } from "../inert.js";
import type { Viewer } from "../look.js";
import { clock, gutter, isNumbered, many, messageLines } from "../look.js";
import { dayLines, noteLines } from "../notices.js";
import { join } from "../palette.js";
import { columnsOf } from "../width.js";

type AnswerTo<Type extends Answer["type"]> = Extract<Answer, { type: Type }>;
type Row = AnswerTo<"history">["messages"][number];

/** A page of messages between two rules: `title`, and what stands below it. */
export function pageLines(
  messages: readonly Row[],
  title: string,
  end: string,
  wall: number,
  viewer: Viewer,
): readonly Inert[] {
  const { palette } = viewer;
  const { rule } = palette.signs;
  const known = new Map(messages.map((message) => [message.seq, message]));
  const shown = messages.flatMap((message, index) => [
    ...dayLines(messages[index - 1]?.at ?? wall, message.at, palette),
    ...standing(message, known, viewer),
  ]);
  return [palette.quiet(`${rule} ${title} ${rule}`), ...shown, palette.quiet(`${rule} ${end} ${rule}`)];
}

/** A message as it stands now, with its number: whoever asks for it may want to do something to it. */
function standing(message: Row, known: ReadonlyMap<number, Row>, viewer: Viewer): readonly Inert[] {
  const { reply_to: answers, reactions = [], replies = 0 } = message;
  const answered = answers === undefined ? undefined : known.get(answers);
  const quote =
    answers === undefined ? undefined : answered === undefined ? `${answers}` : quoteOf(answered, viewer);
  const tags = [
    ...(message.pinned === true ? ["pinned"] : []),
    ...((message.version ?? 1) > 1 && message.deleted !== true ? ["edited"] : []),
    ...reactions.map(({ emoji, count, mine }) => `${emoji} ${count}${mine === true ? "*" : ""}`),
    ...(replies === 0 ? [] : [many(replies, "answer", "answers")]),
  ];
  const own = nameKey(message.from) === nameKey(viewer.username);
  return messageLines({ ...message, quote, tags }, own, viewer, true);
}

/** `41 alice: shall we ship it` */
export function quoteOf(
  { seq, from, message }: Pick<Row, "seq" | "from" | "message">,
  viewer: Viewer,
): string {
  const who = nameKey(from) === nameKey(viewer.username) ? "you" : from;
  const text = message.trim().replace(/\s+/g, " ");
  return `${isNumbered(viewer) ? `${seq} ` : ""}${who}: ${text === "" ? "(deleted)" : text}`;
}

export function searchLines(
  { hits, next }: AnswerTo<"search">,
  query: string,
  wall: number,
  viewer: Viewer,
): readonly Inert[] {
  const { palette } = viewer;
  const { rule } = palette.signs;
  if (hits.length === 0) return [palette.quiet(`${rule} nothing was found for ${query} ${rule}`)];
  // The newest comes first, and is wanted most: it stands nearest to the prompt.
  const shown = hits.toReversed().flatMap(({ message, snippet, marks }, index, all) => {
    const before = all[index - 1]?.message.at ?? wall;
    return [
      ...dayLines(before, message.at, palette),
      hitLine(message, marked(snippet, marks, viewer), viewer),
    ];
  });
  const end = next === undefined ? "that is all" : "/more shows older ones";
  return [
    palette.quiet(`${rule} ${many(hits.length, "line", "lines")} found for ${query} ${rule}`),
    ...shown,
    palette.quiet(`${rule} ${end} ${rule}`),
  ];
}

/** The number of a hit is written as a command takes it: with its conversation. */
function hitLine(message: Row, snippet: Inert, viewer: Viewer): Inert {
  const { palette } = viewer;
  const { from, conversation, seq } = message;
  const own = nameKey(from) === nameKey(viewer.username);
  return join(
    palette.quiet(`${clock(message.at)}  ${conversation}:${seq}  `),
    own ? palette.strong("you") : palette.name(from)(from),
    inert("  "),
    snippet,
  );
}

/** The words that were looked for, where the server found them. Each piece is made inert by itself. */
function marked(text: string, marks: readonly (readonly [number, number])[], { palette }: Viewer): Inert {
  const parts: Inert[] = [];
  let end = 0;
  for (const [from, to] of marks) {
    if (from < end || to > text.length || to <= from) continue;
    parts.push(inert(text.slice(end, from)), palette.found(text.slice(from, to)));
    end = to;
  }
  return join(...parts, inert(text.slice(end)));
}

export function roomLines(
  { rooms, more }: AnswerTo<"rooms">,
  wall: number,
  viewer: Viewer,
): readonly Inert[] {
  const { palette } = viewer;
  if (rooms.length === 0) {
    return noteLines("there are no rooms yet; /create #dev makes one", wall, viewer);
  }
  const width = Math.max(...rooms.map(({ name }) => columnsOf(name) + 1));
  const rows = rooms.map((room) => {
    const name = `#${room.name}`;
    const notes = [
      many(room.members, "member", "members"),
      ...(room.visibility === "private" ? ["private"] : []),
      ...(room.archived === true ? ["archived"] : []),
      ...(room.role === undefined
        ? []
        : [room.role === "invited" ? "you are invited" : `you are ${article(room.role)}`]),
    ];
    return join(
      inert("  "),
      palette.room(name + " ".repeat(Math.max(0, width - columnsOf(name)))),
      palette.quiet(`  ${notes.join(", ")}`),
      inert(room.topic === "" ? "" : `  ${room.topic}`),
    );
  });
  return more ? [...rows, palette.quiet("  and more")] : rows;
}

function article(role: string): string {
  return role === "owner" ? "an owner" : role === "moderator" ? "a moderator" : "in it";
}

export function memberLines(
  { conversation, members, count, more }: AnswerTo<"members">,
  which: string,
  wall: number,
  viewer: Viewer,
): readonly Inert[] {
  const { palette } = viewer;
  const room = viewer.spelled?.(conversation) ?? conversation;
  const title =
    which === "members" ? `in ${room}` : which === "banned" ? `banned from ${room}` : `invited to ${room}`;
  const names = members.map(({ username, role, status }) => {
    const isSelf = nameKey(username) === nameKey(viewer.username);
    const name = isSelf ? palette.strong("you") : palette.name(username)(username);
    const notes = [
      ...(role === "owner" || role === "moderator" ? [role] : []),
      ...(status === "online" ? [] : [status]),
    ];
    return notes.length === 0 ? name : join(name, palette.quiet(` (${notes.join(", ")})`));
  });
  const all = names.flatMap((name, index) => (index === 0 ? [name] : [inert(", "), name]));
  const rest = more ? [palette.quiet(` and ${count - members.length} others`)] : [];
  const head = palette.quiet(`${gutter(wall, undefined, viewer)}${count} ${title}${count === 0 ? "" : ": "}`);
  return [join(head, ...all, ...rest)];
}

export function whoisLines(about: AnswerTo<"whois">, wall: number, viewer: Viewer): readonly Inert[] {
  const { username, status, text = "", seen, kept } = about;
  const parts = [
    status === "offline" ? seenWords(seen) : status === "online" ? "here" : `here, ${status}`,
    ...(text === "" ? [] : [text]),
    kept ? "the name is kept by a token" : "the name is held only while they are here",
  ];
  return noteLines(`${username}: ${parts.join("; ")}`, wall, viewer);
}

function seenWords(seen: number | undefined): string {
  if (seen === undefined) return "not here";
  const day = new Date(seen).toLocaleDateString(undefined, {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return `not here, last seen on ${day} at ${clock(seen)}`;
}

export function blockLines(
  { usernames, more }: AnswerTo<"blocks">,
  wall: number,
  viewer: Viewer,
): readonly Inert[] {
  if (usernames.length === 0) return noteLines("you have blocked nobody", wall, viewer);
  return noteLines(`blocked: ${usernames.join(", ")}${more ? " and more" : ""}`, wall, viewer);
}
