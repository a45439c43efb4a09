// A small model of a terminal's screen: what it shows, where its cursor is, and what has scrolled off.
// It knows what a chat may use. Anything else that reaches it, such as a sequence that somebody sent in a
// message, makes it throw.

import { segment } from "../src/width.js";

export interface ScreenModel {
  write(output: string): void;
  resize(columns: number, rows: number): void;
  /** Everything from the first line on, scrolled off or not, without blanks at the ends. */
  lines(): string[];
  /** What is before the cursor in its row. */
  beforeCursor(): string;
}

interface Cell {
  text: string;
  columns: number;
}

/** `columnsOf` is this terminal's opinion of how wide a grapheme is. */
export function screenModel(
  wide: number,
  tall: number,
  columnsOf: (grapheme: string) => number,
): ScreenModel {
  let columns = wide;
  let rows = tall;
  // All rows there ever were; the last `rows` of them are on the screen.
  const all: Cell[][] = [[]];
  let row = 0;
  let column = 0;

  const top = (): number => Math.max(0, all.length - rows);
  const width = (cells: readonly Cell[]): number => cells.reduce((sum, cell) => sum + cell.columns, 0);
  const here = (): Cell[] => all[row] ?? [];

  function lineFeed(): void {
    row += 1;
    if (row === all.length) all.push([]);
  }

  function put(text: string): void {
    const taken = columnsOf(text);
    if (column + taken > columns)
      throw new Error(`the terminal had to wrap ${JSON.stringify(text)} by itself`);
    const kept: Cell[] = [];
    let at = 0;
    for (const cell of here()) {
      if (at < column) kept.push(cell);
      at += cell.columns;
    }
    const rest: Cell[] = [];
    at = 0;
    for (const cell of here()) {
      if (at >= column + taken) rest.push(cell);
      at += cell.columns;
    }
    while (width(kept) < column) kept.push({ text: " ", columns: 1 });
    all[row] = [...kept, { text, columns: taken }, ...rest];
    column += taken;
  }

  function printable(text: string): void {
    for (const { text: part } of segment(text)) put(part);
  }

  function control(sequence: string): void {
    const [, count = "", kind = ""] = /^\u001b\[(\d*)([AJHm])$/.exec(sequence) ?? [];
    if (kind === "A") row = Math.max(top(), row - Number(count || 1));
    else if (kind === "J" && count === "") {
      all.splice(row + 1);
      const cells = here();
      while (width(cells) > column) cells.pop();
    } else if (kind !== "m" && !/^\u001b\[(\d+(;\d+)*m|\?2004[hl])$/.test(sequence)) {
      throw new Error(`this reached the terminal: ${JSON.stringify(sequence)}`);
    }
  }

  return {
    write(output) {
      for (const part of output.match(/\u001b\[[\d;?]*[A-Za-z]|\r\n|\r|[^\u001b\r]+|[\s\S]/g) ?? []) {
        if (part === "\r\n") {
          column = 0;
          lineFeed();
        } else if (part === "\r") column = 0;
        else if (part.startsWith("\u001b")) control(part);
        else if (/[\u0000-\u001f\u007f-\u009f]/.test(part))
          throw new Error(`this reached the terminal: ${JSON.stringify(part)}`);
        else printable(part);
      }
    },
    resize(wider, taller) {
      // Rows that no longer fit are broken in two, and the cursor stays on its cell; nothing is joined,
      // as every row ended with a line end.
      const before = all.splice(0);
      let cursor = { row: 0, column: 0 };
      before.forEach((cells, index) => {
        let line: Cell[] = [];
        let at = 0;
        all.push(line);
        const blank = { text: "", columns: 1 };
        for (const cell of index === row ? [...cells, blank] : cells) {
          if (width(line) + cell.columns > wider) {
            line = [];
            all.push(line);
          }
          if (index === row && at === column) cursor = { row: all.length - 1, column: width(line) };
          at += cell.columns;
          if (cell !== blank) line.push(cell);
        }
      });
      ({ row, column } = cursor);
      columns = wider;
      rows = taller;
    },
    lines: () =>
      all.map((cells) =>
        cells
          .map(({ text }) => text)
          .join("")
          .trimEnd(),
      ),
    beforeCursor() {
      let at = 0;
      let text = "";
      for (const cell of here()) {
        if (at >= column) break;
        text += cell.text;
        at += cell.columns;
      }
      return text;
    },
  };
}
