// What is ordered in the house, as the hub has it carried out: by admins, and at the shell of the server.

import { describe, expect, test } from "vitest";
import type { Limits } from "../src/index.js";
import { defaultLimits, houseKeys } from "../src/index.js";
import type { KeptRecord } from "../src/ports/records.js";
import type { StoreAnswer } from "../src/ports/store.js";
import type { NameKey, UserId, WallMillis } from "../src/words/ids.js";
import { token as letter, oneAccount, verified } from "./gate-people.js";
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

const bobProved = verified({ account: "bob", name: { spelling: "Bob", key: key("bob") } });

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
    const { records } = house.store;
    records.kept = records.kept.filter(({ key }) => key !== houseKeys.user(2 as UserId));
    house.feed({ type: "answered", ask: asked.ask, answer });
    house.isSlow = false;
    house.answers();
    expect(says(alice, "set_role", demote("alice"))).toMatchObject([{ payload: { code: "last_owner" } }]);
  });

  test("is not the last by one who is banned", () => {
    const banned = houseKeys.user(7 as UserId);
    const { alice } = houseOfAlice([kept("admin", banned), kept("ban", banned)]);
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

describe("an account that has never logged in", () => {
  const account: KeptRecord = { kind: "account", key: "bob", value: '{"name":"Bob"}' };

  function houseWithBob(auth: "open" | "password" = "password"): HubHouse {
    const house = new HubHouse({}, auth);
    house.store.carryOut({ type: "keep", changes: [account], at: 0 as WallMillis });
    house.calls.splice(0);
    return house;
  }
  const minded = (house: HubHouse, kind: string) =>
    house.store.records.at(0 as WallMillis).filter((record) => record.kind === kind);
  const asked = (house: HubHouse) => house.calls.map(({ type }) => type);

  test.each([
    ["admin", { type: "role", who: key("bob"), role: "admin" }],
    ["ban", { type: "ban", who: key("bob"), address: undefined, forSeconds: undefined, reason: "" }],
    ["silence", { type: "silence", who: key("bob"), on: true, forSeconds: 60, reason: "" }],
  ] as const)("is somebody in the house: %s", (kind, what) => {
    const house = houseWithBob();
    expect(house.orders(what)).toEqual({ ok: true });
    const [{ key: of, value } = account] = minded(house, kind);
    expect(JSON.parse(value)).toMatchObject({ username: "Bob" });
    expect(asked(house)).toEqual(["whois", "recall", "identify", "release", "keep"]);
    // When they come it is they.
    house.gate = () => bobProved;
    const bob = house.connects("events", { token: letter });
    const user = Number(/\d+$/.exec(of)?.[0]);
    expect(house.census().users).toBe(kind === "ban" ? 0 : 1);
    expect(bob.closing).toBe(kind === "ban" ? "banned" : undefined);
    expect(house.store.carryOut({ type: "whois", key: key("bob") })).toMatchObject({ user });
    expect(house.orders(what)).toMatchObject({ ok: true });
    expect(minded(house, kind)).toHaveLength(1);
  });

  test("is somebody for an admin on the wire too; nobody's account is nobody", () => {
    const { house, alice } = houseOfAlice();
    house.store.carryOut({ type: "keep", changes: [account], at: 0 as WallMillis });
    expect(says(alice, "ban", { ...kick, reason: "floods" })).toMatchObject([{ type: "ack" }]);
    expect(says(alice, "silence", { conversation: "everyone", username: "carol" })).toMatchObject([
      { type: "error", payload: { code: "unknown_user" } },
    ]);
    expect(says(alice, "kick", kick)).toMatchObject([{ type: "error", payload: { code: "away" } }]);
  });

  test("who comes in meanwhile stays", () => {
    const house = houseWithBob();
    house.gate = () => bobProved;
    house.isSlow = true;
    house.orders({ type: "role", who: key("bob"), role: "admin" });
    house.answers(2);
    const bob = house.connects("events", { token: letter });
    house.isSlow = false;
    house.answers();
    expect(house.reports).toEqual([{ ok: true }]);
    expect(bob.heard().at(-1)).toMatchObject({ type: "welcome", payload: { username: "Bob" } });
    expect(asked(house)).not.toContain("release");
  });

  test("in open mode it is whoever has its name now who is meant", () => {
    const house = houseWithBob("open");
    house.store.carryOut({ type: "keep", changes: [{ kind: "account", key: "bob" }], at: 0 as WallMillis });
    const bob = house.enters("events", "bob", token);
    house.store.carryOut({ type: "keep", changes: [account], at: 0 as WallMillis });
    for (const isHere of [true, false]) {
      if (!isHere) bob.closes(true);
      house.calls.splice(0);
      expect(house.orders({ type: "role", who: key("bob"), role: "admin" })).toEqual({ ok: true });
      expect(asked(house)).toEqual(["whois", "keep"]);
    }
    // Where accounts are asked for it is its own.
    const after = houseWithBob();
    after.store.carryOut({ type: "identify", key: key("bob"), name: "bob", ...token, at: 0 as WallMillis });
    after.store.carryOut({ type: "release", user: 1 as UserId, at: 0 as WallMillis });
    expect(after.orders({ type: "role", who: key("bob"), role: "admin" })).toEqual({ ok: true });
    expect(minded(after, "admin")).toMatchObject([{ key: houseKeys.user(2 as UserId) }]);
  });

  test("of whom the store can't be asked is said so", () => {
    const house = houseWithBob();
    house.isSlow = true;
    house.orders({ type: "role", who: key("bob"), role: "admin" });
    for (const step of ["recall", "identify"]) {
      house.answers(1);
      expect(house.waiting.at(-1)?.call.type).toBe(step);
    }
    const [{ ask }] = house.waiting.splice(0) as [Asked];
    house.feed({ type: "answered", ask, answer: { ok: false, code: "unavailable" } });
    expect(house.reports).toMatchObject([{ ok: false, code: "unavailable" }]);
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

test("what is written says who is an admin by the gate alone: the store has the records, as they stand then", () => {
  const { house, alice } = houseOfAlice();
  says(alice, "delete_message", { conversation: "everyone", message_seq: 1 });
  const gated = new HubHouse({}, "password");
  gated.gate = (call) => (call.type === "verify" ? verified({ admin: true }) : undefined);
  const claims = gated.connects("events", { token: letter });
  says(claims, "delete_message", { conversation: "everyone", message_seq: 1 });
  const [kept, claimed] = [house, gated].map(({ calls }) => calls.find(({ type }) => type === "append"));
  expect(kept).not.toHaveProperty("admin");
  expect(claimed).toMatchObject({ admin: true });
});

describe("rights are judged when it is kept", () => {
  const about = (username: string, more: object = {}) => ({ conversation: "everyone", username, ...more });

  /** What several say at once, each one order, and how they are answered, in the order of the store. */
  function atOnce(house: HubHouse, ...said: readonly (readonly [Wire, string, object])[]) {
    house.isSlow = true;
    for (const [index, [who, type, payload]] of said.entries())
      who.says(JSON.stringify({ type, id: index, payload }));
    for (let turn = 0; turn < 4; turn++) house.answers();
    house.isSlow = false;
    const heard = new Set(said.map(([who]) => who).flatMap((who) => who.heard()));
    return said.map((_, index) => {
      const answer = [...heard].find(({ id }) => id === index);
      return answer?.payload?.["code"] ?? answer?.["type"];
    });
  }

  /** alice and betty look after the house; bob is here. */
  function three(limits: Partial<Limits> = {}) {
    const house = new HubHouse(limits, "open");
    const [alice, betty, bob] = ["alice", "betty", "bob"].map((name) => house.enters("events", name, token));
    for (const who of ["alice", "betty"]) house.orders({ type: "role", who: key(who), role: "admin" });
    return { house, alice: alice as Wire, betty: betty as Wire, bob: bob as Wire };
  }

  test("whoever gives up what they are does nothing as an admin any more, in the same breath", () => {
    const { house, betty, bob } = three();
    expect(
      atOnce(
        house,
        [betty, "set_role", about("betty", { role: "member" })],
        [betty, "kick", about("bob")],
        [betty, "ban", about("bob")],
      ),
    ).toEqual(["ack", "forbidden", "forbidden"]);
    expect(bob.closing).toBeUndefined();
    expect(house.store.records.lines.map(({ action }) => action)).toEqual(Array(3).fill("set_role"));
  });

  test("an admin who is made a member does nothing that is kept later", () => {
    const { house, alice, betty, bob } = three();
    expect(
      atOnce(house, [alice, "set_role", about("betty", { role: "member" })], [betty, "ban", about("bob")]),
    ).toEqual(["ack", "forbidden"]);
    expect(bob.closing).toBeUndefined();
  });

  test("two admins who make each other members: the first is, and the house has one left", () => {
    const { house, alice, betty } = three();
    const each = { role: "member" };
    expect(
      atOnce(house, [alice, "set_role", about("betty", each)], [betty, "set_role", about("alice", each)]),
    ).toEqual(["ack", "forbidden"]);
    expect(
      atOnce(house, [alice, "set_role", about("alice", each)], [alice, "set_role", about("bob", each)]),
    ).toEqual(["last_owner", "ack"]);
  });

  test("two admins who both give it up: one of them stays", () => {
    const { house, alice, betty } = three();
    const up = { role: "member" };
    expect(
      atOnce(house, [alice, "set_role", about("alice", up)], [betty, "set_role", about("betty", up)]),
    ).toEqual(["ack", "last_owner"]);
  });

  test("whoever is made an admin is not banned or silenced, and whoever is banned is made no admin", () => {
    for (const type of ["ban", "silence"]) {
      const { house, alice, betty } = three();
      expect(
        atOnce(house, [alice, "set_role", about("bob", { role: "admin" })], [betty, type, about("bob")]),
      ).toEqual(["ack", "forbidden"]);
    }
    const { house, alice, betty, bob } = three();
    expect(
      atOnce(house, [betty, "ban", about("bob")], [alice, "set_role", about("bob", { role: "admin" })]),
    ).toEqual(["ack", "forbidden"]);
    expect(bob.closing).toBe("banned");
    expect(house.orders({ type: "role", who: key("bob"), role: "admin" })).toMatchObject({
      ok: false,
      message: "they are banned, and can't come in",
      hint: "lift the ban first",
    });
  });

  test("no more are banned, or silenced, than there can be", () => {
    for (const type of ["ban", "silence"]) {
      const { house, alice, betty } = three({ store: { ...defaultLimits.store, terms: 1 } });
      house.enters("events", "carl", token);
      expect(atOnce(house, [alice, type, about("bob")], [betty, type, about("carl")])).toEqual([
        "ack",
        "limit_reached",
      ]);
    }
  });
});
