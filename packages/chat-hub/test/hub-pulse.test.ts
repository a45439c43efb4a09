// Life and death of connections: pings, what counts as an answer, and who gives way to whom.

import { expect, test } from "vitest";
import { defaultLimits } from "../src/index.js";
import { HubHouse } from "./hub-house.js";

test("a quiet connection is pinged every 25 s, and lives as long as it answers", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  house.passes(100_000);
  expect([alice.pings, alice.closing]).toEqual([4, undefined]);
});

test("two pings without an answer, 25 s apart, and 25 s to answer the second: then it is dead", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  alice.pongs = false;
  house.passes(74_999);
  expect([alice.pings, alice.closing]).toEqual([2, undefined]);
  house.passes(1);
  expect(alice.closing).toBe("silent");
});

test.each([
  ["a frame, even a broken one", (wire: { says(frame: string): void }) => wire.says("?")],
  ["a pong", (wire: { answersPing(): void }) => wire.answersPing()],
])("%s is life: the count begins anew", (_what, live) => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  alice.pongs = false;
  house.passes(74_000);
  live(alice);
  house.passes(50_999);
  expect(alice.closing).toBeUndefined();
});

test("bytes that its shell saw moving are life", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  alice.pongs = false;
  alice.moved = true;
  house.passes(1_000_000);
  expect(alice.closing).toBeUndefined();
});

test("while bytes are queued for it, it is dead only after 5 min without progress", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  alice.pongs = false;
  alice.queued = true;
  house.passes(299_999);
  expect(alice.closing).toBeUndefined();
  house.passes(1);
  expect(alice.closing).toBe("stuck");
});

test("private messages are proved by pings of their own, which do not hasten the end of somebody slow", () => {
  const house = new HubHouse();
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  bob.pongs = false;
  for (let second = 0; second < 50; second += 1) {
    if (second % 6 === 0) alice.says('{"type":"private_message","payload":{"message":"hi","to":"bob"}}');
    house.passes(1_000);
  }
  expect(bob.pings).toBeGreaterThan(5);
  expect(bob.closing).toBeUndefined();
  house.passes(25_000);
  expect(bob.closing).toBe("silent");
});

test("a goodbye is told at once; a loss only after 20 s, if nobody is back by then", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  const bob = house.enters("events", "bob");
  house.passes(1_000);
  alice.heard();
  bob.closes(true);
  house.passes(250);
  expect(alice.heard()).toMatchObject([
    { type: "presence", payload: { users: [{ username: "bob", status: "offline" }], count: 1 } },
  ]);

  const carol = house.enters("events", "carol");
  house.passes(1_000);
  alice.heard();
  carol.closes(false);
  house.passes(19_999);
  const again = house.enters("events", "carol");
  again.closes(false);
  house.passes(19_999);
  expect(alice.heard()).toEqual([]);
  house.passes(251);
  expect(alice.heard()).toMatchObject([
    { type: "presence", payload: { users: [{ username: "carol", status: "offline" }], count: 1 } },
  ]);
});

test("a holder of a name who has owed a pong for 10 s gives way; one who answers keeps it", () => {
  const house = new HubHouse();
  const dead = house.enters("events", "bob");
  dead.pongs = false;
  const first = house.connects("events", { username: "bob" });
  expect(first.heard()).toMatchObject([{ type: "error", payload: { code: "name_taken" } }]);
  expect(dead.pings).toBe(1);
  house.passes(9_999);
  expect(house.connects("events", { username: "bob" }).heardTypes()).toEqual(["error"]);
  house.passes(1);
  const heir = house.connects("events", { username: "bob" });
  expect(dead.closing).toBe("gaveWay");
  expect(heir.heardTypes()).toEqual(["welcome"]);

  house.connects("events", { username: "bob" });
  house.passes(10_000);
  expect(house.connects("events", { username: "bob" }).heardTypes()).toEqual(["error"]);
  expect(heir.closing).toBeUndefined();
});

test("a holder for whom bytes are queued, or whose name a token keeps, does not give way", () => {
  const house = new HubHouse();
  const slow = house.enters("events", "bob");
  const kept = house.enters("events", "carol", { token: "carol-has-a-long-secret" });
  for (const wire of [slow, kept]) wire.pongs = false;
  slow.queued = true;
  for (const name of ["bob", "carol", "bob", "carol"]) {
    expect(house.connects("events", { username: name }).heardTypes()).toEqual(["error"]);
    house.passes(12_000);
  }
  expect([slow.closing, kept.closing]).toEqual([undefined, undefined]);
});

test("a new device of the same user never waits for the others", () => {
  const house = new HubHouse();
  const token = "alice-has-a-long-secret";
  const phone = house.enters("events", "alice", { token });
  phone.pongs = false;
  const laptop = house.connects("events", { username: "alice", token });
  expect(laptop.heardTypes()).toEqual(["welcome"]);
  expect(phone.closing).toBeUndefined();
});

test("whoever is not read, since the store does not answer, owes no pong; once they are read again they do", () => {
  const house = new HubHouse({ rates: undefined, appendBacklogBytes: 1 });
  const alice = house.enters("events", "alice");
  house.isSlow = true;
  for (let id = 1; id <= 20; id += 1)
    alice.says(`{"type":"send_message","id":${id},"payload":{"message":"hi"}}`);
  expect(alice.paused).toBe(defaultLimits.stuckMs);
  alice.pongs = false;
  house.passes(200_000);
  expect([alice.closing, alice.paused]).toEqual([undefined, defaultLimits.stuckMs]);
  house.isSlow = false;
  house.answers();
  house.passes(20 * 200);
  expect([alice.closing, alice.paused]).toEqual([undefined, 0]);
  house.passes(3 * defaultLimits.pingMs);
  expect(alice.closing).toBe("silent");
});
