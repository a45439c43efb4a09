// What is here of a conversation that is shown, and what is fetched of it.

import { expect, test } from "vitest";
import type { View } from "../src/client/lines.js";
import type { World } from "./client-world.js";
import { welcome, world } from "./client-world.js";

type Payload = Record<string, unknown>;

function online(more: Parameters<typeof world>[0] = {}): World {
  const it = world(more);
  it.feed({ type: "started" });
  const conversations = [{ conversation: "everyone", head: 50, read: 50, unread: 0, mentions: 0 }];
  it.push("welcome", welcome({ conversations }).payload);
  return it;
}

function message(seq: number, more: Payload = {}): Payload {
  return {
    message: `m${seq}`,
    from: "bob",
    sent: "00:00:00",
    conversation: "everyone",
    seq,
    at: seq,
    ...more,
  };
}

const asked = (it: World, type = "history"): World["sent"][number] | undefined =>
  it.sent.findLast((frame) => frame.type === type);
const view = (it: World): View | undefined => it.heard("view").at(-1)?.view;
/** Lines as their seqs, a hole as what is missing. */
const lines = (it: World): unknown[] =>
  view(it)?.lines.map((line) => (line.kind === "hole" ? `${line.after}…${line.before}` : line.seq)) ?? [];

function page(it: World, seqs: readonly number[], more: boolean, extra: Payload = {}): void {
  const messages = seqs.map((seq) => message(seq));
  const payload = { conversation: "everyone", messages, first: 1, head: 50, more, ...extra };
  it.push("history", payload, asked(it)?.id);
}

function shown(more: Parameters<typeof world>[0] = {}): World {
  const it = online(more);
  it.feed({ type: "shown", conversation: "everyone" });
  page(it, [48, 49, 50], true);
  return it;
}

test("what is shown is fetched, and told at once with what is known", () => {
  const it = online();
  it.feed({ type: "shown", conversation: "everyone" });
  expect(view(it)).toEqual({ lines: [], start: "unknown", loading: ["page"], head: 50, receipts: [] });
  expect(asked(it)).toMatchObject({ payload: { conversation: "everyone", limit: 60 } });
  page(it, [48, 49, 50], true);
  expect(lines(it)).toEqual([48, 49, 50]);
  expect(view(it)).toMatchObject({ start: "more", loading: [] });
});

test("the first page holds what is unread, beside a screen of what was before", () => {
  const it = world();
  it.feed({ type: "started" });
  const conversations = [{ conversation: "everyone", head: 500, read: 100, unread: 400, mentions: 0 }];
  it.push("welcome", welcome({ conversations }).payload);
  it.feed({ type: "shown", conversation: "everyone" });
  expect(asked(it)).toMatchObject({ payload: { limit: 460 } });
});

test("at the first line older ones are fetched, once, until there are none", () => {
  const it = shown();
  for (const _ of [1, 2]) it.feed({ type: "reached", conversation: "everyone", edge: "start" });
  expect(it.sent.filter(({ type }) => type === "history")).toHaveLength(2);
  expect(asked(it)).toMatchObject({ payload: { before: 48, limit: 60 } });
  expect(view(it)?.loading).toEqual(["start"]);
  page(it, [2, 40], false);
  expect(lines(it)).toEqual([2, 40, 48, 49, 50]);
  expect(view(it)).toMatchObject({ start: "all", loading: [] });
  it.feed({ type: "reached", conversation: "everyone", edge: "start" });
  expect(it.sent.filter(({ type }) => type === "history")).toHaveLength(2);
});

test("a jump stands alone above a hole, which closes from either side", () => {
  const it = shown();
  it.feed({ type: "shown", conversation: "everyone", jumpTo: 20 });
  expect(asked(it)).toMatchObject({ payload: { around: 20 } });
  page(it, [19, 20, 21], true);
  expect(lines(it)).toEqual([19, 20, 21, "21…48", 48, 49, 50]);
  it.feed({ type: "reached", conversation: "everyone", edge: "holeAbove" });
  expect(asked(it)).toMatchObject({ payload: { after: 21, before: 48 } });
  page(it, [22, 23], true);
  expect(lines(it)).toEqual([19, 20, 21, 22, 23, "23…48", 48, 49, 50]);
  it.feed({ type: "reached", conversation: "everyone", edge: "holeBelow" });
  expect(asked(it)?.payload).toMatchObject({ before: 48 });
  page(it, [22, 23, 30], true);
  expect(lines(it)).toEqual([19, 20, 21, 22, 23, 30, 48, 49, 50]);
});

test("a jump to what is here fetches nothing", () => {
  const it = shown();
  const before = it.sent.length;
  it.feed({ type: "shown", conversation: "everyone", jumpTo: 49 });
  expect(it.sent).toHaveLength(before);
});

test("a second jump elsewhere leaves the first behind, never the newest", () => {
  const it = shown();
  for (const seq of [20, 5]) {
    it.feed({ type: "shown", conversation: "everyone", jumpTo: seq });
    page(it, [seq], true);
  }
  expect(lines(it)).toEqual([5, "5…48", 48, 49, 50]);
});

test("where nobody reads further up the oldest lines go; where somebody does, those between", () => {
  const it = shown({ limits: { viewLines: 4 } });
  for (const seq of [51, 52]) it.push("new_message", message(seq));
  expect(lines(it)).toEqual([49, 50, 51, 52]);
  expect(view(it)?.start).toBe("more");
  it.feed({ type: "reached", conversation: "everyone", edge: "start" });
  page(it, [46, 47, 48], true);
  expect(lines(it)).toEqual([48, 49, "49…51", 51, 52]);
  it.push("new_message", message(53));
  expect(lines(it)).toEqual([48, 49, "49…52", 52, 53]);
  it.feed({ type: "read", conversation: "everyone", seq: 53 });
  it.push("new_message", message(54));
  expect(lines(it)).toEqual([49, "49…52", 52, 53, 54]);
});

