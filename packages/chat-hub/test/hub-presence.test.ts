// Who is here: joined for a moment, told as changes, and in a crowd only as a number.

import { expect, test } from "vitest";
import { HubHouse } from "./hub-house.js";

test("changes are joined for 250 ms; coming and going within them is nothing to tell", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  house.passes(250);
  alice.heard();
  const bob = house.enters("events", "bob");
  house.passes(100);
  house.enters("events", "carol").closes(true);
  house.enters("simple", "dave");
  house.passes(149);
  expect(alice.heard()).toEqual([]);
  house.passes(1);
  expect(alice.heard()).toEqual([
    {
      type: "presence",
      payload: {
        users: [
          { username: "bob", status: "online" },
          { username: "dave", status: "online" },
        ],
        count: 3,
      },
    },
  ]);
  bob.closes(true);
  house.enters("events", "bob");
  house.passes(10_000);
  expect(alice.heard()).toEqual([]);
});

test("who was given a list while somebody came and went is told how that ended", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  house.passes(250);
  const bob = house.enters("events", "bob");
  alice.says('{"type":"users","id":1}');
  bob.closes(true);
  alice.heard();
  house.passes(250);
  const users = [{ username: "bob", status: "offline" }];
  expect(alice.heard()).toEqual([{ type: "presence", payload: { users, count: 1 } }]);
});

test("a second device is no news, nor is its leaving", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  const token = "bob-has-a-long-secret";
  house.enters("events", "bob", { token });
  house.passes(250);
  alice.heard();
  house.enters("simple", "bob", { token }).closes(true);
  house.passes(60_000);
  expect(alice.heard()).toEqual([]);
});

test("whoever only asks for a name is not here yet", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  house.passes(250);
  alice.heard();
  const guest = house.connects("events");
  guest.says('{"type":"login","payload":{"username":"alice"}}');
  house.passes(1_000);
  guest.closes(true);
  house.passes(60_000);
  expect(alice.heard()).toEqual([]);
});

test("with more than 500 here changes are told once a second", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  for (let n = 2; n <= 500; n += 1) house.enters("simple", `guest${n}`);
  house.passes(1_000);
  alice.heard();
  house.enters("simple", "guest501");
  house.passes(999);
  expect(alice.heard()).toEqual([]);
  house.passes(1);
  expect(alice.heard()).toEqual([
    { type: "presence", payload: { users: [{ username: "guest501", status: "online" }], count: 501 } },
  ]);
});

test("users tells who is here, page by page in the order of their names", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  for (const name of ["Dave", "bob", "سارة", "carol"]) house.enters("simple", name);
  alice.says('{"type":"users","id":1,"payload":{"limit":2}}');
  alice.says('{"type":"users","id":2,"payload":{"limit":2,"after":"bob"}}');
  alice.says('{"type":"users","id":3,"payload":{"limit":2,"after":"DAVE"}}');
  const online = (...names: string[]) => names.map((username) => ({ username, status: "online" }));
  expect(alice.heard()).toEqual([
    { type: "users", id: 1, payload: { users: online("alice", "bob"), count: 5, more: true } },
    { type: "users", id: 2, payload: { users: online("carol", "Dave"), count: 5, more: true } },
    { type: "users", id: 3, payload: { users: online("سارة"), count: 5, more: false } },
  ]);
});

test("whoever was behind is told all of it when they are back", () => {
  const house = new HubHouse();
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  house.passes(250);
  alice.heard();
  alice.isCongested();
  bob.closes(true);
  house.enters("simple", "carol");
  house.passes(5_000);
  expect(alice.heard()).toEqual([]);
  alice.isDrained();
  expect(alice.heard()).toEqual([
    {
      type: "presence",
      payload: {
        users: [
          { username: "alice", status: "online" },
          { username: "carol", status: "online" },
        ],
        count: 2,
        all: true,
      },
    },
  ]);
});

test("whoever is behind again before they are told of it is told later, and so is what was about to be told", () => {
  const house = new HubHouse();
  const alice = house.enters("events", "alice");
  house.passes(250);
  alice.heard();
  house.enters("events", "bob");
  alice.isCongested();
  house.passes(250);
  house.isSlow = true;
  house.connects("events", { username: "carol" });
  house.answers();
  house.answers();
  const say = '{"type":"send_message","payload":{"message":"hi"}}';
  house.enters("events", "dave").says(say);
  while (house.waiting.length > 0) house.answers();
  // It has everything but the page that it reads when it is behind once more.
  alice.isDrained();
  alice.isCongested();
  house.answers();
  alice.isDrained();
  house.answers();
  const names = alice
    .heard()
    .flatMap(({ type, payload }) => (type === "presence" ? [payload?.["count"]] : []));
  expect(names).toEqual([4]);
});

test("who is blocked while they can't keep up, or not any more, sees who is here when they have caught up", () => {
  const house = new HubHouse();
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  house.passes(250);
  for (const [on, here] of [
    [true, ["alice"]],
    [false, ["alice", "bob"]],
  ] as const) {
    alice.heard();
    alice.isCongested();
    bob.says(`{"type":"block","payload":{"username":"alice","on":${on}}}`);
    alice.isDrained();
    const users = here.map((username) => ({ username, status: "online" }));
    expect(alice.heard()).toEqual([{ type: "presence", payload: { users, count: 2, all: true } }]);
  }
});
