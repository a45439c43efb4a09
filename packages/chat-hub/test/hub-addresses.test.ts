// What all connections of one address may do together, whatever they call themselves.

import { expect, test } from "vitest";
import { comeFrom, goFrom } from "../src/hub/addresses.js";
import { createAlarms } from "../src/hub/alarms.js";
import { expire } from "../src/hub/elapsed.js";
import type { Connection } from "../src/hub/state/connection.js";
import type { HubState } from "../src/hub/state/hub-state.js";
import type { Rates } from "../src/index.js";
import { defaultLimits } from "../src/index.js";
import type { Millis } from "../src/words/ids.js";
import type { Wire } from "./hub-house.js";
import { HubHouse } from "./hub-house.js";

const here = "192.0.2.7";
const elsewhere = "198.51.100.1";

function houseWith(rates: Partial<Rates>): HubHouse {
  return new HubHouse({ rates: { ...(defaultLimits.rates as Rates), ...rates } });
}

function enters(house: HubHouse, username: string, address: string | undefined): Wire {
  const wire = house.connects("events", { username }, address);
  wire.heard();
  return wire;
}

const message = (id: number): string => `{"type":"send_message","id":${id},"payload":{"message":"hi"}}`;
const ping = (id: number): string => `{"type":"ping","id":${id}}`;

function answered(wire: Wire): unknown[] {
  return wire.heard().flatMap(({ type, id }) => (type === "ack" || type === "ping" ? [id] : []));
}

test("users of one address share its rate of messages; others, and those who are not counted, do not", () => {
  const house = houseWith({ addressMessagesBurst: 5, addressMessagesPerSecond: 5 });
  const [alice, bob] = [enters(house, "alice", here), enters(house, "bob", here)];
  const [carl, dora] = [enters(house, "carl", elsewhere), enters(house, "dora", undefined)];
  for (let id = 1; id <= 3; id += 1) for (const each of [alice, bob, carl, dora]) each.says(message(id));
  expect([alice, bob, carl, dora].map(answered)).toEqual([
    [1, 2, 3],
    [1, 2],
    [1, 2, 3],
    [1, 2, 3],
  ]);
  expect([alice, bob, carl, dora].map(({ paused }) => paused)).toEqual([0, 200, 0, 0]);
  house.passes(200);
  expect(answered(bob)).toEqual([3]);
});

test("the defaults: 300 messages at once, then 100 a second; 5,000 other commands, then 1,000 a second", () => {
  const house = new HubHouse();
  const sayEach = (wires: readonly Wire[], frame: string): void => {
    for (const wire of wires) wire.says(frame);
  };
  const sum = (wires: readonly Wire[]): number => wires.reduce((all, wire) => all + answered(wire).length, 0);
  // Each comes in for the price of a page.
  const ten = Array.from({ length: 10 }, (_, n) => enters(house, `user${n}`, here));
  for (let id = 1; id <= 30; id += 1) sayEach(ten, message(id));
  expect(sum(ten)).toBe(300);
  const one = enters(house, "another", here);
  for (let id = 1; id <= 16; id += 1) one.says(message(id));
  expect([answered(one), one.paused]).toEqual([[], 200]);
  house.passes(200);
  expect(answered(one)).toHaveLength(16);

  const many = Array.from({ length: 26 }, (_, n) => enters(house, `guest${n}`, elsewhere));
  for (let id = 1; id <= 200; id += 1) sayEach(many, ping(id));
  expect(sum(many)).toBe(5_000 - 26 * 10);
});

test("coming back under another name finds what was left, until the rate is full again", () => {
  const house = houseWith({ addressMessagesBurst: 4, addressMessagesPerSecond: 1 });
  const alice = enters(house, "alice", here);
  for (let id = 1; id <= 4; id += 1) alice.says(message(id));
  alice.closes(true);
  const bob = enters(house, "bob", here);
  bob.says(message(1));
  expect([answered(bob), bob.paused]).toEqual([[], 200]);
  bob.closes(true);
  house.passes(5_000);
  const carl = enters(house, "carl", here);
  for (let id = 1; id <= 4; id += 1) carl.says(message(id));
  expect(answered(carl)).toEqual([1, 2, 3, 4]);
});

/** As much of a hub as addresses need. */
function books(rates: Rates | undefined): { hub: HubState; passesTo: (at: number) => void } {
  const none = createAlarms<never, never>([]);
  const alarms = {
    connections: none,
    names: none,
    addresses: createAlarms<"refilled", string>(["refilled"]),
    attempts: none,
    audiences: none,
    slots: none,
    house: none,
  };
  const hub = {
    limits: { ...defaultLimits, rates },
    addresses: new Map(),
    alarms,
    at: 0,
  } as unknown as HubState;
  const passesTo = (at: number): void => {
    hub.at = at as Millis;
    expire(hub);
  };
  return { hub, passesTo };
}

test("an address that nobody is connected from is kept only until its rates are full again", () => {
  const { hub, passesTo } = books(defaultLimits.rates);
  const come = (name: string) => ({ address: comeFrom(hub, name) }) as Connection;
  const all = Array.from({ length: 100 }, (_, n) => come(`192.0.2.${n}`));
  for (const each of all) goFrom(hub, each);
  expect(hub.addresses.size).toBe(100);
  // 5,000 commands at 1,000 a second take longest.
  passesTo(4_999);
  const back = come("192.0.2.1");
  passesTo(5_000);
  expect([...hub.addresses.keys()]).toEqual(["192.0.2.1"]);
  passesTo(60_000);
  expect(hub.addresses.size).toBe(1);
  goFrom(hub, back);
  passesTo(65_000);
  expect(hub.addresses.size).toBe(0);
});

test("without rates no address is kept after its last connection", () => {
  const { hub } = books(undefined);
  const connections = [1, 2].map(() => ({ address: comeFrom(hub, here) }) as Connection);
  for (const [index, each] of connections.entries()) {
    expect(hub.addresses.get(here)?.connections).toBe(2 - index);
    goFrom(hub, each);
  }
  expect(hub.addresses.size).toBe(0);
});

test("coming and going costs too: too many connections one soon after the other are let in later", () => {
  const house = houseWith({ addressCommandsBurst: 30, addressCommandsPerSecond: 10 });
  for (let n = 0; n < 3; n += 1) enters(house, "alice", here).closes(true);
  const over = house.connects("simple", { username: "alice" }, here);
  expect(over.heard()).toMatchObject([
    { error: { code: "rate_limited", retryable: true, retry_after_ms: 200 } },
  ]);
  expect(over.closing).toBe("crowded");
  expect(enters(house, "bob", elsewhere).closing).toBeUndefined();
  house.passes(1_000);
  expect(enters(house, "alice", here).closing).toBeUndefined();
});
