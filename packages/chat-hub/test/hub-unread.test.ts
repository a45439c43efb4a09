// Where one stands is told to one's other devices as soon as it has moved.

import { expect, test } from "vitest";
import type { Wire } from "./hub-house.js";
import { HubHouse } from "./hub-house.js";

const token = "bob-has-a-long-secret";
const say = '{"type":"send_message","payload":{"message":"hi"}}';
const sayToBob = '{"type":"private_message","payload":{"message":"hi","to":"bob"}}';
const read = (conversation: string, seq: number): string =>
  `{"type":"read","payload":{"conversation":"${conversation}","seq":${seq}}}`;
const unread = (wire: Wire): unknown[] =>
  wire
    .heard()
    .filter(({ type }) => type === "unread")
    .map(({ payload }) => payload);

function devices() {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  const desk = house.enters("events", "bob", { token, receipts: "true" });
  const phone = house.enters("events", "bob", { token, receipts: "true" });
  const script = house.enters("simple", "bob", { token });
  alice.says(sayToBob, sayToBob, say, say, say);
  house.passes(1_000);
  for (const wire of [desk, phone, script]) {
    wire.pongs = false;
    wire.heard();
  }
  return { house, alice, desk, phone, script };
}

test("what was read on one device is read on the others, in private and in everyone", () => {
  const { house, alice, desk, phone, script } = devices();
  desk.says(read("@alice", 1), read("everyone", 3));
  house.passes(1_000);
  const rows = [
    { conversation: "@alice", head: 2, read: 1, unread: 1, mentions: 0 },
    { conversation: "everyone", head: 3, read: 3, unread: 0, mentions: 0 },
  ];
  expect(unread(phone)).toEqual(rows);
  expect(unread(desk)).toEqual(rows);
  expect([unread(alice), script.heard()]).toEqual([[], []]);
});

test("what moves nothing is nothing to tell", () => {
  const { house, desk, phone } = devices();
  desk.says(read("@alice", 2));
  house.passes(1_000);
  phone.heard();
  desk.says(read("@alice", 1), '{"type":"delivered","payload":{"conversation":"@alice","seq":2}}');
  house.passes(5_000);
  expect(unread(phone)).toEqual([]);
});

test("one device that says nothing is told nothing, and the store is not asked for it", () => {
  const house = new HubHouse({ rates: undefined });
  const [alice, bob] = [house.enters("events", "alice"), house.enters("events", "bob")];
  alice.says(say, say);
  house.calls.length = 0;
  house.passes(60_000);
  expect(house.calls.map(({ type }) => type)).toContain("advance");
  expect(house.calls.filter(({ type }) => type === "stand")).toEqual([]);
  expect(unread(bob)).toEqual([]);
});

test("in a room too, with its own role and what is muted", () => {
  const { house, alice, desk, phone } = devices();
  desk.says('{"type":"create_room","payload":{"conversation":"#dev"}}');
  alice.says('{"type":"join_room","payload":{"conversation":"#dev"}}');
  alice.says('{"type":"send_message","payload":{"message":"hi","conversation":"#dev"}}');
  desk.says('{"type":"mute","payload":{"conversation":"#dev"}}', read("#dev", 3));
  house.passes(1_000);
  expect(unread(phone)).toEqual([
    { conversation: "#dev", head: 3, read: 3, unread: 0, mentions: 0, muted: true, role: "owner" },
  ]);
});
