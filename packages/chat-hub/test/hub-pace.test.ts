// Rates: whoever is too fast is read more slowly; what still arrives is refused, with few words.

import { expect, test } from "vitest";
import type { Rates } from "../src/index.js";
import { defaultLimits } from "../src/index.js";
import type { Wire } from "./hub-house.js";
import { HubHouse } from "./hub-house.js";

const rates = defaultLimits.rates as Rates;

const message = (id: number): string => `{"type":"send_message","id":${id},"payload":{"message":"hi"}}`;
const ping = (id: number): string => `{"type":"ping","id":${id}}`;

test("30 messages at once are obeyed; the 31st waits, and its connection is not read for 200 ms", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  for (let id = 1; id <= 30; id += 1) alice.says(message(id));
  expect(alice.heard().filter(({ type }) => type === "ack")).toHaveLength(30);
  expect(alice.paused).toBe(0);
  alice.says(message(31));
  expect(alice.heard()).toEqual([]);
  expect(alice.paused).toBe(200);
  house.passes(200);
  expect(alice.heard()).toMatchObject([{ type: "ack", id: 31 }, { type: "new_message" }]);
});

test("after the burst it is 10 messages a second, in order, none lost", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  for (let id = 1; id <= 46; id += 1) alice.says(message(id));
  house.passes(1_000);
  const soon = alice.heard().flatMap(({ type, id }) => (type === "ack" ? [id] : []));
  expect(soon).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  house.passes(1_000);
  const later = alice.heard().flatMap(({ type, id }) => (type === "ack" ? [id] : []));
  expect(later).toEqual([41, 42, 43, 44, 45, 46]);
});

test("the rate of messages is the user's, over all devices", () => {
  const house = new HubHouse();
  const token = "alice-has-a-long-secret";
  const phone = house.enters("events", "alice", { token });
  const laptop = house.enters("events", "alice", { token });
  const bob = house.enters("events", "bob");
  for (let id = 1; id <= 15; id += 1) {
    phone.says(message(id));
    laptop.says(message(id));
  }
  laptop.says(message(16));
  bob.says(message(1));
  expect([phone.paused, laptop.paused, bob.paused]).toEqual([0, 200, 0]);
});

test("200 other commands at once are answered; messages are counted apart from them", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  // The login came in the URL: it is no command.
  for (let id = 1; id <= 200; id += 1) alice.says(ping(id));
  expect(alice.heard()).toHaveLength(200);
  alice.says(message(201));
  expect(alice.heard()).toMatchObject([{ type: "ack", id: 201 }, { type: "new_message" }]);
  alice.says(ping(202));
  expect(alice.paused).toBe(200);
});

test("broken frames count as commands: garbage is not cheaper than sense", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  for (let n = 0; n < 200; n += 1) alice.says(n % 2 === 0 ? "{" : undefined);
  expect(alice.heard()).toHaveLength(200);
  alice.says("{");
  expect([alice.paused, alice.heard()]).toEqual([200, []]);
});

test("16 frames wait out a pause; of those past them each with an id is refused, all others by one answer", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  for (let id = 1; id <= 30 + 16; id += 1) alice.says(message(id));
  alice.heard();
  alice.says(message(47), '{"type":"send_message","payload":{"message":"hi"}}', "{", undefined, message(48));
  const refusal = { code: "rate_limited", retryable: true, retry_after_ms: 200 };
  expect(alice.heard()).toMatchObject([
    { type: "error", id: 47, payload: refusal },
    { type: "error", id: 48, payload: refusal },
  ]);
  house.passes(200);
  const [told] = alice.heard();
  expect(told).toMatchObject({ type: "error", payload: { ...refusal, refused: 3 } });
  expect(told).not.toHaveProperty("id");
});

test("a flood that goes on, 5,000 refused frames, is closed; the 4,999th is not", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  for (let id = 1; id <= 30 + 16; id += 1) alice.says(message(id));
  for (let n = 1; n <= 4_999; n += 1) alice.says('{"type":"send_message","payload":{"message":"hi"}}');
  expect(alice.closing).toBeUndefined();
  alice.says(message(1));
  expect(alice.closing).toBe("flood");
});

test("on its way to a flood a connection is read once in a second, and once in 200 ms when it has been quiet", () => {
  const house = new HubHouse();
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  const flood = (wire: Wire, frames: number) => {
    for (let n = 0; n < frames; n += 1) wire.says('{"type":"send_message","payload":{"message":"hi"}}');
  };
  // A twentieth of what closes it.
  flood(alice, 30 + 16 + 250);
  flood(bob, 30 + 16 + 249);
  house.passes(200);
  expect([alice.paused, bob.paused]).toEqual([1_000, 200]);
  alice.heard();
  alice.says(message(1));
  flood(alice, 16);
  expect(alice.heard()).toEqual([]);
  alice.says(message(2));
  expect(alice.heard()).toMatchObject([{ id: 2, payload: { code: "rate_limited", retry_after_ms: 1_000 } }]);
  house.passes(10_000);
  flood(alice, 31);
  expect(alice.paused).toBe(200);
});

