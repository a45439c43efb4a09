// What people choose for themselves is kept by the store, acked, and told to their other devices.

import { expect, test } from "vitest";
import type { Wire } from "./hub-house.js";
import { beginning, HubHouse } from "./hub-house.js";

const aliceToken = "alice-has-a-long-secret";
const bobToken = "bob-has-a-long-secret";
const sayToBob = '{"type":"private_message","payload":{"message":"hi","to":"bob"}}';

/** Alice on two devices and by the simple dialect; and bob. */
function house() {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice", { token: aliceToken });
  const phone = house.enters("events", "alice", { token: aliceToken });
  const script = house.enters("simple", "alice", { token: aliceToken });
  const bob = house.enters("events", "bob", { token: bobToken });
  house.passes(1_000);
  const all = [alice, phone, script, bob];
  for (const wire of all) wire.heard();
  return { house, alice, phone, script, bob };
}

test("a choice is acked, and told to the other devices in their own words", () => {
  const { alice, phone, script, bob } = house();
  alice.says(
    sayToBob,
    '{"type":"set_privacy","id":1,"payload":{"reading":"private"}}',
    '{"type":"set_status","id":2,"payload":{"status":"away","text":"lunch"}}',
    '{"type":"mute","id":3,"payload":{"conversation":"@bob"}}',
    '{"type":"block","id":4,"payload":{"username":"bob"}}',
    '{"type":"mute","id":5,"payload":{"conversation":"everyone","on":false}}',
    '{"type":"block","id":6,"payload":{"username":"@Bob","on":false}}',
  );
  const at = beginning + 1_000;
  expect(alice.heard().filter(({ type }) => type === "ack")).toEqual([
    { type: "ack", id: 1, payload: { at } },
    { type: "ack", id: 2, payload: { at } },
    { type: "ack", id: 3, payload: { conversation: "@bob", at } },
    { type: "ack", id: 4, payload: { at } },
    { type: "ack", id: 5, payload: { conversation: "everyone", at } },
    { type: "ack", id: 6, payload: { at } },
  ]);
  expect(phone.heard().filter(({ type }) => type !== "new_message" && type !== "presence")).toEqual([
    { type: "settings", payload: { status: "online", text: "", reading: "private" } },
    { type: "settings", payload: { status: "away", text: "lunch", reading: "private" } },
    { type: "muted", payload: { conversation: "@bob", on: true } },
    { type: "blocked", payload: { username: "bob", on: true } },
    { type: "muted", payload: { conversation: "everyone", on: false } },
    { type: "blocked", payload: { username: "bob", on: false } },
  ]);
  expect(script.heard()).toEqual([]);
  const toldToBob = bob.heardTypes();
  for (const type of ["settings", "muted", "blocked"]) expect(toldToBob).not.toContain(type);
});

test("without an id nothing comes back", () => {
  const { alice } = house();
  alice.says('{"type":"set_privacy","payload":{"reading":"private"}}');
  alice.says('{"type":"mute","payload":{"conversation":"everyone"}}');
  expect(alice.heard()).toEqual([]);
});

test("what can't be chosen is refused, and tells the other devices nothing", () => {
  const { alice, phone, ...it } = house();
  alice.says(
    '{"type":"block","id":1,"payload":{"username":"nobody"}}',
    '{"type":"block","id":2,"payload":{"username":"alice"}}',
    '{"type":"mute","id":3,"payload":{"conversation":"#nowhere"}}',
  );
  it.house.store.refusal = "storage_full";
  alice.says('{"type":"set_status","id":4,"payload":{"status":"busy"}}');
  expect(alice.heard().map(({ id, payload }) => [id, payload?.["code"]])).toEqual([
    [1, "unknown_user"],
    [2, "forbidden"],
    [3, "unknown_conversation"],
    [4, "storage_full"],
  ]);
  it.house.store.refusal = undefined;
  it.house.passes(10_000);
  expect(phone.heard()).toEqual([]);
});

