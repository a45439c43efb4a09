// Others are told how far somebody has got: in private and in small rooms, if the two are not apart and
// it is not kept private.

import { expect, test } from "vitest";
import type { Wire } from "./hub-house.js";
import { HubHouse } from "./hub-house.js";

const token = (name: string): string => `${name}-has-a-long-secret`;
const enters = (house: HubHouse, name: string, dialect: "events" | "simple" = "events"): Wire =>
  house.enters(dialect, name, { token: token(name), receipts: "true" });
const write = (to: string): string => `{"type":"private_message","payload":{"message":"hi","to":"${to}"}}`;
const read = (conversation: string, seq: number): string =>
  `{"type":"read","payload":{"conversation":"${conversation}","seq":${seq}}}`;
const receipts = (wire: Wire): unknown[] =>
  wire
    .heard()
    .filter(({ type }) => type === "receipt")
    .map(({ payload }) => payload);

/** Alice has written to bob twice. */
function pair() {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob] = [enters(house, "alice"), enters(house, "bob")];
  bob.pongs = false;
  alice.says(write("bob"), write("bob"));
  house.passes(1_000);
  for (const wire of [alice, bob]) wire.heard();
  return { house, alice, bob };
}

/** A room of so many, its owner first. */
function room(members: number) {
  const house = new HubHouse({ rates: undefined });
  const all = Array.from({ length: members }, (_, n) => enters(house, `m${n}`));
  const [owner, member] = all as [Wire, Wire];
  owner.says('{"type":"create_room","payload":{"conversation":"#dev"}}');
  for (const wire of all.slice(1)) wire.says('{"type":"join_room","payload":{"conversation":"#dev"}}');
  owner.says('{"type":"send_message","payload":{"message":"hi","conversation":"#dev"}}');
  house.passes(10_000);
  for (const wire of all) wire.heard();
  return { house, all, owner, member, head: members + 1 };
}

test("privately: the other side is told within a second what was delivered, then what was read", () => {
  const { house, alice, bob } = pair();
  bob.pongs = true;
  bob.answersPing();
  house.passes(6_000);
  expect(receipts(alice)).toEqual([{ conversation: "@bob", username: "bob", delivered: 2, read: 0 }]);
  bob.says(read("@alice", 1));
  house.passes(999);
  expect(receipts(alice)).toEqual([]);
  house.passes(1);
  expect(receipts(alice)).toEqual([{ conversation: "@bob", username: "bob", delivered: 2, read: 1 }]);
  expect(receipts(bob)).not.toContainEqual(expect.objectContaining({ username: "bob" }));
});

test("what moves nothing is nothing to tell", () => {
  const { house, alice, bob } = pair();
  bob.says(read("@alice", 2));
  house.passes(1_000);
  alice.heard();
  bob.says(read("@alice", 1), read("@alice", 2));
  house.passes(5_000);
  expect(receipts(alice)).toEqual([]);
});

test("at most one a second, the newest, however the cursors are stored", () => {
  const { house, alice, bob } = pair();
  for (let n = 3; n <= 40; n += 1) alice.says(write("bob"));
  alice.heard();
  for (let n = 1; n <= 40; n += 1) {
    bob.says(read("@alice", n));
    house.passes(100);
    // Whoever logs in has all cursors stored at once.
    house.enters("simple", `guest${n}`);
  }
  house.passes(2_000);
  const told = receipts(alice) as { read: number }[];
  expect(told.length).toBeLessThanOrEqual(6);
  expect(told.length).toBeGreaterThanOrEqual(4);
  expect(told.at(-1)).toEqual({ conversation: "@bob", username: "bob", delivered: 40, read: 40 });
  expect(told.map((row) => row.read)).toEqual(told.map((row) => row.read).sort((a, b) => a - b));
});

test("an answer of the store that a newer one has overtaken takes nothing back", () => {
  const { house, alice, bob } = pair();
  bob.says(read("@alice", 1));
  house.isSlow = true;
  house.passes(1_000);
  house.answers();
  const [older] = house.waiting.splice(0);
  if (older === undefined) throw new Error("the store is not asked where bob stands");
  older.seen = house.store.carryOut(older.call);
  house.isSlow = false;
  house.passes(1_000);
  bob.says(read("@alice", 2));
  house.passes(2_000);
  house.waiting.push(older);
  house.answers();
  expect(receipts(alice)).toEqual([{ conversation: "@bob", username: "bob", delivered: 2, read: 2 }]);
});

