// How people leave: whatever is under way, what ends with them ends, and what they said before counts.

import { expect, test } from "vitest";
import { HubHouse } from "./hub-house.js";

const hi = '{"type":"send_message","payload":{"message":"hi"}}';
const users = '{"type":"users"}';

/** Who is here, as `wire` is told. */
function here(wire: { says(frame: string): void; heard(): readonly object[] }): unknown {
  wire.heard();
  wire.says(users);
  const answer = wire.heard().at(-1) as { payload: { users: { username: string }[] } };
  return answer.payload.users.map(({ username }) => username);
}

test("one who could take nothing more and is lost has still said what they said, and is gone", () => {
  const house = new HubHouse();
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  bob.isCongested();
  bob.says(hi);
  bob.closes(false);
  expect(house.store.logs[0]?.entries.map(({ from }) => from)).toEqual(["bob"]);
  house.passes(20_000);
  expect(here(alice)).toEqual(["alice"]);
  house.connects("simple", { username: "bob" });
  expect(here(alice)).toEqual(["alice", "bob"]);
});

test("nobody stays present whose second device is lost while it logs in", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  const token = "a-secret-of-16-or-more";
  const first = house.enters("events", "bob", { token });
  house.isSlow = true;
  const second = house.connects("events", { username: "bob", token });
  house.answers(1);
  first.closes(true);
  second.closes(false);
  house.answers();
  house.isSlow = false;
  house.passes(20_000);
  expect(here(alice)).toEqual(["alice"]);
});

test("a name is freed in the end, also when the store could not take it down at first", () => {
  const house = new HubHouse();
  const bob = house.enters("simple", "bob");
  house.store.refusal = "storage_full";
  bob.closes(true);
  house.passes(10_000);
  house.store.refusal = undefined;
  house.passes(1_000);
  const next = house.connects("simple", { username: "bob" });
  expect(next.heard()).toEqual([]);
  expect(next.closing).toBeUndefined();
});

test("cursors are kept in the end, also when the store could not take them down at first", () => {
  const house = new HubHouse();
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  alice.says(hi);
  bob.says('{"type":"read","payload":{"conversation":"everyone","seq":1}}');
  house.store.refusal = "storage_full";
  house.passes(5_000);
  house.store.refusal = undefined;
  house.passes(1_000);
  expect(house.store.cursor("bob")).toEqual({ delivered: 1, read: 1 });
});

test("whoever is back before the store has taken down that they left stays", () => {
  const house = new HubHouse();
  const token = "a-secret-of-16-or-more";
  const bob = house.enters("events", "bob", { token });
  house.store.refusal = "storage_full";
  bob.closes(true);
  house.store.refusal = undefined;
  house.enters("events", "bob", { token });
  const before = house.calls.filter(({ type }) => type === "release").length;
  house.passes(5_000);
  expect(house.calls.filter(({ type }) => type === "release").length).toBe(before);
});

test("leaving and coming back does not give a new rate", () => {
  const house = new HubHouse();
  const token = "a-secret-of-16-or-more";
  for (let round = 0; round < 5; round += 1) {
    const bob = house.enters("events", "bob", { token });
    for (let count = 0; count < 20; count += 1) bob.says(hi);
    bob.closes(true);
  }
  expect(house.store.logs[0]?.entries.length).toBe(30);
});

test("a name that is retaken in another spelling is told as two people", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  const bob = house.enters("simple", "Bob");
  house.passes(250);
  bob.closes(false);
  house.enters("simple", "bOB");
  alice.heard();
  house.passes(250);
  expect(alice.heard()).toEqual([
    {
      type: "presence",
      payload: {
        users: [
          { username: "Bob", status: "offline" },
          { username: "bOB", status: "online" },
        ],
        count: 2,
      },
    },
  ]);
});

test("who came while one was read to is told before the end of it", () => {
  const house = new HubHouse();
  house.enters("events", "alice").says(hi);
  house.isSlow = true;
  const bob = house.connects("events", { username: "bob", since: "everyone:0" });
  house.answers();
  house.answers();
  const [page] = house.waiting.splice(0, 1);
  house.connects("simple", { username: "carol" });
  house.answers();
  house.answers();
  if (page !== undefined) house.waiting.push(page);
  house.answers();
  const types = bob.heardTypes();
  expect(types.slice(-2)).toEqual(["presence", "resumed"]);
});

test("with rates lifted nothing is refused for coming too fast, however slow the store is", () => {
  const house = new HubHouse({ rates: undefined, appendBacklogBytes: 10 });
  const bob = house.enters("events", "bob");
  house.isSlow = true;
  for (let count = 0; count < 200; count += 1) bob.says(hi);
  house.isSlow = false;
  for (let round = 0; round < 100; round += 1) {
    house.answers();
    house.passes(200);
  }
  expect(house.store.logs[0]?.entries.length).toBe(200);
  expect(bob.heardTypes()).not.toContain("error");
});

test("of another epoch, a conversation that is not there is ignored and one that is there is reset", () => {
  const house = new HubHouse();
  house.enters("events", "alice").says(hi);
  const bob = house.connects("events", { username: "bob", since: "everyone:1,@carol:4", epoch: "other" });
  expect(bob.heard().at(-1)).toMatchObject({
    type: "resumed",
    payload: { ignored: ["@carol"], reset: ["everyone"] },
  });
});

test("a flood of pongs that nobody asked for is slowed like any other", () => {
  const house = new HubHouse();
  const bob = house.enters("simple", "bob");
  for (let count = 0; count < 300; count += 1) bob.answersPing();
  expect(bob.paused).toBe(200);
});

test("pages of history cost more of a rate than a ping", () => {
  const house = new HubHouse();
  const bob = house.enters("events", "bob");
  for (let id = 0; id < 100; id += 1) {
    bob.says(`{"type":"history","id":${id},"payload":{"conversation":"everyone"}}`);
  }
  expect(bob.heardTypes().filter((type) => type === "history").length).toBe(20);
});