test("a hidden view goes on, and is told as it is when it is shown again", () => {
  const it = shown();
  it.feed({ type: "hidden", conversation: "everyone" });
  const told = it.heard("view").length;
  it.push("new_message", message(51));
  expect(it.heard("view")).toHaveLength(told);
  it.feed({ type: "shown", conversation: "everyone" });
  expect(lines(it)).toEqual([48, 49, 50, 51]);
  expect(it.sent.filter(({ type }) => type === "history")).toHaveLength(1);
});

test("of the views that are hidden, the ones shown last are kept", () => {
  const it = shown({ limits: { hiddenViews: 1 } });
  for (const conversation of ["everyone", "@bob"]) {
    it.feed({ type: "shown", conversation });
    it.feed({ type: "hidden", conversation });
  }
  it.feed({ type: "shown", conversation: "everyone" });
  expect(view(it)).toMatchObject({ lines: [], start: "unknown" });
});

test("a page that was lost with its connection is asked for again", () => {
  const it = online();
  it.feed({ type: "shown", conversation: "everyone" });
  it.cut();
  it.wait();
  it.push("welcome", welcome().payload);
  page(it, [48, 49, 50], true);
  expect(lines(it)).toEqual([48, 49, 50]);
});

test("where there is nothing yet for us, the view is empty and complete", () => {
  const it = online();
  it.feed({ type: "shown", conversation: "@bob" });
  it.push("error", { code: "unknown_conversation", message: "none", retryable: false }, asked(it)?.id);
  expect(view(it)).toMatchObject({ lines: [], start: "all", loading: [] });
  it.push("new_message", message(1, { conversation: "@bob", to: "alice" }));
  expect(lines(it)).toEqual([1]);
});

test("a view of a log that was set back begins anew with the newest page of the other one", () => {
  const it = shown();
  it.cut();
  it.wait();
  const conversations = [{ conversation: "everyone", head: 9, read: 9, unread: 0, mentions: 0 }];
  it.push("welcome", welcome({ epoch: "second", conversations }).payload);
  expect(lines(it)).toEqual([]);
  for (const frame of it.sent.filter(({ type }) => type === "history").slice(-2)) {
    const payload = {
      conversation: "everyone",
      messages: [message(8), message(9)],
      first: 1,
      head: 9,
      more: true,
    };
    it.push("history", payload, frame.id);
  }
  expect(lines(it)).toEqual([8, 9]);
  it.push("new_message", message(10));
  expect(lines(it)).toEqual([8, 9, 10]);
  expect(it.heard("standing").at(-1)?.standing).toMatchObject({ head: 10, unread: 1 });
});

test("what can't be had any more is no hole: what follows it begins there", () => {
  const it = shown();
  it.push("new_message", message(60));
  const gone = { code: "history_gone", message: "gone", retryable: false };
  it.push("error", gone, asked(it, "log")?.id);
  expect(lines(it)).toEqual([60]);
  expect(view(it)?.start).toBe("more");
});

test("a room's view has what happened in it, between the messages of a page too", () => {
  const it = online();
  it.feed({ type: "shown", conversation: "#dev" });
  const room = { conversation: "#dev" };
  const payload = { ...room, messages: [message(3, room), message(6, room)], first: 1, head: 6, more: false };
  it.push("history", payload, asked(it)?.id);
  expect(asked(it, "log")).toMatchObject({ payload: { conversation: "#dev", after: 0 } });
  const facts = { ...room, at: 1, from: "bob", sent: "00:00:00" };
  const entries = [
    { type: "member_joined", payload: { ...facts, seq: 1, role: "owner" } },
    { type: "skip", payload: { ...room, first: 2, last: 2 } },
    { type: "new_message", payload: message(3, room) },
    { type: "room_updated", payload: { ...facts, seq: 4, topic: "releases" } },
  ];
  it.push("log", { ...room, entries, head: 6, more: true }, asked(it, "log")?.id);
  expect(asked(it, "log")).toMatchObject({ payload: { after: 4 } });
  expect(view(it)?.lines.map((line) => (line.kind === "room" ? line.what.kind : line.kind))).toEqual([
    "member_joined",
    "message",
    "room_updated",
    "message",
  ]);
});

test("a line keeps its key from being said to standing there, and takes only what is newer", () => {
  const it = shown();
  it.say("helo");
  it.push("ack", { conversation: "everyone", seq: 51, at: 1 }, asked(it, "send_message")?.id);
  it.push("new_message", message(51, { from: "alice", message: "helo" }));
  const line = (): unknown => view(it)?.lines.at(-1);
  expect(line()).toMatchObject({ key: "nonce-000000000001", own: true });
  const edit = { ...message(52, { from: "alice" }), message_seq: 51 };
  it.push("message_edited", { ...edit, message: "hello", version: 3 });
  it.push("message_edited", { ...edit, seq: 53, at: 53, message: "hullo", version: 2 });
  expect(line()).toMatchObject({ key: "nonce-000000000001", message: "hello", version: 3, edited: 52 });
});

test("a view is another object only if it has changed, and so is each of its lines", () => {
  const it = shown();
  const before = view(it);
  const told = it.heard("view").length;
  it.push("presence", { count: 3 });
  expect(it.heard("view")).toHaveLength(told);
  it.push("reaction", { ...message(51), message_seq: 49, emoji: "👍", on: true });
  const same = view(it)?.lines.map((line, index) => line === before?.lines[index]);
  expect(same).toEqual([true, false, true]);
  expect(view(it)?.lines[1]).toMatchObject({ reactions: [{ emoji: "👍", count: 1 }] });
});
