// What the lines of a conversation look like.

import type { MessageEntry } from "chat-hub";
import type { Inert } from "./inert.js";
import { inert, inertLines } from "./inert.js";
import type { Palette } from "./palette.js";
import { join } from "./palette.js";
import { columnsOf, wrap } from "./width.js";

/** Where names stand, after the time. */
const nameColumn = 7;
/** Lines of one message that are shown; a longer one ends with how many more it has. */
const mostLines = 40;

/** Whose eyes it is for. */
export interface Viewer {
  /** As the server spells it, once it has said so. */
  username: string;
  readonly palette: Palette;
  /** The width of their screen now; absent where nobody looks, and lines stay as long as they are. */
  readonly columns?: () => number;
}

/** What is shown of a message. */
export interface Shown {
  readonly message: string;
  readonly from: string;
  /** Whom it is for, if not everyone. */
  readonly to?: string | undefined;
  readonly at: number;
}

/** The lines of a message: time, who, to whom if not to all, and the text hung under its beginning. */
export function messageLines(shown: Shown, own: boolean, viewer: Viewer): readonly Inert[] {
  const { palette, username } = viewer;
  const time = clock(shown.at);
  const who = own ? "you" : shown.from;
  const to = own ? (shown.to === username ? "yourself" : shown.to) : "you";
  const address = shown.to === undefined ? "" : ` ${palette.signs.to} ${to}`;
  const name = own ? palette.strong(who) : palette.name(shown.from)(who);
  const first = join(palette.quiet(time), inert("  "), name, palette.secret(address), inert("  "));
  const beginning = columnsOf(`${time}  ${who}${address}  `);
  const screen = viewer.columns?.() ?? Number.POSITIVE_INFINITY;
  // Under a long name, or on a narrow screen, the text would have no room: it hangs under the name then.
  const indent = beginning <= screen / 3 ? beginning : nameColumn;
  const lines = body(shown.message, palette, screen - indent, beginning - indent);
  return lines.map((line, index) => join(index === 0 ? first : inert(" ".repeat(indent)), line));
}

export function messageOf(entry: MessageEntry, viewer: Viewer): readonly Inert[] {
  return messageLines(entry, entry.own, viewer);
}

/** The lines of a text in so many columns; of the first, some are taken. */
function body(message: string, palette: Palette, room: number, taken: number): readonly Inert[] {
  const given = inertLines(message);
  if (given.length === 1 && given[0] === "") return [palette.quiet("(nothing that can be shown)")];
  const shown = given.length <= mostLines ? given : given.slice(0, mostLines - 1);
  const lines = shown.flatMap((line, index) => wrap(line, room, index === 0 ? taken : 0)).map(inert);
  if (shown === given) return lines;
  return [...lines, palette.quiet(`… and ${given.length - shown.length} more lines`)];
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