test("kept private: delivered is told, read is 0, and reading is nothing to tell", () => {
  const { house, alice, bob } = pair();
  bob.says('{"type":"set_privacy","payload":{"reading":"private"}}');
  bob.says('{"type":"delivered","payload":{"conversation":"@alice","seq":2}}');
  house.passes(1_000);
  expect(receipts(alice)).toEqual([{ conversation: "@bob", username: "bob", delivered: 2, read: 0 }]);
  bob.says(read("@alice", 2));
  house.passes(5_000);
  expect(receipts(alice)).toEqual([]);
  alice.says('{"type":"receipts","id":1,"payload":{"conversation":"@bob"}}');
  expect(alice.heard()).toMatchObject([
    { payload: { receipts: [{ username: "alice" }, { username: "bob", delivered: 2, read: 0 }] } },
  ]);
});

test("a block keeps them from both", () => {
  const { house, alice, bob } = pair();
  alice.says('{"type":"block","payload":{"username":"bob"}}');
  bob.says(read("@alice", 2));
  house.passes(5_000);
  expect(receipts(alice)).toEqual([]);
  bob.says('{"type":"receipts","id":1,"payload":{"conversation":"@alice"}}');
  expect(bob.heard().at(-1)).toMatchObject({
    type: "receipts",
    payload: { receipts: [{ username: "bob", read: 2 }] },
  });
});

test("whoever is invisible has got nothing, as far as others are told", () => {
  const { house, alice, bob } = pair();
  bob.says('{"type":"set_status","payload":{"status":"invisible"}}', read("@alice", 2));
  house.passes(5_000);
  expect(receipts(alice)).toEqual([]);
});

test("whoever reads and goes at once has read, if their name is kept", () => {
  const { house, alice, bob } = pair();
  bob.says(read("@alice", 2));
  bob.closes(true);
  house.passes(1_000);
  expect(receipts(alice)).toEqual([{ conversation: "@bob", username: "bob", delivered: 2, read: 2 }]);
});

test("in a room of 100 all others are told, in their events connections", () => {
  const { house, all, member, head } = room(100);
  const script = house.enters("simple", "m2", { token: token("m2") });
  member.says(read("#dev", head));
  house.passes(1_000);
  const row = { conversation: "#dev", username: "m1", delivered: head, read: head };
  for (const wire of all) expect(receipts(wire)).toEqual(wire === member ? [] : [row]);
  expect(script.heard()).toEqual([]);
});

test("in a room of 101 the store is not even asked how far somebody has got", () => {
  const { house, owner, member } = room(101);
  owner.says('{"type":"send_message","payload":{"message":"hi","conversation":"#dev"}}');
  house.calls.length = 0;
  house.passes(60_000);
  expect(house.calls.map(({ type }) => type)).toContain("advance");
  expect(house.calls.filter(({ type }) => type === "stand")).toEqual([]);
  expect(receipts(member)).toEqual([]);
});

test("in a room of 101 nobody is told, and whoever asks is refused", () => {
  const { house, all, member, head } = room(101);
  member.says(read("#dev", head));
  house.passes(5_000);
  for (const wire of all) expect(receipts(wire)).toEqual([]);
  member.says('{"type":"receipts","id":1,"payload":{"conversation":"#dev"}}');
  expect(member.heard()).toMatchObject([
    { type: "error", id: 1, payload: { code: "forbidden", hint: expect.stringContaining("100") } },
  ]);
});

test("never in everyone", () => {
  const { house, alice, bob } = pair();
  alice.says('{"type":"send_message","payload":{"message":"hi"}}');
  bob.says(read("everyone", 1));
  house.passes(5_000);
  expect(receipts(alice)).toEqual([]);
  alice.says('{"type":"receipts","id":1,"payload":{"conversation":"everyone"}}');
  expect(alice.heard().at(-1)).toMatchObject({ type: "error", payload: { code: "forbidden" } });
});

test("receipts tells how far each member has got", () => {
  const { house, owner, member, head } = room(3);
  member.says(read("#dev", head));
  house.passes(1_000);
  owner.heard();
  owner.says('{"type":"receipts","id":1,"payload":{"conversation":"#dev"}}');
  const [answer] = owner.heard();
  expect(answer).toMatchObject({
    type: "receipts",
    id: 1,
    payload: {
      conversation: "#dev",
      receipts: [
        { username: "m0" },
        { username: "m1", delivered: head, read: head },
        { username: "m2", delivered: head },
      ],
    },
  });
});

test("while the store can't keep cursors nobody is told of them; once it can, they are", () => {
  const { house, alice, bob } = pair();
  bob.says(read("@alice", 2));
  house.store.refusal = undefined;
  house.isSlow = true;
  house.answers();
  house.store.refusal = "storage_full";
  house.passes(1_000);
  house.answers();
  expect(receipts(alice)).toEqual([]);
  house.store.refusal = undefined;
  house.isSlow = false;
  house.passes(2_000);
  expect(receipts(alice)).toEqual([{ conversation: "@bob", username: "bob", delivered: 2, read: 2 }]);
});
