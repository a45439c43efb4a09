// How a prompt and a draft lie in the rows at the bottom of the screen. Rows are broken here, never by
// the terminal, and by the most columns any terminal gives a grapheme: so a row never spills over.

import type { Inert } from "./inert.js";
import { inert } from "./inert.js";
import type { Paint } from "./palette.js";
import { join } from "./palette.js";
import { columnsOf, mostColumns, segment } from "./width.js";

export interface Row {
  readonly text: Inert;
  readonly columns: number;
}

export interface Layout {
  readonly rows: readonly Row[];
  /** Where the cursor stands: in which row, and what of that row is before it. */
  readonly cursor: { readonly row: number; readonly before: Inert; readonly columns: number };
}

export interface Draft {
  readonly text: string;
  /** An index into `text`. */
  readonly cursor: number;
  /** So much of the text's beginning has a look of its own. */
  readonly head: { readonly length: number; readonly paint: Paint };
}

/** `prompt` stands before the first row, and as many spaces before the others. */
export function layOut(
  prompt: readonly Inert[],
  promptColumns: number,
  draft: Draft,
  columns: number,
): Layout {
  // The last column stays free: writing there leaves terminals of two minds about where the cursor is.
  const room = Math.max(columns - 1, 8);
  const indent = promptColumns <= room / 2 ? promptColumns : 0;
  const rows: { text: Inert; columns: number }[] = [{ text: join(...prompt), columns: promptColumns }];
  let cursor: Layout["cursor"] | undefined;
  const last = () => rows.at(-1) ?? begin();
  const begin = () => {
    const row = { text: inert(" ".repeat(indent)), columns: indent };
    rows.push(row);
    return row;
  };
  for (const { text, index } of [...segment(draft.text), { text: "", index: draft.text.length }]) {
    const shown = inert(text);
    const wide = text === "\t" ? 2 : mostColumns(shown);
    if (last().columns + wide > room) begin();
    const row = last();
    if (index === draft.cursor) cursor = { row: rows.length - 1, before: row.text, columns: row.columns };
    if (isBreak(text)) begin();
    else {
      row.text = join(row.text, index < draft.head.length ? draft.head.paint(shown) : shown);
      row.columns += wide;
    }
  }
  return { rows, cursor: cursor ?? { row: rows.length - 1, before: last().text, columns: last().columns } };
}

/** At most so many rows of it, those around the cursor. */
export function within(layout: Layout, mostRows: number): Layout {
  const { rows, cursor } = layout;
  if (rows.length <= mostRows) return layout;
  const first = Math.max(0, Math.min(cursor.row - Math.floor(mostRows / 2), rows.length - mostRows));
  return { rows: rows.slice(first, first + mostRows), cursor: { ...cursor, row: cursor.row - first } };
}

export function row(text: Inert, plain: string): Row {
  return { text, columns: columnsOf(plain) };
}

function isBreak(grapheme: string): boolean {
  return grapheme === "\n" || grapheme === "\r\n" || grapheme === "\r";
}
