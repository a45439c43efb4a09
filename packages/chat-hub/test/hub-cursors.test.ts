// How far somebody has got: said, or proved by a pong to a ping that was sent behind it.

import { expect, test } from "vitest";
import { HubHouse } from "./hub-house.js";

const say = '{"type":"send_message","payload":{"message":"hi"}}';
const sayToBob = '{"type":"private_message","payload":{"message":"hi","to":"bob"}}';

test("a pong proves what was sent before its ping, and delivered counts as read", () => {
  const house = new HubHouse();
  const [alice, bob] = [house.enters("events", "alice"), house.enters("simple", "bob")];
  alice.says(say, say);
  house.passes(25_000);
  alice.says(say);
  house.passes(1_000);
  expect(bob.pings).toBe(1);
  expect(house.store.cursor("bob")).toEqual({ delivered: 2, read: 2 });
});

test("without a pong nothing is proved", () => {
  const house = new HubHouse();
  const [alice, bob] = [house.enters("events", "alice"), house.enters("simple", "bob")];
  bob.pongs = false;
  alice.says(say, sayToBob);
  house.passes(40_000);
  expect(bob.pings).toBeGreaterThan(1);
  expect(house.store.cursor("bob")).toEqual({ delivered: 0, read: 0 });
  bob.answersPing();
  house.passes(1_000);
  expect(house.store.cursor("bob")).toEqual({ delivered: 1, read: 1 });
});

test("a late pong proves what was sent before its own ping, not what came after", () => {
  const house = new HubHouse();
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  bob.pongs = false;
  alice.says(say);
  house.passes(25_000);
  alice.says(say, say);
  bob.answersPing();
  house.passes(1_000);
  expect(house.store.cursor("bob")).toEqual({ delivered: 1, read: 1 });
});

test("a private message is proved within 5 s", () => {
  const house = new HubHouse();
  const [alice] = [house.enters("events", "alice"), house.enters("events", "bob")];
  alice.says(sayToBob);
  house.passes(5_999);
  expect(house.store.cursor("bob", "alice")).toEqual({ delivered: 0, read: 0 });
  house.passes(1);
  expect(house.store.cursor("bob", "alice")).toEqual({ delivered: 1, read: 1 });
});

test("with receipts only the user says what was read", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  const bob = house.enters("events", "bob", { receipts: "true" });
  alice.says(sayToBob, sayToBob, sayToBob);
  house.passes(6_000);
  expect(house.store.cursor("bob", "alice")).toEqual({ delivered: 3, read: 0 });
  bob.says('{"type":"delivered","payload":{"conversation":"@alice","seq":3}}');
  bob.says('{"type":"read","payload":{"conversation":"@alice","seq":2}}');
  house.passes(1_000);
  expect(house.store.cursor("bob", "alice")).toEqual({ delivered: 3, read: 2 });
});

test("what is said joins for 1 s into one call; the highest counts", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  for (let n = 0; n < 5; n += 1) alice.says(say);
  house.calls.length = 0;
  for (const seq of [1, 4, 2])
    alice.says(`{"type":"read","payload":{"conversation":"everyone","seq":${seq}}}`);
  house.passes(999);
  expect(house.calls.filter(({ type }) => type === "advance")).toEqual([]);
  house.passes(1);
  expect(house.calls.filter(({ type }) => type === "advance")).toHaveLength(1);
  expect(house.store.cursor("alice")).toEqual({ delivered: 4, read: 4 });
});

test("a cursor past the head counts as the head", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  alice.says(say);
  alice.heard();
  alice.says('{"type":"read","id":1,"payload":{"conversation":"everyone","seq":99}}');
  expect(alice.heard()).toMatchObject([
    { type: "ack", id: 1, payload: { conversation: "everyone", seq: 1 } },
  ]);
});

test("what a resume has shown is proved from where it began, and nothing before", () => {
  const house = new HubHouse();
  const token = "bob-has-a-long-secret";
  const alice = house.enters("events", "alice");
  house.enters("events", "bob", { token }).closes(true);
  for (let n = 0; n < 6; n += 1) alice.says(say);
  const bob = house.enters("events", "bob", { token, since: "everyone:4" });
  house.passes(26_000);
  expect(bob.pings).toBe(1);
  expect(house.store.cursor("bob")).toEqual({ delivered: 0, read: 0 });
  const again = house.enters("events", "bob", { token, since: "unread" });
  house.passes(26_000);
  expect(again.closing).toBeUndefined();
  expect(house.store.cursor("bob")).toEqual({ delivered: 6, read: 6 });
});

test("two stretches with a hole between them stay two, though they are joined in time", () => {
  const house = new HubHouse();
  const token = "bob-has-a-long-secret";
  const alice = house.enters("events", "alice");
  house.enters("events", "bob", { token }).closes(true);
  for (let n = 0; n < 6; n += 1) alice.says(say);
  const bob = house.enters("events", "bob", { token, since: "everyone:4" });
  house.passes(25_000);
  bob.says('{"type":"delivered","payload":{"conversation":"everyone","seq":2}}');
  house.passes(1_000);
  expect(house.store.cursor("bob")).toEqual({ delivered: 2, read: 2 });
});

test("when the server stops, what has moved is stored first", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  alice.says(say, '{"type":"read","payload":{"conversation":"everyone","seq":1}}');
  house.feed({ type: "stopping" });
  expect(house.store.cursor("alice")).toEqual({ delivered: 1, read: 1 });
});
