// What is chosen, or done to somebody, by its name on the wire; and what is known once it is acked.

import { expect, test } from "vitest";
import type { Deed } from "../src/client/deeds.js";
import type { World } from "./client-world.js";
import { world } from "./client-world.js";

function online(): World {
  const it = world();
  it.feed({ type: "started" });
  while (it.up.length + it.down.length > 0) {
    it.stepUp();
    it.stepDown();
  }
  return it;
}

/** Does it, and gives the frame that goes out; the server takes it. */
function does(it: World, deed: Deed, ack: Record<string, unknown> = {}): unknown {
  it.feed({ type: "done", nonce: `nonce-${it.sent.length}-0123456789`, deed });
  const frame = it.up.shift();
  it.push("ack", { at: 1, ...ack }, frame?.id);
  const { nonce, ...payload } = frame?.payload ?? {};
  return { type: frame?.type, payload };
}

test("a ban is lifted by a command of its own", () => {
  const it = online();
  const ban = { type: "ban", conversation: "#dev", username: "bob" } as const;
  expect(does(it, { ...ban, on: true }, { conversation: "#dev", seq: 1 })).toEqual({
    type: "ban",
    payload: { conversation: "#dev", username: "bob" },
  });
  expect(does(it, { ...ban, on: false }, { conversation: "#dev", seq: 2 })).toEqual({
    type: "unban",
    payload: { conversation: "#dev", username: "bob" },
  });
});

test("what was chosen here is told as it stands, though the server tells only the other devices", () => {
  const it = online();
  does(it, { type: "status", status: "busy", text: "writing" });
  does(it, { type: "privacy", reading: "private" });
  does(it, { type: "status", text: "" });
  expect(it.heard("settings").map(({ settings }) => settings)).toEqual([
    { status: "online", text: "", reading: "shared" },
    { status: "busy", text: "writing", reading: "shared" },
    { status: "busy", text: "writing", reading: "private" },
    { status: "busy", text: "", reading: "private" },
  ]);
});

test("a room is asked for once it is ours, also if it was asked for before there was one", () => {
  const it = online();
  it.feed({ type: "shown", conversation: "#dev" });
  const asked = (): number => it.sent.filter(({ type }) => type === "rooms").length;
  const before = asked();
  it.up.length = 0;
  does(it, { type: "create", conversation: "#Dev" }, { conversation: "#dev", seq: 1 });
  const join = { conversation: "#dev", seq: 1, at: 1, from: "alice", sent: "00:00:00", role: "owner" };
  it.push("member_joined", join);
  it.push("new_message", { ...join, seq: 2, message: "hi" });
  expect(asked()).toBe(before + 1);
});

test("the line that put us out of a room is not said to be read: the room is ours no more", () => {
  const it = online();
  const place = { conversation: "#dev", sent: "00:00:00", at: 1 };
  it.push("member_joined", { ...place, seq: 1, from: "alice", role: "member" });
  it.push("new_message", { ...place, seq: 2, from: "bob", message: "hi" });
  it.push("member_left", { ...place, seq: 3, from: "bob", username: "alice", why: "kicked" });
  expect(it.heard("departed")).toEqual([{ type: "departed", conversation: "#dev", why: "kicked" }]);
  it.feed({ type: "read", conversation: "#dev", seq: 3 });
  it.at += 1_000;
  it.feed({ type: "elapsed" });
  expect(it.sent.filter(({ type }) => type === "read")).toEqual([]);
});
