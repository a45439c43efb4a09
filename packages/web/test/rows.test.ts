import type { RoomEntry } from "chat-hub";
import { expect, test } from "vitest";
import { makeClock } from "../src/words/clock.js";
import type { Happened, Item, Said } from "../src/words/items.js";
import type { Row } from "../src/words/rows.js";
import { rows } from "../src/words/rows.js";

const clock = makeClock("en-GB", "UTC");
const noon = Date.parse("2026-05-04T12:00:00Z");
const minute = 60_000;

const line = (seq: number, from: string, at: number, more: Partial<Said> = {}): Said => ({
  kind: "message",
  key: `${seq}`,
  seq,
  from,
  own: from === "me",
  message: `${seq}`,
  at,
  replies: 0,
  reactions: [],
  mentions: [],
  edited: false,
  deleted: false,
  pinned: false,
  mentioned: false,
  hidden: false,
  state: "sent",
  ...more,
});
const joined = (seq: number, from: string, at: number): Happened => {
  const what: RoomEntry = {
    kind: "member_joined",
    conversation: "#dev",
    seq,
    at,
    from,
    sent: "12:00:00",
    role: "member",
    own: false,
  };
  return { kind: "room", key: `${seq}`, seq, what };
};

const told = (list: readonly Row[]): string[] =>
  list.map((row) => {
    if (row.type === "line") return `${row.follows ? "+" : row.said.from}${row.said.seq}`;
    if (row.type === "happened" || row.type === "hidden")
      return `${row.type} ${row.all.map(({ seq }) => seq).join()}`;
    return row.type === "day" ? row.label : row.type;
  });
const drawn = (list: readonly Item[], from?: number): string[] => told(rows(list, from, clock, noon));

test("lines of one author that come soon after each other are read as one", () => {
  const lines = [
    line(1, "bob", noon),
    line(2, "bob", noon + minute),
    line(3, "eve", noon + 2 * minute),
    line(4, "bob", noon + 3 * minute),
    line(5, "bob", noon + 10 * minute),
  ];
  expect(drawn(lines)).toEqual(["Today", "bob1", "+2", "eve3", "bob4", "bob5"]);
});

test("an answer stands for itself, whoever spoke before", () => {
  expect(drawn([line(1, "bob", noon), line(2, "bob", noon, { replyTo: 1 })])).toEqual([
    "Today",
    "bob1",
    "bob2",
  ]);
});

test("each day begins with its name", () => {
  const lines = [line(1, "bob", noon - 24 * 60 * minute), line(2, "bob", noon)];
  expect(drawn(lines)).toEqual(["Yesterday", "bob1", "Today", "bob2"]);
});

test("the first unread line of somebody else is marked, once", () => {
  const lines = [line(1, "bob", noon), line(2, "me", noon), line(3, "bob", noon), line(4, "bob", noon)];
  expect(drawn(lines, 2)).toEqual(["Today", "bob1", "me2", "unread", "bob3", "+4"]);
  expect(drawn(lines, 5)).toEqual(["Today", "bob1", "me2", "bob3", "+4"]);
});

test("comings and goings between two lines are one row, which stays the same while more come", () => {
  const items = [
    joined(1, "ann", noon),
    joined(2, "bob", noon),
    line(3, "bob", noon),
    joined(4, "eve", noon),
  ];
  expect(drawn(items)).toEqual(["Today", "happened 1,2", "bob3", "happened 4"]);
  const first = rows(items.slice(0, 1), undefined, clock, noon)[1];
  expect(first?.key).toBe(rows(items, undefined, clock, noon)[1]?.key);
});

test("lines of the blocked are one quiet row until the reader wants to see them", () => {
  const hidden = { hidden: true };
  const items = [line(1, "eve", noon, hidden), line(2, "eve", noon, hidden), line(3, "bob", noon)];
  expect(drawn(items)).toEqual(["Today", "hidden 1,2", "bob3"]);
  expect(drawn(items, 2)).toEqual(["Today", "hidden 1,2", "unread", "bob3"]);
  expect(told(rows(items, undefined, clock, noon, new Set(["1", "2"])))).toEqual([
    "Today",
    "eve1",
    "+2",
    "bob3",
  ]);
});

test("what is not here leaves a row between what is", () => {
  const hole: Item = { kind: "hole", key: "after 1", seq: 1.5 };
  expect(drawn([line(1, "bob", noon), hole, line(9, "bob", noon)])).toEqual([
    "Today",
    "bob1",
    "hole",
    "bob9",
  ]);
});
