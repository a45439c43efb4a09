// What the lines of a conversation look like.

import type { MessageEntry } from "chat-hub";
import { nameKey } from "chat-hub";
import type { Inert } from "./inert.js";
import { inert, inertLines } from "./inert.js";
import type { Palette } from "./palette.js";
import { join } from "./palette.js";
import { clip, columnsOf, wrap } from "./width.js";

/** Lines of one message that are shown; a longer one ends with how many more it has. */
const mostLines = 40;
/** A screen that is so wide has room for the numbers of lines. */
const wideColumns = 90;
/** How long a number may be before names are moved to the right. */
const numberColumns = 4;

/** Whose eyes it is for. */
export interface Viewer {
  /** As the server spells it, once it has said so. */
  username: string;
  readonly palette: Palette;
  /** The width of their screen now; absent where nobody looks, and lines stay as long as they are. */
  readonly columns?: () => number;
  /** Whether lines show their numbers, as they have chosen; until then a wide screen does. */
  numbers?: boolean;
  /** How a conversation's people spell it. */
  readonly spelled?: (conversation: string) => string;
}

/** What is shown of a message. */
export interface Shown {
  readonly message: string;
  readonly from: string;
  /** Whom it is for, if it is private. */
  readonly to?: string | undefined;
  readonly at: number;
  readonly conversation?: string;
  readonly seq?: number;
  /** What it answers. */
  readonly quote?: string | undefined;
  /** It is the new text of the message of this number. */
  readonly edits?: number;
  /** It calls the one who looks. */
  readonly mentioned?: true | undefined;
  readonly deleted?: true | undefined;
  /** What else is known of it: `edited`, `👍 2`. */
  readonly tags?: readonly string[];
}

export function isNumbered({ numbers, columns }: Viewer): boolean {
  return numbers ?? (columns?.() ?? 0) >= wideColumns;
}

/** The time of day, and the number of a line where there is room for numbers; with two spaces after it. */
export function gutter(
  at: number,
  seq: number | undefined,
  viewer: Viewer,
  numbered = isNumbered(viewer),
): string {
  const number = numbered ? ` ${String(seq ?? "").padStart(numberColumns)}` : "";
  return `${clock(at)}${number}  `;
}

/** The lines of a message: time, who, to whom if not to all, and the text hung under its beginning. */
export function messageLines(
  shown: Shown,
  own: boolean,
  viewer: Viewer,
  numbered = isNumbered(viewer),
): readonly Inert[] {
  const { palette } = viewer;
  const time = gutter(shown.at, shown.seq, viewer, numbered);
  const who = own ? "you" : shown.from;
  const address = addressOf(shown, own, viewer);
  const edits = shown.edits === undefined ? "" : `(edited ${shown.edits})  `;
  const name = own ? palette.strong(who) : palette.name(shown.from)(who);
  const paint = shown.conversation?.startsWith("#") === true ? palette.room : palette.secret;
  const quiet = shown.mentioned === true ? palette.warning : palette.quiet;
  const first = join(quiet(time), name, paint(address), inert("  "), palette.quiet(edits));
  const beginning = columnsOf(`${time}${who}${address}  `);
  const screen = viewer.columns?.() ?? Number.POSITIVE_INFINITY;
  // Under a long name, or on a narrow screen, the text would have no room: it hangs under the name then.
  const indent = beginning <= screen / 3 ? beginning : time.length;
  const lines = body(shown, viewer, screen - indent, beginning - indent + columnsOf(edits));
  return lines.map((line, index) => join(index === 0 ? first : inert(" ".repeat(indent)), line));
}

/** ` → bob`, ` → #dev`; nothing for everyone. */
function addressOf({ conversation = "", to }: Shown, own: boolean, viewer: Viewer): string {
  const arrow = ` ${viewer.palette.signs.to} `;
  if (conversation.startsWith("#")) return arrow + (viewer.spelled?.(conversation) ?? conversation);
  if (to === undefined) return "";
  return arrow + (own ? (to === viewer.username ? "yourself" : to) : "you");
}

export function messageOf(entry: MessageEntry, viewer: Viewer, quote?: string): readonly Inert[] {
  const tags = (entry.version ?? 1) > 1 ? ["edited"] : [];
  return messageLines({ ...entry, quote, tags }, entry.own, viewer);
}

/** The lines of a text in so many columns; of the first, some are taken. */
function body(shown: Shown, viewer: Viewer, room: number, taken: number): readonly Inert[] {
  const { palette } = viewer;
  const quote = shown.quote === undefined ? [] : [quoteLine(shown.quote, palette, room - taken)];
  const text = textLines(shown, viewer, room, quote.length === 0 ? taken : 0);
  return withTags([...quote, ...text], shown.tags ?? [], palette, room);
}

function textLines(shown: Shown, viewer: Viewer, room: number, taken: number): readonly Inert[] {
  const { palette } = viewer;
  if (shown.deleted === true) return [palette.quiet("(deleted)")];
  const given = inertLines(shown.message);
  if (given.length === 1 && given[0] === "") return [palette.quiet("(nothing that can be shown)")];
  const kept = given.length <= mostLines ? given : given.slice(0, mostLines - 1);
  const paint = shown.mentioned === true ? (line: string) => withCalls(line, viewer) : inert;
  const lines = kept.flatMap((line, index) => wrap(line, room, index === 0 ? taken : 0)).map(paint);
  if (kept === given) return lines;
  return [...lines, palette.quiet(`… and ${given.length - kept.length} more lines`)];
}

function quoteLine(quote: string, palette: Palette, room: number): Inert {
  return palette.quiet(clip(`${palette.signs.answer} ${inert(quote)}`, Math.min(room - 1, 72)));
}

/** Behind the last line if it has room, else below it. */
function withTags(
  lines: readonly Inert[],
  tags: readonly string[],
  palette: Palette,
  room: number,
): readonly Inert[] {
  if (tags.length === 0) return lines;
  const text = `[${tags.join(", ")}]`;
  const last = lines.at(-1) ?? inert("");
  if (columnsOf(last) + columnsOf(text) + 2 > room) return [...lines, palette.quiet(text)];
  return [...lines.slice(0, -1), join(last, palette.quiet(`  ${text}`))];
}

/** The places where a text calls the one who looks catch the eye. */
function withCalls(line: string, { username, palette }: Viewer): Inert {
  const parts = line.split(/(@[\p{L}\p{Nd}][\p{L}\p{Nd}\p{M}_.-]*)/u);
  const keys = [nameKey(username), "everyone"];
  const isCall = (part: string): boolean =>
    part.startsWith("@") && keys.includes(nameKey(part.slice(1).replace(/[.-]+$/, "")));
  return join(...parts.map((part) => (isCall(part) ? palette.call(part) : inert(part))));
}

/** The local time of day, HH:MM. */
export function clock(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `alice`, `alice and bob`, `alice, bob and 3 others`. */
export function listed(names: readonly string[], most = 5): string {
  const shown = names.slice(0, names.length === most + 1 ? most + 1 : most);
  const others = names.length - shown.length;
  const all = others === 0 ? shown : [...shown, `${others} others`];
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

export function many(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}
