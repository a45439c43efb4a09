// Other people, beside what they say: who types, who has got how far, whom we have blocked, who asks us in.

import { expect, test } from "vitest";
import { reachOf } from "../src/client/lines.js";
import type { World } from "./client-world.js";
import { welcome, world } from "./client-world.js";

function online(more: Parameters<typeof world>[0] = {}): World {
  const it = world(more);
  it.feed({ type: "started" });
  it.push("welcome", welcome().payload);
  return it;
}

function elapse(it: World, ms: number): void {
  it.at += ms;
  it.feed({ type: "elapsed" });
}

const asked = (it: World, type: string): World["sent"][number] | undefined =>
  it.sent.findLast((frame) => frame.type === type);
const typists = (it: World): unknown[] => it.heard("typing").map(({ usernames }) => usernames);
const typing = (username: string, on = true): Record<string, unknown> => ({
  conversation: "everyone",
  username,
  on,
});

function message(seq: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { message: "x", from: "bob", sent: "00:00:00", conversation: "everyone", seq, at: seq, ...more };
}

test("however many keys are pressed, the server is told once in three seconds, and at once when the draft is gone", () => {
  const it = online();
  for (const ms of [0, 1_000, 1_999, 1]) {
    it.at += ms;
    it.feed({ type: "typed", conversation: "@bob", on: true });
  }
  for (const _ of [1, 2]) it.feed({ type: "typed", conversation: "@bob", on: false });
  expect(it.sent.filter(({ type }) => type === "typing").map(({ payload }) => payload)).toEqual([
    { conversation: "@bob", on: true },
    { conversation: "@bob", on: true },
    { conversation: "@bob", on: false },
  ]);
});

test("saying it needs no end of typing, and what comes after is told anew", () => {
  const it = online();
  it.feed({ type: "typed", conversation: "everyone", on: true });
  it.say("hi");
  it.feed({ type: "typed", conversation: "everyone", on: false });
  it.feed({ type: "typed", conversation: "everyone", on: true });
  const told = it.sent.filter(({ type }) => type === "typing").map(({ payload }) => payload["on"]);
  expect(told).toEqual([true, true]);
});

test("without a connection nobody is told of typing, then or later", () => {
  const it = online();
  it.cut();
  it.feed({ type: "typed", conversation: "@bob", on: true });
  it.wait();
  it.push("welcome", welcome().payload);
  expect(it.sent.filter(({ type }) => type === "typing")).toEqual([]);
});

test("somebody types for six seconds, or until they stop, or until they have said it", () => {
  const it = online();
  it.push("typing", typing("bob"));
  elapse(it, 3_000);
  it.push("typing", typing("carol"));
  elapse(it, 3_000);
  it.push("typing", typing("dave"));
  it.push("typing", typing("dave", false));
  it.push("new_message", message(1, { from: "carol" }));
  expect(typists(it)).toEqual([["bob"], ["bob", "carol"], ["carol"], ["carol", "dave"], ["carol"], []]);
});

test("who goes on typing is no news, and a lost connection ends all typing", () => {
  const it = online();
  it.push("typing", typing("bob"));
  elapse(it, 5_000);
  it.push("typing", typing("bob"));
  elapse(it, 5_000);
  expect(typists(it)).toEqual([["bob"]]);
  it.cut();
  expect(typists(it)).toEqual([["bob"], []]);
});

test("receipts only grow, and tell how far a line of ours has got", () => {
  const it = online();
  it.feed({ type: "shown", conversation: "@bob" });
  const row = (username: string, delivered: number, read: number): object => ({ username, delivered, read });
  const receipts = [row("alice", 9, 9), row("bob", 5, 3)];
  it.push("receipts", { conversation: "@bob", receipts }, asked(it, "receipts")?.id);
  it.push("receipt", { conversation: "@bob", ...row("bob", 4, 4) });
  const view = it.heard("view").at(-1)?.view;
  expect(view?.receipts).toEqual([row("alice", 9, 9), row("bob", 5, 4)]);
  const reach = (seq: number): object => reachOf({ seq, from: "alice" }, view?.receipts ?? []);
  expect(reach(4)).toEqual({ deliveredTo: ["bob"], readBy: ["bob"] });
  expect(reach(5)).toEqual({ deliveredTo: ["bob"], readBy: [] });
  expect(reach(6)).toEqual({ deliveredTo: [], readBy: [] });
});

test("receipts are asked for anew after a loss, for what is shown", () => {
  const it = online();
  it.feed({ type: "shown", conversation: "@bob" });
  it.feed({ type: "shown", conversation: "@carol" });
  it.feed({ type: "hidden", conversation: "@carol" });
  it.cut();
  it.sent.length = 0;
  it.wait();
  it.push("welcome", welcome().payload);
  expect(it.sent.filter(({ type }) => type === "receipts").map(({ payload }) => payload)).toEqual([
    { conversation: "@bob" },
  ]);
});

