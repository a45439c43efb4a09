import { expect, test } from "vitest";
import type { Line } from "../src/words/rows.js";
import type { Message, Timeline } from "../src/words/timeline.js";
import {
  acked,
  emptyTimeline,
  lines,
  trimmed,
  withMessages,
  withState,
  withUnplaced,
} from "../src/words/timeline.js";

const message = (seq: number, from = "bob", nonce?: string): Message => ({
  seq,
  from,
  message: `m${seq}`,
  at: seq * 1_000,
  nonce,
});
const mine = ({ from }: Message): boolean => from === "me";
const heard = (timeline: Timeline, ...messages: Message[]): Timeline =>
  withMessages(timeline, messages, mine);
const written = (key: string): Line => ({
  key,
  from: "me",
  own: true,
  message: key,
  at: 5,
  state: { type: "sending" },
});
const seen = (timeline: Timeline): string[] =>
  lines(timeline).map((line) => `${line.seq ?? "–"} ${line.message} ${line.state.type}`);

test("a line told twice stands there once, in its place", () => {
  let timeline = heard(emptyTimeline, message(5), message(6));
  timeline = heard(timeline, message(3), message(4), message(5));
  timeline = heard(timeline, message(6));
  expect(lines(timeline).map(({ seq }) => seq)).toEqual([3, 4, 5, 6]);
});

test("an own line goes from on its way to sent, whichever of ack and entry comes first", () => {
  const waiting = withUnplaced(heard(emptyTimeline, message(1)), written("n-1"));
  expect(seen(waiting)).toEqual(["1 m1 sent", "– n-1 sending"]);
  const byAck = acked(waiting, "n-1", 2, 9);
  expect(seen(heard(byAck, message(2, "me", "n-1")))).toEqual(["1 m1 sent", "2 m2 sent"]);
});

test("the entry before the ack settles the line too, and the ack then changes nothing", () => {
  const waiting = withUnplaced(heard(emptyTimeline, message(1)), written("n-1"));
  const byEntry = heard(waiting, message(2, "me", "n-1"));
  expect(seen(byEntry)).toEqual(["1 m1 sent", "2 m2 sent"]);
  expect(acked(byEntry, "n-1", 2, 9)).toBe(byEntry);
});

test("a replay that told an own line without its nonce is not doubled by the ack", () => {
  const waiting = withUnplaced(emptyTimeline, written("n-1"));
  expect(seen(acked(heard(waiting, message(1, "me")), "n-1", 1, 9))).toEqual(["1 m1 sent"]);
});

test("a row keeps its key from being written to being read again as history", () => {
  const sent = acked(withUnplaced(emptyTimeline, written("n-1")), "n-1", 1, 9);
  expect(lines(heard(sent, message(1, "me"))).map(({ key }) => key)).toEqual(["n-1"]);
});

test("a refused line stays at the end with its reason, and later ones pass it", () => {
  let timeline = withUnplaced(emptyTimeline, written("n-1"));
  timeline = withState(timeline, "n-1", { type: "failed", reason: "too long" });
  timeline = heard(timeline, message(1));
  expect(seen(timeline)).toEqual(["1 m1 sent", "– n-1 failed"]);
});

test("a page that is open for weeks forgets the oldest lines, and knows that there were more", () => {
  let timeline: Timeline = { ...emptyTimeline, loaded: true, more: false };
  for (let seq = 1; seq <= 10_000; seq += 1) timeline = trimmed(heard(timeline, message(seq)));
  expect(timeline.placed.length).toBeLessThanOrEqual(4_000);
  expect(timeline.placed.at(-1)?.seq).toBe(10_000);
  expect(timeline.more).toBe(true);
});
