// What is ordered in the house, as the hub has it carried out: by admins, and at the shell of the server.

import { describe, expect, test } from "vitest";
import { houseKeys } from "../src/index.js";
import type { KeptRecord } from "../src/ports/records.js";
import type { StoreAnswer } from "../src/ports/store.js";
import type { NameKey, UserId, WallMillis } from "../src/words/ids.js";
import { token as letter, oneAccount } from "./gate-people.js";
import type { Asked, Wire } from "./hub-house.js";
import { beginning, HubHouse } from "./hub-house.js";

const key = (name: string) => name as NameKey;
const token = { token: "a-secret-of-16-or-more" };
const decision = JSON.stringify({ username: "bob", by: "alice", reason: "floods" });

function kept(kind: KeptRecord["kind"], of: string, until?: number): KeptRecord {
  const record = { kind, key: of, value: decision };
  return until === undefined ? record : { ...record, until: until as WallMillis };
}

/** alice is the first who comes, and looks after the house. */
function houseOfAlice(minded: readonly KeptRecord[] = []) {
  const house = new HubHouse({}, "open", [kept("admin", houseKeys.user(1 as UserId)), ...minded]);
  const alice = house.enters("events", "alice", token);
  return { house, alice };
}

function says(who: Wire, type: string, payload: object, id = 1): readonly object[] {
  who.heard();
  who.says(JSON.stringify({ type, id, payload }));
  return who.heard();
}

const kick = { conversation: "everyone", username: "bob" };

describe("what a hub begins with", () => {
  test("admins are told so, bans and switches are in force, and end when they should", () => {
    const { house } = houseOfAlice([
      kept("ban", houseKeys.user(2 as UserId), beginning + 60_000),
      kept("ban", houseKeys.address("203.0.113.7")),
      { kind: "switch", key: houseKeys.slowMode, value: "30" },
    ]);
    const again = house.connects("events", { username: "alice", ...token });
    expect(again.heard()).toMatchObject([
      { type: "welcome", payload: { role: "admin", house: { slow_mode: 30, read_only: false } } },
    ]);
    const bob = house.connects("events", { username: "bob", ...token });
    expect(bob.heard()).toMatchObject([
      {
        type: "error",
        payload: {
          code: "banned",
          message: "you are banned from this server until 2026-11-22 14:31:25 UTC: floods",
          retry_after_ms: 60_000,
        },
      },
    ]);
    expect(bob.closing).toBe("banned");
    const far = house.connects("simple", { username: "carl" }, "203.0.113.7");
    expect(far.closing).toBe("banned");
    house.passes(60_000);
    expect(house.connects("events", { username: "bob", ...token }).closing).toBeUndefined();
  });
});

test("whoever is banned holds no name: it is released at once", () => {
  const { house } = houseOfAlice([kept("ban", houseKeys.user(2 as UserId))]);
  house.connects("events", { username: "bob", ...token });
  expect(house.calls.filter(({ type }) => type === "release")).toMatchObject([{ user: 2 }]);
  expect(house.census()).toMatchObject({ users: 1, logins: { refused: 1 } });
});

test("nothing is done or told before it is kept; when it can't be kept, nothing is done", () => {
  const { house, alice } = houseOfAlice();
  const bob = house.enters("events", "bob", token);
  house.isSlow = true;
  alice.says(JSON.stringify({ type: "ban", id: 1, payload: kick }));
  house.answers(1);
  expect(house.waiting).toMatchObject([
    { call: { type: "keep", changes: [{ kind: "ban", key: "user:2" }], audit: { action: "ban" } } },
  ]);
  expect([bob.closing, alice.heard()]).toEqual([undefined, []]);
  house.store.refusal = "storage_full";
  house.answers();
  expect(alice.heard()).toMatchObject([{ type: "error", id: 1, payload: { code: "storage_full" } }]);
  expect(bob.closing).toBeUndefined();
  house.store.refusal = undefined;
  alice.says(JSON.stringify({ type: "ban", id: 2, payload: kick }));
  house.answers();
  house.answers();
  expect(alice.heard()).toMatchObject([{ type: "ack", id: 2, payload: { conversation: "everyone" } }]);
  expect(bob.closing).toBe("banned");
});

