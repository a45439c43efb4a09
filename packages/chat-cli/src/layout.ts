// How a prompt and a draft lie in the rows at the bottom of the screen. Rows are broken here, never by
// the terminal, and by the most columns any terminal gives a grapheme: so a row never spills over.

import type { Inert } from "./inert.js";
import { inert } from "./inert.js";
import type { Paint } from "./palette.js";
import { join } from "./palette.js";
import type { Grapheme } from "./width.js";
import { mostColumns, segment } from "./width.js";

export interface Row {
  readonly text: Inert;
  /** The columns of each grapheme in it. */
  readonly widths: readonly number[];
}

/** Where the cursor stands. */
export interface Cursor {
  readonly row: number;
  /** What of its row is before it. */
  readonly before: Inert;
  /** The columns of each grapheme of its row, up to the one that it stands on. */
  readonly widths: readonly number[];
}

export interface Layout {
  readonly rows: readonly Row[];
  readonly cursor: Cursor;
}

export interface Draft {
  readonly text: string;
  /** An index into `text`. */
  readonly cursor: number;
  /** So much of the text's beginning has a look of its own. */
  readonly head: { readonly length: number; readonly paint: Paint };
}

export function rowOf(text: string, paint: Paint): Row {
  return { text: paint(text), widths: segment(inert(text)).map((part) => mostColumns(part.text)) };
}

/** `prompt` stands before the first row, and as many spaces before the others. */
export function layOut(prompt: Row, draft: Draft, columns: number): Layout {
  // The last column stays free: writing there leaves terminals of two minds about where the cursor is.
  const room = columns - 1;
  const indent =
    sum(prompt.widths) <= room / 2 ? rowOf(" ".repeat(sum(prompt.widths)), inert) : rowOf("", inert);
  const done: Row[] = [];
  let row = prompt;
  let cursor: Cursor | undefined;
  const stand = (on: number): Cursor => ({
    row: done.length,
    before: row.text,
    widths: [...row.widths, on],
  });
  for (const { text, index } of pieces(draft.text, room - sum(indent.widths))) {
    const shown = rowOf(text, index < draft.head.length ? draft.head.paint : inert);
    if (sum(row.widths) + sum(shown.widths) > room) {
      done.push(row);
      row = indent;
    }
    if (index === draft.cursor) cursor = stand(shown.widths[0] ?? 1);
    if (isBreak(text)) {
      done.push(row);
      row = indent;
    } else row = { text: join(row.text, shown.text), widths: [...row.widths, ...shown.widths] };
  }
  return { rows: [...done, row], cursor: cursor ?? stand(1) };
}

/** Its graphemes; of what joins so much that no row can hold it, each part by itself, without what joins them. */
function pieces(text: string, room: number): readonly Grapheme[] {
  return segment(text).flatMap((part) => (mostColumns(part.text) > room ? partsOf(part) : [part]));
}

function partsOf({ text, index }: Grapheme): readonly Grapheme[] {
  let next = index;
  const parts = Array.from(text, (point) => {
    next += point.length;
    return { text: point, index: next - point.length };
  });
  return parts.filter((part) => part.index === index || mostColumns(part.text) > 0);
}

/** At most so many rows of it, those around the cursor. */
export function within(layout: Layout, mostRows: number): Layout {
  const { rows, cursor } = layout;
  if (rows.length <= mostRows) return layout;
  const first = Math.max(0, Math.min(cursor.row - Math.floor(mostRows / 2), rows.length - mostRows));
  return { rows: rows.slice(first, first + mostRows), cursor: { ...cursor, row: cursor.row - first } };
}

/** In a terminal of this width, how far below its beginning such a row ends. */
export function rowsBelow(widths: readonly number[], columns: number): number {
  let below = 0;
  let taken = 0;
  for (const width of widths) {
    taken += width;
    if (taken <= columns) continue;
    below += 1;
    taken = width;
  }
  return below;
}

function sum(widths: readonly number[]): number {
  return widths.reduce((all, width) => all + width, 0);
}

function isBreak(grapheme: string): boolean {
  return grapheme === "\n" || grapheme === "\r\n" || grapheme === "\r";
}
