// From an open connection to somebody who is here: what waits, what is obeyed, and for how long.

import { expect, test } from "vitest";
import { HubHouse } from "./hub-house.js";

const login = (name: string, id = 0): string =>
  `{"type":"login","id":${id},"payload":{"username":"${name}"}}`;

test("nobody may stay without a name for longer than the login deadline, trying or not", () => {
  const house = new HubHouse();
  const [silent, trying] = [house.connects("events"), house.connects("events")];
  house.passes(29_999);
  trying.says(login("not a name"));
  expect([silent.closing, trying.closing]).toEqual([undefined, undefined]);
  house.passes(1);
  expect([silent.closing, trying.closing]).toEqual(["loginDeadline", "loginDeadline"]);
});

test("whoever is logged in has no deadline", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  house.passes(3_600_000);
  expect(alice.closing).toBeUndefined();
});

test("a login that the store is still deciding at the deadline is ended like any other", () => {
  const house = new HubHouse();
  house.isSlow = true;
  const alice = house.connects("events", { username: "alice" });
  house.passes(30_000);
  expect(alice.closing).toBe("loginDeadline");
  house.answers();
  house.answers();
  house.isSlow = false;
  const other = house.connects("events", { username: "alice" });
  expect(other.heardTypes()).toEqual(["welcome"]);
});

test("frames that come while a login is decided wait, and are obeyed in order behind it", () => {
  const house = new HubHouse();
  house.isSlow = true;
  const alice = house.connects("events");
  alice.says(login("alice", 1), '{"type":"ping","id":2}', login("bob", 3), '{"type":"ping","id":4}');
  expect(alice.heard()).toEqual([]);
  house.answers();
  house.answers();
  expect(alice.heard().map(({ type, id }) => [type, id])).toEqual([
    ["welcome", 1],
    ["ping", 2],
    ["error", 3],
    ["ping", 4],
  ]);
});

test("16 frames wait; with one more the connection is not read until the login is decided", () => {
  const house = new HubHouse();
  house.isSlow = true;
  const alice = house.connects("events");
  alice.says(login("alice"));
  for (let id = 1; id <= 16; id += 1) alice.says(`{"type":"ping","id":${id}}`);
  expect(alice.paused).toBe(0);
  alice.says('{"type":"ping","id":17}');
  expect(alice.paused).toBeGreaterThan(0);
  house.answers();
  house.answers();
  expect(alice.paused).toBe(0);
  expect(alice.heard().map(({ id }) => id)).toEqual([0, ...Array.from({ length: 17 }, (_, n) => n + 1)]);
});

test("64 KiB wait; what comes past them makes the connection wait too", () => {
  const house = new HubHouse();
  house.isSlow = true;
  const alice = house.connects("events");
  alice.says(login("alice"));
  const long = `{"type":"send_message","payload":{"message":"${"x".repeat(9_900)}"}}`;
  for (let n = 0; n < 6; n += 1) alice.says(long);
  expect(alice.paused).toBe(0);
  alice.says(long, long);
  expect(alice.paused).toBeGreaterThan(0);
  house.isSlow = false;
  house.answers();
  expect(alice.paused).toBe(0);
  expect(alice.heard().filter(({ type }) => type === "new_message")).toHaveLength(8);
});

test("each login that waited behind a refused one is one try, and is answered once", () => {
  const house = new HubHouse();
  house.enters("events", "bob");
  house.isSlow = true;
  const guest = house.connects("events");
  guest.says(login("bob", 1), login("not a name", 2), login("alice", 3));
  house.answers();
  expect(guest.heard().map(({ type, id }) => [type, id])).toEqual([
    ["error", 1],
    ["error", 2],
  ]);
  house.answers();
  house.answers();
  expect(guest.heard()).toMatchObject([{ type: "welcome", id: 3, payload: { username: "alice" } }]);
  expect(guest.closing).toBeUndefined();
});

test("what was sent before a goodbye is obeyed, also if the login was not decided yet", () => {
  const house = new HubHouse();
  const bob = house.enters("events", "bob");
  house.isSlow = true;
  const script = house.connects("simple", { username: "alice" });
  script.says('{"message":"one"}', '{"message":"two"}');
  script.closes(true);
  for (let round = 0; round < 4; round += 1) house.answers();
  expect(bob.heard().flatMap(({ payload }) => payload?.["message"] ?? [])).toEqual(["one", "two"]);
  house.isSlow = false;
  expect(house.connects("events", { username: "alice" }).heardTypes()).toEqual(["welcome"]);
});

test("a goodbye before the login is decided leaves no trace", () => {
  const house = new HubHouse();
  const bob = house.enters("events", "bob");
  house.isSlow = true;
  house.connects("events", { username: "alice" }).closes(true);
  house.answers();
  house.answers();
  house.passes(60_000);
  expect(bob.heard().filter(({ type }) => type === "presence")).toMatchObject([{ payload: { count: 1 } }]);
  house.isSlow = false;
  expect(house.connects("events", { username: "alice" }).heardTypes()).toEqual(["welcome"]);
});

test("a name is not let go while its user comes back by another connection", () => {
  const house = new HubHouse();
  const token = "alice-has-a-long-secret";
  const phone = house.enters("events", "alice", { token });
  house.isSlow = true;
  const laptop = house.connects("events", { username: "alice", token });
  phone.closes(true);
  expect(house.waiting.map(({ call }) => call.type)).toEqual(["identify"]);
  house.answers();
  house.answers();
  expect(laptop.heard()).toMatchObject([{ type: "welcome", payload: { username: "alice", kept: true } }]);
});

test("with more than 256 connections of one address the last one is told so and closed; loopback is free", () => {
  const house = new HubHouse();
  const first = house.connects("events", {}, "10.0.0.1");
  for (let n = 2; n <= 256; n += 1) house.connects("events", {}, "10.0.0.1");
  const elsewhere = house.connects("events", {}, "10.0.0.2");
  const loopback = house.connects("events");
  const one = house.connects("events", {}, "10.0.0.1");
  expect(one.heard()).toMatchObject([{ type: "error", payload: { code: "too_many", retryable: true } }]);
  expect([one.closing, elsewhere.closing, loopback.closing]).toEqual(["crowded", undefined, undefined]);
  first.closes(true);
  expect(house.connects("events", {}, "10.0.0.1").closing).toBeUndefined();
  expect(house.connects("events", {}, "10.0.0.1").closing).toBe("crowded");
});
