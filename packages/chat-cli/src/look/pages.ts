// Messages as they stand: a page of what was said, and what a search has found.

import type { Answer } from "chat-hub";
import { nameKey } from "chat-hub";
import type { Inert } from "../inert.js";
import { inert } from "../inert.js";
import type { Viewer } from "../look.js";
import { clock, isNumbered, many, messageLines } from "../look.js";
import { dayLines } from "../notices.js";
import { join } from "../palette.js";

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
