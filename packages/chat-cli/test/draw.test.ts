// What stands on the screen after any drawing: all that was printed, in order, and below it the draft.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inert } from "../src/inert.js";
import { layOut, rowOf } from "../src/layout.js";
import type { Bottom } from "../src/screen.js";
import { draw, nothingDrawn } from "../src/screen.js";
import { mostColumns, segment } from "../src/width.js";
import { screenModel } from "./screen-model.js";

function bottom(text: string, cursor: number, columns: number, above: readonly string[] = []): Bottom {
  const draft = { text, cursor, head: { length: 0, paint: inert } };
  return {
    above: above.map((line) => rowOf(line, inert)),
    draft: layOut(rowOf("> ", inert), draft, columns),
  };
}

// Two families of terminals: a joined emoji takes 2 columns, or as many as its members together.
const joined = (grapheme: string): number => Math.min(mostColumns(grapheme), 2);
const families = { "joined emoji in two columns": joined, "joined emoji side by side": mostColumns };

// Without what only joins: a grapheme that no row holds is shown in its parts.
const letters = (text: string): string => text.replace(/[\s\u200d]/g, "");

describe.each(Object.entries(families))("%s", (_, columnsOf) => {
  test("lines arrive above a draft and leave it, and the cursor, as they were", () => {
    const size = { columns: 30, rows: 10 };
    const screen = screenModel(size.columns, size.rows, columnsOf);
    const draft = "hello 你好 👨‍👩‍👧 and a good deal more than one row";
    let { output, drawn } = draw(nothingDrawn, [], bottom(draft, 9, 30), size);
    screen.write(output);
    ({ output, drawn } = draw(drawn, [inert("bob: one"), inert("bob: two")], bottom(draft, 9, 30), size));
    screen.write(output);
    expect(screen.lines().slice(0, 2)).toEqual(["bob: one", "bob: two"]);
    expect(screen.lines().slice(2).join("").replaceAll(" ", "")).toBe(`>${draft.replaceAll(" ", "")}`);
    expect(screen.beforeCursor()).toBe("> hello 你好 ");
    ({ output, drawn } = draw(drawn, [], undefined, size));
    screen.write(output);
    expect(screen.lines()).toEqual(["bob: one", "bob: two", ""]);
  });

  const text = fc.array(
    fc.constantFrom(
      "a",
      "b ",
      "word ",
      "你好",
      "👨‍👩‍👧",
      // One grapheme that is wider than the screen.
      `${"👩\u200d".repeat(30)}👩`,
      "👍🏽",
      "é",
      "e\u0301",
      "🇦🇹",
      "س",
      "\n",
      "longer-word ",
    ),
    { maxLength: 60 },
  );
  const frame = fc.record({
    lines: fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 4 }),
    text: text.map((parts) => parts.join("")),
    place: fc.nat(1000),
    above: fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 2 }),
    columns: fc.option(fc.integer({ min: 12, max: 60 })),
  });

  test("whatever is typed, printed and resized, nothing that was printed is lost and nothing of an old draft stays", () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 12 }), (frames) => {
        // A terminal's own idea of emoji can't be followed into a narrower screen, and what scrolls off
        // there is gone: so it is either resized and tall, or low.
        const resizes = columnsOf === mostColumns;
        let size = { columns: 40, rows: resizes ? 80 : 8 };
        let drawn = nothingDrawn;
        const screen = screenModel(size.columns, size.rows, columnsOf);
        const printed: string[] = [];
        for (const { lines, text: typed, place, above, columns } of frames) {
          if (columns !== null && resizes) {
            size = { ...size, columns };
            screen.resize(size.columns, size.rows);
          }
          const edges = [...segment(typed).map(({ index }) => index), typed.length];
          const cursor = edges[place % edges.length] ?? 0;
          printed.push(...lines);
          const drawing = draw(drawn, lines.map(inert), bottom(typed, cursor, size.columns, above), size);
          screen.write(drawing.output);
          drawn = drawing.drawn;
          const before = typed.slice(typed.lastIndexOf("\n", cursor - 1) + 1, cursor);
          expect(letters(`>${before}`).endsWith(letters(screen.beforeCursor()))).toBe(true);
        }
        const last = draw(drawn, [], undefined, size);
        screen.write(last.output);
        expect(screen.lines()).toEqual([...printed, ""]);
      }),
      { numRuns: 300 },
    );
  });
});

test("a draft taller than the screen shows the part around the cursor", () => {
  const size = { columns: 20, rows: 5 };
  const screen = screenModel(size.columns, size.rows, mostColumns);
  const draft = Array.from({ length: 12 }, (_, index) => `row ${index}`).join("\n");
  const drawing = draw(nothingDrawn, [], bottom(draft, draft.indexOf("6"), 20), size);
  screen.write(drawing.output);
  expect(screen.lines()).toHaveLength(4);
  expect(screen.beforeCursor().trim()).toBe("row");
  expect(screen.lines().join()).toContain("row 6");
});