test("whoever chooses and goes at once has chosen", () => {
  const it = house();
  it.house.isSlow = true;
  it.alice.says('{"type":"set_status","payload":{"status":"busy"}}');
  it.alice.closes(true);
  it.house.answers();
  expect(it.phone.heard()).toEqual([
    { type: "settings", payload: { status: "busy", text: "", reading: "shared" } },
  ]);
});

const rows = (wire: Wire): unknown[] =>
  wire
    .heard()
    .filter(({ type }) => type === "presence")
    .map(({ payload }) => payload?.["users"]);

test("a block makes both look offline to each other, at once and in every answer; others see them", () => {
  const { bob, alice, ...it } = house();
  const carol = it.house.enters("events", "carol");
  it.house.passes(250);
  for (const wire of [alice, bob, carol]) wire.heard();
  bob.says('{"type":"block","payload":{"username":"alice"}}');
  expect(rows(alice)).toEqual([[{ username: "bob", status: "offline" }]]);
  expect(rows(bob)).toEqual([[{ username: "alice", status: "offline" }]]);
  bob.says('{"type":"set_status","payload":{"status":"busy"}}');
  it.house.passes(250);
  expect(rows(alice)).toEqual([undefined]);
  expect(rows(carol)).toEqual([[{ username: "bob", status: "busy" }]]);
  alice.says('{"type":"users","id":1}', '{"type":"whois","id":2,"payload":{"username":"bob"}}');
  expect(alice.heard()).toEqual([
    {
      type: "users",
      id: 1,
      payload: {
        users: [
          { username: "alice", status: "online" },
          { username: "carol", status: "online" },
        ],
        count: 3,
        more: false,
      },
    },
    { type: "whois", id: 2, payload: { username: "bob", kept: true, status: "offline" } },
  ]);
  bob.says('{"type":"set_status","payload":{"status":"invisible"}}');
  alice.says('{"type":"whois","id":3,"payload":{"username":"bob"}}');
  expect(alice.heard()[0]?.payload).not.toHaveProperty("seen");
  bob.says('{"type":"set_status","payload":{"status":"busy"}}');
  it.house.passes(250);
  alice.heard();
  bob.says('{"type":"block","payload":{"username":"alice","on":false}}');
  expect(rows(alice)).toEqual([[{ username: "bob", status: "busy" }]]);
});

test("a block is known again when its maker comes back", () => {
  const { bob, alice, ...it } = house();
  bob.says('{"type":"block","payload":{"username":"alice"}}');
  bob.closes(true);
  it.house.passes(1_000);
  alice.heard();
  alice.says('{"type":"whois","id":1,"payload":{"username":"bob"}}');
  expect(alice.heard()).toEqual([
    { type: "whois", id: 1, payload: { username: "bob", kept: true, status: "offline" } },
  ]);
  const back = it.house.enters("events", "bob", { token: bobToken });
  it.house.passes(1_000);
  back.heard();
  expect(rows(alice)).toEqual([undefined]);
  alice.says('{"type":"whois","id":1,"payload":{"username":"bob"}}');
  expect(alice.heard()).toMatchObject([{ payload: { username: "bob", status: "offline" } }]);
  back.says('{"type":"blocks","id":1}');
  expect(back.heard()).toEqual([{ type: "blocks", id: 1, payload: { usernames: ["alice"], more: false } }]);
});

test("whoever is in a list of all who are here is not there for those apart from them", () => {
  const { bob, alice, ...it } = house();
  bob.says('{"type":"block","payload":{"username":"alice"}}');
  alice.heard();
  alice.isCongested();
  it.house.enters("simple", "carol");
  it.house.passes(1_000);
  alice.isDrained();
  expect(rows(alice)).toEqual([
    [
      { username: "alice", status: "online" },
      { username: "carol", status: "online" },
    ],
  ]);
});
