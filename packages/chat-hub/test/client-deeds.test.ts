// What a person does: how it is written, when it is sent, and what is told of it until it is settled.

import { expect, test } from "vitest";
import type { Deed } from "../src/client/deeds.js";
import type { Unsent } from "../src/client/told.js";
import type { World } from "./client-world.js";
import { welcome, world } from "./client-world.js";

function online(more: Parameters<typeof world>[0] = {}, lifted = false): World {
  const it = world(more, lifted);
  it.feed({ type: "started" });
  while (it.up.length + it.down.length > 0) {
    it.stepUp();
    it.stepDown();
  }
  it.sent.length = 0;
  return it;
}

const nonce = (number: number): string => `nonce-${String(number).padStart(12, "0")}`;
const unsent = (it: World): readonly Unsent[] => it.heard("unsent").at(-1)?.unsent ?? [];
const states = (it: World): string[] => unsent(it).map(({ state }) => state.type);
const sent = (it: World): unknown[] => it.sent.map(({ type, payload }) => [type, payload]);
const nobody = { code: "unknown_user", message: "nobody has this name", retryable: false };

test("every deed is written as the wire has it, with the nonce where the wire has one", () => {
  const it = online();
  const deeds: Deed[] = [
    { type: "message", conversation: "#dev", message: "hi", replyTo: 4 },
    { type: "edit", conversation: "#dev", target: 5, message: "ho" },
    { type: "deletion", conversation: "@bob", target: 5 },
    { type: "reaction", conversation: "everyone", target: 5, emoji: "👍", on: false },
    { type: "pin", conversation: "#dev", target: 5, on: true },
    { type: "create", conversation: "#Dev", visibility: "private", topic: "work" },
    { type: "join", conversation: "#dev" },
    { type: "leave", conversation: "#dev" },
    { type: "invite", conversation: "#dev", username: "bob" },
    { type: "kick", conversation: "#dev", username: "bob" },
    { type: "ban", conversation: "#dev", username: "bob", on: true },
    { type: "role", conversation: "#dev", username: "bob", role: "owner" },
    { type: "topic", conversation: "#dev", topic: "" },
    { type: "history", conversation: "#dev", history: "since_join" },
    { type: "archive", conversation: "#dev", on: true },
    { type: "status", status: "busy" },
    { type: "privacy", reading: "private" },
    { type: "block", username: "mallory", on: true },
    { type: "mute", conversation: "#dev", on: true },
  ];
  for (const [index, deed] of deeds.entries()) {
    it.feed({ type: "done", nonce: nonce(index), deed });
    it.push("ack", { at: 1 }, it.sent.at(-1)?.id);
  }
  expect(sent(it)).toEqual([
    ["send_message", { conversation: "#dev", message: "hi", reply_to: 4, nonce: nonce(0) }],
    ["edit_message", { conversation: "#dev", message_seq: 5, message: "ho", nonce: nonce(1) }],
    ["delete_message", { conversation: "@bob", message_seq: 5, nonce: nonce(2) }],
    ["react", { conversation: "everyone", message_seq: 5, emoji: "👍", on: false, nonce: nonce(3) }],
    ["pin", { conversation: "#dev", message_seq: 5, on: true, nonce: nonce(4) }],
    ["create_room", { conversation: "#Dev", visibility: "private", topic: "work", nonce: nonce(5) }],
    ["join_room", { conversation: "#dev", nonce: nonce(6) }],
    ["leave_room", { conversation: "#dev", nonce: nonce(7) }],
    ["invite", { conversation: "#dev", username: "bob", nonce: nonce(8) }],
    ["kick", { conversation: "#dev", username: "bob", nonce: nonce(9) }],
    ["ban", { conversation: "#dev", username: "bob", nonce: nonce(10) }],
    ["set_role", { conversation: "#dev", username: "bob", role: "owner", nonce: nonce(11) }],
    ["set_topic", { conversation: "#dev", topic: "", nonce: nonce(12) }],
    ["set_history", { conversation: "#dev", history: "since_join", nonce: nonce(13) }],
    ["archive_room", { conversation: "#dev", on: true, nonce: nonce(14) }],
    ["set_status", { status: "busy" }],
    ["set_privacy", { reading: "private" }],
    ["block", { username: "mallory", on: true }],
    ["mute", { conversation: "#dev", on: true }],
  ]);
  expect(it.heard("acked").map(({ deed }) => deed)).toEqual(deeds);
  expect(it.heard("settings").at(-1)).toMatchObject({ settings: { status: "busy", reading: "private" } });
  expect(it.heard("blocked").at(-1)).toMatchObject({ usernames: ["mallory"] });
});

