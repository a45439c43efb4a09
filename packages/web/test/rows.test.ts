import { expect, test } from "vitest";
import { makeClock } from "../src/words/clock.js";
import type { Line, Row } from "../src/words/rows.js";
import { rows } from "../src/words/rows.js";

const clock = makeClock("en-GB", "UTC");
const noon = Date.parse("2026-05-04T12:00:00Z");
const minute = 60_000;

const line = (seq: number, from: string, at: number): Line => ({
  key: `${seq}`,
  seq,
  from,
  own: from === "me",
  message: `${seq}`,
  at,
  state: { type: "sent" },
});

const told = (list: readonly Row[]): string[] =>
  list.map((row) => {
    if (row.type === "line") return `${row.follows ? "+" : row.line.from}${row.line.seq}`;
    return row.type === "day" ? row.label : "new";
  });

test("lines of one author that come soon after each other are read as one", () => {
  const lines = [
    line(1, "bob", noon),
    line(2, "bob", noon + minute),
    line(3, "eve", noon + 2 * minute),
    line(4, "bob", noon + 3 * minute),
    line(5, "bob", noon + 10 * minute),
  ];
  expect(told(rows(lines, undefined, clock, noon))).toEqual(["Today", "bob1", "+2", "eve3", "bob4", "bob5"]);
});

test("each day begins with its name", () => {
  const lines = [line(1, "bob", noon - 24 * 60 * minute), line(2, "bob", noon)];
  expect(told(rows(lines, undefined, clock, noon))).toEqual(["Yesterday", "bob1", "Today", "bob2"]);
});

test("the first unread line of somebody else is marked, once", () => {
  const lines = [line(1, "bob", noon), line(2, "me", noon), line(3, "bob", noon), line(4, "bob", noon)];
  expect(told(rows(lines, 2, clock, noon))).toEqual(["Today", "bob1", "me2", "new", "bob3", "+4"]);
  expect(told(rows(lines, 5, clock, noon))).toEqual(["Today", "bob1", "me2", "bob3", "+4"]);
});
