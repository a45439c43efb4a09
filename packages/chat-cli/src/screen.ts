// The one routine that writes to the terminal: it takes away what it drew at the bottom, prints what is
// to stay, and draws the bottom anew, in a single write. What was printed belongs to the terminal: it
// scrolls, can be searched and copied, and stays when the program ends.

import type { Inert } from "./inert.js";
import type { Layout, Row } from "./layout.js";
import { rowsBelow, within } from "./layout.js";

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What stands at the bottom until the next drawing. */
export interface Bottom {
  /** Rows above the prompt, each no wider than the screen. */
  readonly above: readonly Row[];
  readonly draft: Layout;
}

/** What a drawing left on the screen, for the next one to take away. */
export interface Drawn {
  /** The columns of each grapheme in each row down to the cursor's, and in that one to the cursor. */
  readonly rows: readonly (readonly number[])[];
}

export const nothingDrawn: Drawn = { rows: [] };

/** What to write: takes `drawn` away, prints `lines` for good, draws `bottom` if there is one. */
export function draw(
  drawn: Drawn,
  lines: readonly Inert[],
  bottom: Bottom | undefined,
  size: Size,
): { readonly output: string; readonly drawn: Drawn } {
  const kept = erase(drawn, size) + lines.map((line) => `${line}\r\n`).join("");
  if (bottom === undefined) return { output: kept, drawn: nothingDrawn };
  const above = bottom.above.slice(-Math.max(0, size.rows - 2));
  const { rows, cursor } = within(bottom.draft, Math.max(1, size.rows - 1 - above.length));
  const all = [...above, ...rows];
  const down = above.length + cursor.row;
  // The cursor's row is written once more up to the cursor: so it stands where this terminal thinks
  // that place is, whatever it holds an emoji's width to be.
  const output = `${all.map(({ text }) => text).join("\r\n")}${up(all.length - 1 - down)}\r${cursor.before}`;
  return {
    output: kept + output,
    drawn: { rows: [...all.slice(0, down).map(({ widths }) => widths), cursor.widths] },
  };
}

/** From the cursor back to the first row that was drawn, and everything from there on away. */
function erase({ rows }: Drawn, { columns }: Size): string {
  if (rows.length === 0) return "";
  // A screen that has become narrower has broken each row into more.
  const broken = rows.reduce((more, widths) => more + rowsBelow(widths, columns), 0);
  return `\r${up(rows.length - 1 + broken)}\u001b[J`;
}

function up(rows: number): string {
  return rows > 0 ? `\u001b[${rows}A` : "";
}

/** Everything away, and the bottom drawn at the top of an empty screen. */
export const clearScreen = "\u001b[H\u001b[2J";
/** The terminal says where a paste begins and ends. */
export const markPastes = "\u001b[?2004h";
export const dontMarkPastes = "\u001b[?2004l";