test("what is done to a line that has no place yet waits for its place, also where much may be under way", () => {
  const it = online({}, true);
  it.feed({ type: "said", nonce: nonce(1), to: "everyone", message: "helo" });
  const edit = { type: "edit", conversation: "everyone", target: nonce(1), message: "hello" } as const;
  it.feed({ type: "done", nonce: nonce(2), deed: edit });
  it.feed({ type: "said", nonce: nonce(3), to: "everyone", message: "after" });
  expect(it.sent.map(({ type }) => type)).toEqual(["send_message"]);
  it.push("ack", { conversation: "everyone", seq: 7, at: 1 }, it.sent[0]?.id);
  expect(sent(it).slice(1)).toEqual([
    ["edit_message", { conversation: "everyone", message_seq: 7, message: "hello", nonce: nonce(2) }],
    ["send_message", { message: "after", nonce: nonce(3) }],
  ]);
});

test("what is done to a line that is refused is refused with it", () => {
  const it = online();
  it.feed({ type: "said", nonce: nonce(1), to: "@zed", message: "hi" });
  const reaction = {
    type: "reaction",
    conversation: "@zed",
    target: nonce(1),
    emoji: "👍",
    on: true,
  } as const;
  it.feed({ type: "done", nonce: nonce(2), deed: reaction });
  it.push("error", nobody, it.sent[0]?.id);
  expect(it.heard("refused")).toMatchObject([
    { nonce: nonce(1), error: nobody },
    { nonce: nonce(2), error: nobody },
  ]);
  expect(it.sent).toHaveLength(1);
});

test("what waits can be taken back, what was sent can't, and what failed can be let go or tried again", () => {
  const it = online();
  for (const each of [1, 2, 3])
    it.feed({ type: "said", nonce: nonce(each), to: "@zed", message: `m${each}` });
  expect(states(it)).toEqual(["sending", "waiting", "waiting"]);
  for (const each of [1, 2]) it.feed({ type: "retracted", nonce: nonce(each) });
  expect(unsent(it).map((one) => one.nonce)).toEqual([nonce(1), nonce(3)]);
  it.push("error", nobody, it.sent[0]?.id);
  it.push("error", nobody, it.sent[1]?.id);
  expect(states(it)).toEqual(["failed", "failed"]);
  it.feed({ type: "retracted", nonce: nonce(1) });
  it.feed({ type: "said", nonce: nonce(3), to: "@zed", message: "m3" });
  expect(unsent(it)).toMatchObject([{ nonce: nonce(3), state: { type: "sending" } }]);
  expect(it.sent.map(({ payload }) => payload["nonce"])).toEqual([nonce(1), nonce(3), nonce(3)]);
});

test("what was under way when the connection broke is not taken back: it may be in the log", () => {
  const it = online();
  it.say("one");
  it.cut();
  expect(unsent(it)).toMatchObject([{ state: { type: "waiting", fresh: false } }]);
  it.feed({ type: "retracted", nonce: nonce(1) });
  it.settle();
  expect(it.log.map(({ message }) => message)).toEqual(["one"]);
});

test("a line that has its place stands among the unsent until its echo is told, so it never flickers", () => {
  const it = online();
  it.say("hi");
  it.stepUp();
  it.stepDown();
  expect(unsent(it)).toMatchObject([{ state: { type: "placed", seq: 1, at: 1 } }]);
  it.stepDown();
  expect(unsent(it)).toEqual([]);
});

test("no more of what failed is kept than the limit says, and the oldest goes first", () => {
  const it = online({ limits: { failedDeeds: 2 } });
  for (const each of [1, 2, 3]) {
    it.feed({ type: "said", nonce: nonce(each), to: "@zed", message: "hi" });
    it.push("error", nobody, it.sent.at(-1)?.id);
  }
  expect(unsent(it).map((one) => one.nonce)).toEqual([nonce(2), nonce(3)]);
});

test("what was chosen while offline is said on the next connection, and settings of other devices are heard", () => {
  const it = online();
  it.cut();
  it.feed({ type: "done", nonce: nonce(1), deed: { type: "status", status: "away", text: "lunch" } });
  it.wait();
  it.push("welcome", welcome().payload);
  expect(it.sent.at(-1)).toMatchObject({ type: "set_status", payload: { status: "away", text: "lunch" } });
  it.push("settings", { status: "online", text: "", reading: "private" });
  expect(it.heard("settings").map(({ settings }) => settings.reading)).toEqual(["shared", "private"]);
});
