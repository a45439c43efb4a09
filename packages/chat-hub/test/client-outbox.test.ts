// What becomes of a line that was said.

import { expect, test } from "vitest";
import type { World } from "./client-world.js";
import { world } from "./client-world.js";

function online(more: Parameters<typeof world>[0] = {}, lifted = false): World {
  const it = world(more, lifted);
  it.feed({ type: "started" });
  while (it.up.length + it.down.length > 0) {
    it.stepUp();
    it.stepDown();
  }
  return it;
}

const tooFast = { code: "rate_limited", message: "too fast", retryable: true, retry_after_ms: 200 };
const sends = (it: World): unknown[] =>
  it.sent.filter(({ type }) => type === "send_message").map(({ payload }) => payload["message"]);

function elapse(it: World, ms: number): void {
  it.at += ms;
  it.feed({ type: "elapsed" });
}

test("the second line follows the ack of the first", () => {
  const it = online();
  it.say("one");
  it.say("two");
  expect(sends(it)).toEqual(["one"]);
  it.stepUp();
  it.stepDown();
  expect(sends(it)).toEqual(["one", "two"]);
});

test("a server without rates gets as many at once as the limit says, and one by one once it refuses", () => {
  const it = online({ limits: { messagesUnderWay: 3 } }, true);
  for (const line of ["one", "two", "three", "four"]) it.say(line);
  expect(sends(it)).toEqual(["one", "two", "three"]);
  it.stepUp();
  it.stepDown();
  expect(sends(it)).toEqual(["one", "two", "three", "four"]);
  const full = { code: "storage_full", message: "full", retryable: true, retry_after_ms: 1_000 };
  for (const frame of it.up.splice(0)) it.push("error", full, frame.id);
  elapse(it, it.dueIn() ?? 0);
  expect(sends(it).slice(4)).toEqual(["two"]);
  it.settle();
  expect(it.log.map(({ message }) => message)).toEqual(["one", "two", "three", "four"]);
});

test("waiting takes no time of the machine's: the next deadline is never in the past", () => {
  const it = online({ limits: { messagesUnderWay: 2 } }, true);
  for (const line of ["one", "two"]) it.say(line);
  it.push("error", { ...tooFast, code: "storage_full" }, it.up.shift()?.id);
  elapse(it, it.dueIn() ?? 0);
  expect(it.dueIn()).toBeGreaterThan(0);
});

test("what is said before there is a connection is sent when there is one, in order", () => {
  const it = world();
  it.isDown = true;
  it.feed({ type: "started" });
  it.say("one");
  it.say("two");
  it.settle();
  expect(it.log.map(({ message }) => message)).toEqual(["one", "two"]);
});

test("everyone, a person and a room are written as the wire has them", () => {
  const it = online();
  const say = (nonce: string, to: string, replyTo?: number): void => {
    it.feed({ type: "said", nonce, to, message: "hi", replyTo });
    const sent = it.up.shift();
    it.push("ack", { conversation: to, seq: 1, at: 1 }, sent?.id);
  };
  say("nonce-0000000001", "everyone");
  say("nonce-0000000002", "@bob", 3);
  say("nonce-0000000003", "#dev");
  expect(it.sent.slice(-3).map(({ type, payload }) => [type, payload])).toEqual([
    ["send_message", { message: "hi", nonce: "nonce-0000000001" }],
    ["private_message", { to: "bob", message: "hi", nonce: "nonce-0000000002", reply_to: 3 }],
    ["send_message", { conversation: "#dev", message: "hi", nonce: "nonce-0000000003" }],
  ]);
});

test("a send that nobody answers is sent again with its nonce, and its late first ack is enough", () => {
  const it = online();
  it.say("one");
  const [first] = it.up.splice(0);
  elapse(it, 30_000);
  const again = it.sent.findLast(({ type }) => type === "send_message");
  expect(again?.payload).toEqual(first?.payload);
  expect(again?.id).not.toBe(first?.id);
  it.push("ack", { conversation: "everyone", seq: 1, at: 1 }, first?.id);
  it.push("ack", { conversation: "everyone", seq: 1, at: 1, duplicate: true }, again?.id);
  expect(it.heard("acked")).toHaveLength(1);
});

test("a refusal that will not change is told, and the next line goes out", () => {
  const it = online();
  it.say("one");
  it.say("two");
  it.push("error", { code: "too_long", message: "too long", retryable: false }, it.up.shift()?.id);
  expect(it.heard("refused")).toMatchObject([{ error: { code: "too_long" } }]);
  expect(sends(it)).toEqual(["one", "two"]);
});

test("too fast means wait as long as told, then the same line again, and the rest no faster than the rate", () => {
  const it = online();
  it.say("one");
  it.say("two");
  it.say("three");
  it.chance = 0;
  it.push("error", tooFast, it.up.shift()?.id);
  expect(it.heard("delayed")).toMatchObject([{ error: { code: "rate_limited" }, until: it.at + 200 }]);
  elapse(it, 199);
  expect(sends(it)).toEqual(["one"]);
  elapse(it, 1);
  expect(sends(it)).toEqual(["one", "one"]);
  it.stepUp();
  it.stepDown();
  expect(sends(it)).toEqual(["one", "one"]);
  elapse(it, 100);
  expect(sends(it)).toEqual(["one", "one", "two"]);
  expect(it.heard("refused")).toEqual([]);
});

test("each refusal of the same line doubles the longest wait, up to its cap", () => {
  const it = online();
  it.say("one");
  it.chance = 0.999_999;
  const waits = [];
  for (let time = 0; time < 9; time += 1) {
    const full = { code: "storage_full", message: "full", retryable: true };
    it.push("error", full, it.sent.findLast(({ type }) => type === "send_message")?.id);
    const until = it.heard("delayed").at(-1)?.until ?? 0;
    waits.push(until - it.at);
    elapse(it, until - it.at);
    it.push("ping", { at: 1 });
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

test("a line whose frame would end the connection is refused here", () => {
  const it = online();
  it.say("\u0001".repeat(11_000));
  expect(it.heard("refused")).toMatchObject([{ error: { code: "too_long" } }]);
  expect(sends(it)).toEqual([]);
});

test("the outbox takes as many lines as its limit says, and has room again after an ack", () => {
  const it = online({ limits: { outboxMessages: 2 } });
  for (const line of ["one", "two", "three"]) it.say(line);
  expect(it.heard("refused")).toMatchObject([{ nonce: "nonce-000000000003", error: { code: "too_many" } }]);
  it.stepUp();
  it.stepDown();
  it.say("four");
  it.settle();
  expect(it.log.map(({ message }) => message)).toEqual(["one", "two", "four"]);
});

test("the same nonce said twice is one line", () => {
  const it = online();
  for (let time = 0; time < 2; time += 1) {
    it.feed({ type: "said", nonce: "nonce-0000000001", to: "everyone", message: "hi" });
  }
  it.settle();
  expect(it.log).toHaveLength(1);
});
