// What is no entry of a log, and changes while somebody can't take it: nothing of it gathers for them,
// and of each thing they are told the last when they can take it again.

import { expect, test } from "vitest";
import type { Wire } from "./hub-house.js";
import { HubHouse } from "./hub-house.js";

const token = "alice-has-a-long-secret";

function aliceAndBob(): { house: HubHouse; laptop: Wire; phone: Wire; bob: Wire } {
  const house = new HubHouse({ rates: undefined });
  const laptop = house.enters("events", "alice", { token });
  const phone = house.enters("events", "alice", { token });
  const bob = house.enters("events", "bob", { token: "bob-has-a-long-secret", receipts: "true" });
  bob.says('{"type":"create_room","payload":{"conversation":"#dev"}}');
  house.passes(1_000);
  for (const each of [laptop, phone, bob]) each.heard();
  return { house, laptop, phone, bob };
}

const ask = (type: string, payload: object): string => JSON.stringify({ type, payload });

test("settings, what is muted and blocked, invitations and what is unread: the last of each", () => {
  const { house, laptop, phone, bob } = aliceAndBob();
  phone.isCongested();
  for (let n = 1; n <= 50; n += 1) {
    laptop.says(ask("set_status", { status: n % 2 === 0 ? "away" : "online", text: `${n}` }));
    laptop.says(ask("mute", { conversation: "everyone", on: n % 2 === 0 }));
    laptop.says(ask("block", { username: "bob", on: n % 2 === 1 }));
    bob.says(ask("invite", { conversation: "#dev", username: "alice" }));
    bob.says(ask("send_message", { message: `${n}` }));
    laptop.says(ask("read", { conversation: "everyone", seq: n }));
    laptop.says(ask("typing", { conversation: "everyone" }));
    house.passes(2_000);
  }
  expect(phone.heard()).toEqual([]);
  phone.isDrained();
  const heard = phone.heard();
  const told = (type: string) => heard.filter((one) => one["type"] === type).map(({ payload }) => payload);
  expect(told("settings")).toEqual([{ status: "away", text: "50", reading: "shared" }]);
  expect(told("muted")).toEqual([{ conversation: "everyone", on: true }]);
  expect(told("blocked")).toEqual([{ username: "bob", on: false }]);
  expect(told("invited")).toEqual([{ conversation: "#dev", from: "bob" }]);
  expect(told("unread")).toMatchObject([{ conversation: "everyone", read: 50, unread: 0 }]);
  expect(told("typing")).toEqual([]);
  expect(told("presence")).toHaveLength(1);
  expect(told("new_message")).toHaveLength(50);
});

test("how far others have got is told once for each, as it is when one is back", () => {
  const { house, laptop, phone, bob } = aliceAndBob();
  for (let n = 1; n <= 5; n += 1) laptop.says(ask("private_message", { to: "bob", message: `${n}` }));
  house.passes(10_000);
  phone.heard();
  phone.isCongested();
  for (let seq = 1; seq <= 5; seq += 1) {
    bob.says(ask("read", { conversation: "@alice", seq }));
    house.passes(2_000);
  }
  expect(phone.heard()).toEqual([]);
  phone.isDrained();
  const receipts = phone.heard().filter((one) => one["type"] === "receipt");
  expect(receipts.map(({ payload }) => payload)).toEqual([
    { conversation: "@bob", username: "bob", delivered: 5, read: 5 },
  ]);
});

test("of more than a hundred things the hundred that changed last are told", () => {
  const { house, laptop, phone } = aliceAndBob();
  const names = Array.from({ length: 120 }, (_, n) => `guest${n}`);
  for (const name of names) house.enters("events", name, { token: `${name}-has-a-long-secret` });
  house.passes(1_000);
  phone.isCongested();
  phone.heard();
  for (const username of names) laptop.says(ask("block", { username }));
  phone.isDrained();
  const told = phone
    .heard()
    .flatMap(({ type, payload }) => (type === "blocked" ? [payload?.["username"]] : []));
  expect(told).toEqual(names.slice(20));
});