test("what blocked people say is hidden, and shown again when they are blocked no more", () => {
  const it = world({ blocked: ["Mallory"] });
  it.feed({ type: "started" });
  const conversations = [{ conversation: "everyone", head: 1, read: 1, unread: 0, mentions: 0 }];
  it.push("welcome", welcome({ conversations }).payload);
  it.feed({ type: "shown", conversation: "everyone" });
  const page = { conversation: "everyone", messages: [message(1, { from: "mallory" })], first: 1, head: 1 };
  it.push("history", { ...page, more: false }, asked(it, "history")?.id);
  it.push("new_message", message(2, { from: "mallory", mentions: ["alice"] }));
  it.push("new_message", message(3));
  const hidden = (): unknown[] =>
    it
      .heard("view")
      .at(-1)
      ?.view.lines.map((line) => line.kind === "message" && line.hidden === true) ?? [];
  expect(hidden()).toEqual([true, true, false]);
  expect(it.heard("entry").map(({ entry }) => entry.kind === "message" && entry.hidden)).toEqual([
    true,
    undefined,
  ]);
  // Nor does it call us.
  expect(it.heard("standing").at(-1)?.standing.mentions).toBe(0);
  it.push("blocks", { usernames: ["bob"], more: false }, asked(it, "blocks")?.id);
  expect(it.heard("blocked").at(-1)).toMatchObject({ usernames: ["bob"] });
  expect(hidden()).toEqual([false, false, true]);
  it.push("blocked", { username: "bob", on: false });
  expect(hidden()).toEqual([false, false, false]);
});

test("who is blocked does not type here", () => {
  const it = online({ blocked: ["mallory"] });
  it.push("typing", typing("mallory"));
  it.push("typing", typing("bob"));
  it.push("blocked", { username: "bob", on: true });
  expect(typists(it)).toEqual([["bob"], []]);
});

test("all pages of the blocked are read before anybody is taken off the list", () => {
  const it = online({ blocked: ["zoe"] });
  it.push("blocks", { usernames: ["bob"], more: true }, asked(it, "blocks")?.id);
  expect(asked(it, "blocks")).toMatchObject({ payload: { after: "bob" } });
  expect(it.heard("blocked")).toEqual([]);
  it.push("blocks", { usernames: ["zoe"], more: false }, asked(it, "blocks")?.id);
  expect(it.heard("blocked")).toEqual([{ type: "blocked", usernames: ["bob", "zoe"] }]);
});

test("an invitation is told, and what people say about themselves comes with who they are", () => {
  const it = online();
  it.push("invited", { conversation: "#dev", from: "bob" });
  expect(it.heard("invited")).toEqual([{ type: "invited", conversation: "#dev", from: "bob" }]);
  it.push("presence", { users: [{ username: "bob", status: "busy", text: "writing" }], count: 1 });
  it.push("presence", { users: [{ username: "bob", status: "away" }], count: 1 });
  const people = it.heard("people");
  expect(people.map(({ users }) => users)).toEqual([
    [{ username: "bob", status: "busy", text: "writing" }],
    [{ username: "bob", status: "away" }],
  ]);
  expect(people.map(({ came }) => came)).toEqual([["bob"], []]);
});

test("once only a number was told of who came and went, the list is not complete, until it is told anew", () => {
  const it = world();
  it.feed({ type: "started" });
  it.stepUp();
  it.stepDown();
  const bob = { username: "bob", status: "online" };
  const complete = (): unknown => it.heard("people").at(-1)?.complete;
  it.push("presence", { users: [bob], all: true, count: 1 });
  expect(complete()).toBe(true);
  it.push("presence", { count: 1 });
  expect(complete()).toBe(false);
  it.push("presence", { users: [{ ...bob, status: "away" }], count: 1 });
  expect(complete()).toBe(false);
  it.push("presence", { users: [bob], all: true, count: 1 });
  expect(complete()).toBe(true);
});

test("once there was no room for somebody's name, the list is not complete, whatever the count says later", () => {
  const it = online({ limits: { people: 1 } });
  const row = (username: string, status: string): object => ({ username, status });
  const complete = (): unknown => it.heard("people").at(-1)?.complete;
  it.push("presence", { users: [row("bob", "online")], all: true, count: 1 });
  expect(complete()).toBe(true);
  it.push("presence", { users: [row("carol", "online")], count: 2 });
  it.push("presence", { users: [row("dave", "offline")], count: 1 });
  expect(complete()).toBe(false);
});
