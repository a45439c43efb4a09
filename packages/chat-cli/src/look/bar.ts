// The row above the prompt: how things stand now, in as few words as they take.

import { inert } from "../inert.js";
import type { Row } from "../layout.js";
import { rowOf } from "../layout.js";
import type { Palette } from "../palette.js";
import { join } from "../palette.js";
import { clip } from "../width.js";

export interface Piece {
  readonly text: string;
  readonly look: "quiet" | "secret" | "room" | "call" | "warning";
}

/** The pieces one after another, no wider than the screen; those that don't fit are left out. */
export function barRow(pieces: readonly Piece[], columns: number, palette: Palette): Row {
  const dot = ` ${palette.signs.bullet} `;
  let row: Row = rowOf(`${palette.signs.bar} `, palette.quiet);
  for (const [index, { text, look }] of pieces.entries()) {
    const before = rowOf(index === 0 ? "" : dot, palette.quiet);
    const room = columns - 1 - width(row) - width(before);
    if (room < 4) break;
    row = together(together(row, before), rowOf(clip(inert(text), room), palette[look]));
  }
  return row;
}

function together(one: Row, other: Row): Row {
  return { text: join(one.text, other.text), widths: [...one.widths, ...other.widths] };
}

function width(row: Row): number {
  return row.widths.reduce((sum, columns) => sum + columns, 0);
}