test("whoever comes in while their ban is kept is put out, whichever is answered first", () => {
  for (const first of ["login", "ban"] as const) {
    const { house, alice } = houseOfAlice();
    house.enters("events", "bob", token).closes(true);
    house.isSlow = true;
    const order = () => {
      alice.says(JSON.stringify({ type: "ban", id: 1, payload: kick }));
      house.answers(1);
    };
    if (first === "ban") order();
    const bob = house.connects("events", { username: "bob", ...token });
    if (first === "login") {
      house.answers(1);
      order();
    }
    for (let turn = 0; turn < 4; turn++) house.answers();
    expect([first, bob.closing]).toEqual([first, "banned"]);
  }
});

test("an admin who was made a member meanwhile may no more", () => {
  const { house, alice } = houseOfAlice();
  house.enters("events", "bob", token);
  expect(house.orders({ type: "role", who: key("alice"), role: "member" })).toEqual({ ok: true });
  expect(says(alice, "kick", kick)).toMatchObject([{ type: "error", payload: { code: "forbidden" } }]);
});

describe("the last admin", () => {
  const demote = (username: string) => ({ conversation: "everyone", username, role: "member" });

  test("is not the last by somebody whose name has gone to another", () => {
    const house = new HubHouse({ rates: undefined }, "open", [
      kept("admin", houseKeys.user(1 as UserId)),
      kept("admin", houseKeys.user(2 as UserId)),
    ]);
    const alice = house.enters("events", "alice", token);
    // Somebody takes the name of the other, whose hold was over.
    house.isSlow = true;
    house.connects("events", { username: "bob" });
    const [asked] = house.waiting.splice(0) as [Asked];
    const answer = { ...house.store.carryOut(asked.call), lapsed: 2 } as StoreAnswer;
    house.feed({ type: "answered", ask: asked.ask, answer });
    house.isSlow = false;
    house.answers();
    expect(says(alice, "set_role", demote("alice"))).toMatchObject([{ payload: { code: "last_owner" } }]);
  });

  test("is not the last by those who can't come in, since the server asks for accounts now", () => {
    const account = { username: "alice", by: "", reason: "", account: "alice" };
    const house = new HubHouse({}, "password", [
      { kind: "admin", key: houseKeys.user(1 as UserId), value: JSON.stringify(account) },
      kept("admin", houseKeys.user(7 as UserId)),
    ]);
    house.gate = oneAccount;
    const alice = house.connects("events", { token: letter });
    expect(says(alice, "set_role", demote("alice"))).toMatchObject([{ payload: { code: "last_owner" } }]);
  });
});

test("an order from the shell is answered with what became of it", () => {
  const { house } = houseOfAlice();
  const bob = house.enters("simple", "bob", token);
  expect(house.orders({ type: "kick", who: key("nobody"), reason: "" })).toMatchObject({
    ok: false,
    code: "unknown_user",
  });
  expect(house.orders({ type: "announce", message: "Hello" })).toEqual({ ok: true, reached: 2 });
  expect(bob.heard()).toMatchObject([{ from: "server", message: "Hello", note: "announcement" }]);
  expect(house.orders({ type: "kick", who: key("bob"), reason: "rude" })).toEqual({ ok: true });
  expect(bob.closing).toBe("kicked");
  expect(house.store.records.lines).toMatchObject([
    { by: "", action: "announce", about: "everyone", detail: "5 characters" },
    { by: "", action: "kick", about: "bob", detail: "everyone, rude" },
  ]);
});

test("whoever can't take it now is told the last announcement, and how the house is, when they can", () => {
  const { house, alice } = houseOfAlice();
  const bob = house.enters("events", "bob");
  house.feed({ type: "congested", connection: bob.id });
  for (const message of ["one", "two"]) says(alice, "announce", { message });
  says(alice, "read_only", { on: true });
  says(alice, "read_only", { on: false });
  expect(bob.heard()).toEqual([]);
  house.feed({ type: "drained", connection: bob.id });
  expect(bob.heard().filter(({ type }) => type === "announcement" || type === "house_updated")).toMatchObject(
    [
      { type: "announcement", payload: { message: "two" } },
      { type: "house_updated", payload: { read_only: false } },
    ],
  );
});

test("a deletion of somebody else's message says that an admin asks, and nobody else's does", () => {
  const { house, alice } = houseOfAlice();
  const bob = house.enters("events", "bob");
  for (const who of [alice, bob]) says(who, "delete_message", { conversation: "everyone", message_seq: 1 });
  const appends = house.calls.filter(({ type }) => type === "append");
  expect(appends).toMatchObject([{ author: 1, admin: true }, { author: 2 }]);
  expect(appends[1]).not.toHaveProperty("admin");
});
