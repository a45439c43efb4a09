import { expect, test } from "vitest";
import type { Span } from "../src/words/span.js";
import { around, following, held, newer, newest, older, slice, spanLines } from "../src/words/span.js";

/** Seqs 1 to `count`, then `unplaced` own lines on their way. */
const lines = (count: number, unplaced = 0): { seq?: number }[] => [
  ...Array.from({ length: count }, (_, index) => ({ seq: index + 1 })),
  ...Array.from({ length: unplaced }, () => ({})),
];

const edges = (list: readonly { seq?: number }[], span: Span): [number | undefined, number | undefined] => {
  const { from, to } = slice(list, span);
  return [list[from]?.seq, list[to - 1]?.seq];
};

test("at first the newest lines are shown, those on their way among them", () => {
  expect(slice(lines(1_000, 2), newest)).toEqual({ from: 942, to: 1_002 });
  expect(slice(lines(3), newest)).toEqual({ from: 0, to: 3 });
  expect(slice([], newest)).toEqual({ from: 0, to: 0 });
});

test("a reader who left the end keeps the same lines while new ones come", () => {
  const span = held(lines(100), newest);
  expect(edges(lines(100), span)).toEqual([41, 100]);
  expect(edges(lines(150), span)).toEqual([41, 150]);
  expect(edges(lines(5_000), span)).toEqual([41, 40 + spanLines]);
});

test("going up to the beginning and down again to the end shows every line and never too many", () => {
  const all = lines(2_000);
  const seen = new Set<number>();
  let span: Span = newest;
  const look = (): void => {
    const { from, to } = slice(all, span);
    expect(to - from).toBeLessThanOrEqual(spanLines);
    for (let index = from; index < to; index += 1) seen.add(index);
  };
  for (let guard = 0; slice(all, span).from > 0 && guard < 100; guard += 1) {
    look();
    span = older(all, span);
  }
  look();
  expect(seen.size).toBe(2_000);
  for (let guard = 0; slice(all, span).to < all.length && guard < 100; guard += 1) {
    span = newer(all, span);
    look();
  }
  expect(slice(all, span).to).toBe(2_000);
  expect(following(all, span)).toEqual({ type: "following", lines: spanLines });
});

test("older lines that are put on top don't change what a held span shows", () => {
  const span = around(lines(500), 300);
  const before = edges(lines(500), span);
  const older = [...Array.from({ length: 60 }, (_, index) => ({ seq: index - 59 })), ...lines(500)];
  expect(edges(older, span)).toEqual(before);
});

test("reading begins at the first unread line, with some read ones before it", () => {
  expect(edges(lines(500), around(lines(500), 300))).toEqual([270, 500]);
  expect(edges(lines(500), around(lines(500), 5))).toEqual([1, spanLines]);
  expect(edges(lines(10), around(lines(10), 99))).toEqual([1, 10]);
});
