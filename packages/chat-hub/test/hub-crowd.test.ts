// Ten thousand people who lose their connections and come back are no storm of presence.

import { expect, test } from "vitest";
import type { Wire } from "./hub-house.js";
import { HubHouse } from "./hub-house.js";

const token = (n: number): string => `guest-${n}-has-a-secret`;

const back = (house: HubHouse, n: number): Wire => house.enters("simple", `guest${n}`, { token: token(n) });

/** Everybody is here and has heard so. */
function crowd(people: number): { house: HubHouse; alice: Wire; guests: Wire[] } {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  const guests = Array.from({ length: people - 1 }, (_, n) => back(house, n));
  house.passes(5_000);
  alice.heard();
  return { house, alice, guests };
}

test("lost and back within the grace: nobody hears of it", () => {
  const { house, alice, guests } = crowd(10_000);
  for (const guest of guests) guest.closes(false);
  for (let n = 0; n < 9_999; n += 1) {
    if (n % 1_000 === 0) house.passes(1_000);
    back(house, n);
  }
  house.passes(60_000);
  expect(alice.heard()).toEqual([]);
});

test("gone for longer: one frame a second with the count; who is left when it is no crowd any more", () => {
  const { house, alice, guests } = crowd(10_000);
  for (const guest of guests) guest.closes(true);
  house.passes(1_000);
  expect(alice.heard()).toEqual([
    {
      type: "presence",
      payload: { users: [{ username: "alice", status: "online" }], count: 1, all: true },
    },
  ]);
  back(house, 0);
  house.passes(1_000);
  expect(alice.heard()).toEqual([
    { type: "presence", payload: { users: [{ username: "guest0", status: "online" }], count: 2 } },
  ]);
  for (let second = 0; second < 10; second += 1) {
    for (let n = 0; n < 999; n += 1) back(house, second * 999 + n);
    house.passes(1_000);
  }
  const told = alice.heard();
  expect(told.length).toBeLessThanOrEqual(10 + 12);
  expect(told.at(-1)).toEqual({ type: "presence", payload: { count: 9_991 } });
  const afterTheFirst = told.filter(({ payload }) => Number(payload?.["count"]) > 1_000);
  expect(afterTheFirst.length).toBeLessThanOrEqual(10);
  for (const { payload } of afterTheFirst) expect(payload).not.toHaveProperty("users");
});

test("few changes in a crowd are told by name, once a second", () => {
  const { house, alice, guests } = crowd(600);
  for (const guest of guests.slice(0, 3)) guest.closes(true);
  house.passes(999);
  expect(alice.heard()).toEqual([]);
  house.passes(1);
  const offline = (username: string) => ({ username, status: "offline" });
  expect(alice.heard()).toEqual([
    {
      type: "presence",
      payload: { users: ["guest0", "guest1", "guest2"].map(offline), count: 597 },
    },
  ]);
});

test("200 changes with the longest names and words are told in frames of 64 KiB", () => {
  const house = new HubHouse({ rates: undefined });
  const alice = house.enters("events", "alice");
  for (let n = 0; n < 200; n += 1) {
    const guest = house.enters("events", String.fromCodePoint(0x20000 + n).repeat(32));
    guest.says(`{"type":"set_status","payload":{"status":"busy","text":"${"𠀀".repeat(100)}"}}`);
  }
  house.passes(1_000);
  const told = alice.heard();
  for (const frame of told) expect(Buffer.byteLength(JSON.stringify(frame))).toBeLessThanOrEqual(65_536);
  const users = told.flatMap(({ payload }) => payload?.["users"] as unknown[]);
  expect([told.length, users.length]).toEqual([2, 201]);
});