test("a long frame that is refused is answered with its id, wherever it stands", () => {
  const house = new HubHouse();
  const [alice, bob] = [house.enters("events", "alice"), house.enters("simple", "bob")];
  const long = "x".repeat(9_000);
  for (let id = 1; id <= 30 + 16; id += 1) {
    alice.says(message(id));
    bob.says('{"message":"hi"}');
  }
  for (const each of [alice, bob]) each.heard();
  alice.says(`{"type":"send_message","payload":{"message":"${long}","id":8},"id":"mine"}`);
  bob.says(`{"message":"${long}, \\"id\\":8","id":7}`);
  expect(alice.heard()).toMatchObject([{ id: "mine", payload: { code: "rate_limited" } }]);
  expect(bob.heard()).toMatchObject([{ error: { id: 7, code: "rate_limited" } }]);
});

test("WebSocket pings, and pongs that nobody asked for, are commands; a flood of them is closed", () => {
  const house = new HubHouse();
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  for (let n = 1; n <= 200; n += 1) {
    alice.prods();
    bob.answersPing();
  }
  expect([alice.paused, bob.paused]).toEqual([0, 0]);
  for (let n = 1; n <= 5_000; n += 1) {
    alice.prods();
    bob.answersPing();
  }
  expect([alice.paused, bob.paused, alice.closing, bob.closing]).toEqual([200, 200, undefined, undefined]);
  alice.prods();
  bob.answersPing();
  expect([alice.closing, bob.closing]).toEqual(["flood", "flood"]);
});

test("a frame that waits for its rate, and is tried often, is not taken for the one behind it", () => {
  const house = new HubHouse({ rates: { ...rates, messagesPerSecond: 0.5, messagesBurst: 1 } });
  const alice = house.enters("events", "alice");
  alice.says(message(1), message(2), "{");
  house.passes(1_900);
  const types = () => alice.heardTypes().filter((type) => type !== "presence");
  expect(types()).toEqual(["ack", "new_message"]);
  house.passes(600);
  // A refusal waits for no store.
  expect(types()).toEqual(["error", "ack", "new_message"]);
});

test("5 s without a refusal and the count of a flood begins anew", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  const flood = (frames: number) => {
    for (let n = 0; n < frames; n += 1) alice.says('{"type":"send_message","payload":{"message":"hi"}}');
  };
  flood(30 + 16 + 4_999);
  house.passes(10_000);
  flood(30 + 16 + 4_000);
  expect(alice.closing).toBeUndefined();
});

test("without rates nobody is paused", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  for (let id = 1; id <= 2_000; id += 1) alice.says(message(id), ping(id));
  expect([alice.paused, alice.heard().length]).toEqual([0, 6_000]);
});

test("over 4 MiB of unanswered messages those who send more are not read, and others are", () => {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  house.isSlow = true;
  const long = `{"type":"send_message","payload":{"message":"${"x".repeat(10_000)}"}}`;
  const most = Math.ceil((4 * 1024 * 1024) / 10_000);
  for (let n = 0; n < most; n += 1) alice.says(long);
  expect(alice.paused).toBe(0);
  alice.says(long);
  bob.says('{"type":"ping","id":1}');
  expect([alice.paused, bob.paused]).toEqual([200, 0]);
  expect(bob.heard()).toMatchObject([{ type: "ping", id: 1 }]);
  house.answers();
  house.isSlow = false;
  alice.heard();
  house.passes(200);
  expect(alice.heard().filter(({ type }) => type === "new_message")).toHaveLength(1);
});

test("while its inbox is full a connection is stopped again each time that it is read again", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  Object.assign(alice, { queued: true, moved: true });
  alice.isCongested();
  for (let id = 1; id <= 17; id += 1) alice.says(ping(id));
  expect(alice.paused).toBe(defaultLimits.stuckMs);
  alice.paused = 0;
  alice.says(ping(18));
  expect(alice.paused).toBe(0);
  house.passes(defaultLimits.stuckMs);
  alice.says(ping(19));
  expect([alice.closing, alice.paused]).toEqual([undefined, defaultLimits.stuckMs]);
  alice.isDrained();
  expect([alice.paused, alice.heardTypes().filter((type) => type === "ping").length]).toEqual([0, 19]);
});

test("a full inbox that a shorter pause has let be read is stopped again", () => {
  const house = new HubHouse({ rates: { ...rates, messagesBurst: 1 } });
  const alice = house.enters("events", "alice");
  alice.isCongested();
  for (let id = 1; id <= 20; id += 1) alice.says(message(id));
  expect(alice.paused).toBe(defaultLimits.stuckMs);
  alice.isDrained();
  expect(alice.paused).toBe(200);
  alice.isCongested();
  house.passes(200);
  alice.says(message(21));
  expect(alice.paused).toBe(defaultLimits.stuckMs);
});

test("while the store does not answer, a full inbox is not read, however often it is tried; then all is obeyed", () => {
  const house = new HubHouse({ rates: undefined, appendBacklogBytes: 1 });
  const alice = house.enters("events", "alice");
  house.isSlow = true;
  for (let id = 1; id <= 20; id += 1) alice.says(message(id));
  expect(alice.paused).toBe(defaultLimits.stuckMs);
  for (let tries = 0; tries < 10; tries += 1) {
    house.passes(200);
    expect(alice.paused).toBe(defaultLimits.stuckMs);
  }
  house.isSlow = false;
  house.answers();
  house.passes(20 * 200);
  expect(alice.paused).toBe(0);
  expect(alice.heard().flatMap(({ type, id }) => (type === "ack" ? [id] : []))).toEqual(
    Array.from({ length: 20 }, (_, n) => n + 1),
  );
});
