// The suite of every store: who may write now. It is decided with the write, after the nonce.

import type { Act, NameKey, RecordChange, WallMillis } from "chat-hub";
import { houseKeys } from "chat-hub";
import { describe, expect, test } from "vitest";
import type { House } from "../store-house.js";
import { aliceToken, day, must } from "../store-house.js";
import type { Houses } from "../store-suite.js";
import type { Guest } from "./guest.js";
import { keeps, tells } from "./records.js";

const tokens = ["bobs-long-secret-0", "eves-long-secret-00"] as const;
const decision = JSON.stringify({ username: "eve", by: "alice", reason: "" });
const key = (name: string) => name as NameKey;

async function three(house: House) {
  return {
    alice: await house.enters("alice", aliceToken),
    bob: await house.enters("bob", tokens[0]),
    eve: await house.enters("eve", tokens[1]),
  };
}

/** A room that alice owns and bob and eve are in. */
async function den(house: House, visibility: "public" | "private" = "public") {
  const all = await three(house);
  await all.alice.makes("#den", { visibility });
  for (const name of ["bob", "eve"] as const) {
    await all.alice.invites(name, "#den");
    await all[name].joins("#den");
  }
  return all;
}

const everyDeed: readonly Act[] = [
  { type: "message", message: "hi" },
  { type: "message", message: "hi", replyTo: 1 as never },
  { type: "edit", target: 1 as never, message: "better" },
  { type: "reaction", target: 1 as never, emoji: "👍", on: true },
  { type: "deletion", target: 1 as never },
];

function says(guest: Guest, to: string, at: number, nonce?: string, admin?: true) {
  const act: Act = { type: "message", message: "hi" };
  return guest.asksTo(to, act, {
    at,
    ...(nonce === undefined ? {} : { nonce }),
    ...(admin === undefined ? {} : { admin }),
  });
}

export function orderOfHouse(house: Houses): void {
  describe("while only admins may write", () => {
    const closed: RecordChange = { kind: "switch", key: houseKeys.readOnly, value: decision };

    test("nobody else writes anything, anywhere, and everybody reads", async () => {
      const { alice, bob } = await den(house());
      await bob.writes("hi");
      await bob.writes("hi", { to: "@alice" });
      await keeps(house(), [closed]);
      for (const act of everyDeed)
        for (const to of ["everyone", "@alice", "#den"])
          expect(await bob.asksTo(to, act), `${act.type} ${to}`).toEqual({ ok: false, code: "read_only" });
      for (const act of [{ type: "leave" }, { type: "join" }, { type: "topic", topic: "new" }] as Act[])
        expect(await alice.asksTo("#den", act)).toEqual({ ok: false, code: "read_only" });
      expect((await bob.reads("everyone")).head).toBe(1);
      expect(must(await says(alice, "everyone", 5, undefined, true)).seq).toBe(2);
      await keeps(house(), [{ kind: "switch", key: houseKeys.readOnly }]);
      expect((await bob.writes("again")).seq).toBe(3);
    });

    test("what was written before is still answered as it was", async () => {
      const { bob } = await three(house());
      const nonce = "nonce-0123456789";
      await bob.writes("hi", { nonce });
      await keeps(house(), [closed]);
      expect(await bob.says("hi", { nonce })).toMatchObject({ ok: true, seq: 1, duplicate: true });
      expect(await bob.says("ho", { nonce })).toEqual({ ok: false, code: "nonce_reused" });
    });
  });

  test("whoever is banned from the house writes nothing until it ends", async () => {
    const { alice, eve } = await three(house());
    await keeps(house(), [
      { kind: "ban", key: houseKeys.user(eve.user), value: decision, until: 1_000 as WallMillis },
    ]);
    for (const to of ["everyone", "@alice"])
      expect(await says(eve, to, 400)).toEqual({ ok: false, code: "banned", retryAfterMs: 600 });
    expect(must(await says(alice, "everyone", 400)).seq).toBe(1);
    expect(must(await says(eve, "everyone", 1_000)).seq).toBe(2);
  });

  describe("silences", () => {
    test("of the house hold in everyone and in public rooms, and nowhere else", async () => {
      const { alice, bob, eve } = await den(house());
      await alice.makes("#private", { visibility: "private" });
      await alice.invites("eve", "#private");
      await eve.joins("#private");
      const until = (10 * day) as WallMillis;
      const silence = { kind: "silence", key: houseKeys.silence(1 as never, eve.user) } as const;
      await eve.writes("before");
      await keeps(house(), [{ ...silence, value: decision, until }]);
      for (const to of ["everyone", "#den"]) {
        expect(await says(eve, to, day)).toEqual({ ok: false, code: "silenced", retryAfterMs: 9 * day });
        expect(await says(bob, to, day)).toMatchObject({ ok: true });
      }
      for (const to of ["@bob", "#private"]) expect(await says(eve, to, day)).toMatchObject({ ok: true });
      const room = (visibility: "public" | "private") =>
        eve.asksTo(`#eves-${visibility}`, {
          type: "create",
          name: `eves-${visibility}`,
          visibility,
          history: "all",
          topic: "",
        });
      expect(await room("public")).toMatchObject({ code: "silenced" });
      expect(await room("private")).toMatchObject({ code: "silenced" });
      expect(await eve.asksTo("everyone", { type: "deletion", target: 1 as never })).toMatchObject({
        ok: true,
      });
      await keeps(house(), [silence]);
      expect(await says(eve, "everyone", day)).toMatchObject({ ok: true });
    });

    test("in a room are entries and end by themselves; leaving lifts nothing", async () => {
      const { alice, bob, eve } = await den(house());
      const silence: Act = { type: "silence", who: key("eve"), on: true, forSeconds: 60, reason: "floods" };
      const answer = must(await alice.asksTo("#den", silence, { at: 1_000 }));
      expect(answer.entry).toMatchObject({ type: "silence", username: "eve", on: true, until: 61_000 });
      expect(answer.entry).not.toHaveProperty("reason");
      for (const act of [
        { type: "message", message: "hi" },
        { type: "invite", who: key("bob") },
      ] as Act[])
        expect(await eve.asksTo("#den", act, { at: 31_000 })).toEqual({
          ok: false,
          code: "silenced",
          retryAfterMs: 30_000,
        });
      expect(await says(bob, "#den", 31_000)).toMatchObject({ ok: true });
      expect(await says(eve, "everyone", 31_000)).toMatchObject({ ok: true });
      await eve.quits("#den");
      await eve.joins("#den");
      expect(await says(eve, "#den", 60_999)).toMatchObject({ code: "silenced" });
      expect(await says(eve, "#den", 61_000)).toMatchObject({ ok: true });
    });

    test("are lifted, and to lift none changes nothing", async () => {
      const { alice, eve } = await den(house());
      const silence = (on: boolean): Act => ({ type: "silence", who: key("eve"), on });
      await alice.does("#den", silence(true));
      expect(await says(eve, "#den", 9e12)).toEqual({ ok: false, code: "silenced" });
      expect(await alice.asksTo("#den", silence(false))).toMatchObject({
        entry: { type: "silence", on: false },
      });
      expect(await says(eve, "#den", 5)).toMatchObject({ ok: true });
      expect(await alice.asksTo("#den", silence(false))).toMatchObject({ unchanged: true });
    });

    test("are as many as there may be", async () => {
      const small = house({ limits: { terms: 1 } });
      const { alice } = await den(small);
      await alice.does("#den", { type: "silence", who: key("eve"), on: true });
      expect(await alice.asksTo("#den", { type: "silence", who: key("bob"), on: true })).toEqual({
        ok: false,
        code: "limit_reached",
      });
    });
  });

  describe("slow mode", () => {
    test("lets each member write once in so long, and those who look after the room as they like", async () => {
      const { alice, bob, eve } = await den(house());
      const answer = must(await alice.asksTo("#den", { type: "slow", seconds: 10 }));
      expect(answer).toMatchObject({ entry: { type: "update", slowMode: 10 }, facts: { slowMode: 10 } });
      const nonce = "nonce-0123456789";
      const first = must(await says(bob, "#den", 1_000, nonce));
      expect(await says(bob, "#den", 4_000)).toEqual({ ok: false, code: "slow_mode", retryAfterMs: 7_000 });
      expect(await says(bob, "#den", 4_000, nonce)).toMatchObject({ seq: first.seq, duplicate: true });
      for (const guest of [eve, alice, alice])
        expect(await says(guest, "#den", 4_000)).toMatchObject({ ok: true });
      expect(
        await bob.asksTo("#den", { type: "reaction", target: first.seq, emoji: "👍", on: true }),
      ).toMatchObject({
        ok: true,
      });
      expect(await says(bob, "everyone", 4_000)).toMatchObject({ ok: true });
      // What was refused counts for nothing.
      expect(await says(bob, "#den", 11_000)).toMatchObject({ ok: true });
      expect(await says(bob, "#den", 11_001)).toMatchObject({ code: "slow_mode", retryAfterMs: 9_999 });
      // Nor does it begin anew for whoever goes and comes back.
      for (const type of ["leave", "join"] as const) await bob.does("#den", { type });
      expect(await says(bob, "#den", 11_001)).toMatchObject({ code: "slow_mode", retryAfterMs: 9_999 });
      await alice.does("#den", { type: "slow", seconds: 0 });
      expect(await says(bob, "#den", 11_002)).toMatchObject({ ok: true });
    });

    test("of everyone slows all but admins down", async () => {
      const { alice, bob } = await three(house());
      await keeps(house(), [{ kind: "switch", key: houseKeys.slowMode, value: "5" }]);
      expect(await says(bob, "everyone", 1_000)).toMatchObject({ ok: true });
      expect(await says(bob, "everyone", 5_999)).toEqual({ ok: false, code: "slow_mode", retryAfterMs: 1 });
      expect(await says(bob, "@alice", 5_999)).toMatchObject({ ok: true });
      for (const at of [1_000, 1_001])
        expect(await says(alice, "everyone", at, undefined, true)).toMatchObject({ ok: true });
      expect(await says(bob, "everyone", 6_000)).toMatchObject({ ok: true });
    });
  });

  test("a ban from a room that ends by itself is none to who comes back then, or is invited", async () => {
    const { alice, bob, eve } = await den(house());
    const ban: Act = { type: "ban", who: key("eve"), on: true, forSeconds: 60 };
    const answer = must(await alice.asksTo("#den", ban, { at: 0 }));
    expect(answer.entry).toMatchObject({ type: "ban", on: true, until: 60_000 });
    const join = (at: number) => eve.asksTo("#den", { type: "join" }, { at });
    expect(await join(59_999)).toEqual({ ok: false, code: "banned" });
    expect(await bob.asksTo("#den", { type: "invite", who: key("eve") })).toEqual({
      ok: false,
      code: "forbidden",
    });
    expect(await join(60_000)).toMatchObject({ ok: true, entry: { type: "join", role: "member" } });
    await alice.bans("eve", "#den");
    expect(await join(9e12)).toEqual({ ok: false, code: "banned" });
  });

  test("the text of a status is said to all: another is refused to the silenced and in read-only; taking it back is not", async () => {
    const { alice, bob, eve } = await three(house());
    const says = (guest: Guest, text: string, status: "busy" | "online" = "online", admin?: true) =>
      house().ask({
        type: "choose",
        user: guest.user,
        at: 40_000 as WallMillis,
        what: { kind: "status", status, text },
        ...(admin === undefined ? {} : { admin }),
      });
    for (const guest of [bob, eve]) expect(await says(guest, "at work")).toEqual({ ok: true });
    const silence = { kind: "silence", key: houseKeys.silence(1 as never, eve.user) } as const;
    await keeps(house(), [{ ...silence, value: decision, until: 100_000 as WallMillis }]);
    expect(await says(eve, "SPAM")).toEqual({ ok: false, code: "silenced", retryAfterMs: 60_000 });
    expect(await says(bob, "at home")).toEqual({ ok: true });
    expect(await says(eve, "at work", "busy")).toEqual({ ok: true });
    expect(await bob.whois("eve")).toMatchObject({ status: "busy", text: "at work" });
    const closed = { kind: "switch", key: houseKeys.readOnly, value: decision } as const;
    const admin = { kind: "admin", key: houseKeys.user(alice.user), value: decision } as const;
    await keeps(house(), [closed, admin]);
    expect(await says(bob, "hello")).toEqual({ ok: false, code: "read_only" });
    expect(await says(bob, "at home", "busy")).toEqual({ ok: true });
    expect(await says(bob, "")).toEqual({ ok: true });
    expect(await says(alice, "moving")).toEqual({ ok: true });
    expect(await says(bob, "moving", "online", true)).toEqual({ ok: true });
  });

  test("whoever looks after the house by a record writes as an admin for as long as it stands", async () => {
    const { alice, bob } = await three(house());
    await bob.writes("rude");
    const admin = { kind: "admin", key: houseKeys.user(alice.user) } as const;
    const closed = { kind: "switch", key: houseKeys.readOnly } as const;
    await keeps(house(), [
      { ...admin, value: decision },
      { ...closed, value: decision },
    ]);
    expect(await says(alice, "everyone", 1_000)).toMatchObject({ ok: true });
    const deletion: Act = { type: "deletion", target: 1 as never };
    const kept = keeps(house(), [admin]);
    const late = [says(alice, "everyone", 1_001), alice.asksTo("everyone", deletion)];
    await kept;
    expect(await Promise.all(late)).toMatchObject([{ code: "read_only" }, { code: "read_only" }]);
    await keeps(house(), [closed]);
    expect(await alice.asksTo("everyone", deletion)).toMatchObject({ code: "forbidden" });
  });

  test("an admin takes others' messages to everyone back, and nobody's private ones", async () => {
    const { alice, bob } = await three(house());
    await bob.writes("rude");
    await bob.writes("rude", { to: "@alice" });
    const deletion: Act = { type: "deletion", target: 1 as never };
    expect(await alice.asksTo("everyone", deletion)).toEqual({ ok: false, code: "forbidden" });
    expect(await alice.asksTo("@bob", deletion, { admin: true })).toEqual({ ok: false, code: "forbidden" });
    expect(
      await alice.asksTo("everyone", { type: "edit", target: 1 as never, message: "kind" }, { admin: true }),
    ).toEqual({
      ok: false,
      code: "forbidden",
    });
    expect(await alice.asksTo("everyone", deletion, { admin: true })).toMatchObject({ ok: true, seq: 2 });
  });

  test("what is done to others is a line of the audit log, and nothing that was refused or is one's own", async () => {
    const { alice, bob } = await den(house());
    const mine = (await bob.writes("a secret word", { to: "#den" })).seq;
    const theirs = (await bob.writes("another", { to: "#den" })).seq;
    await bob.deletes("#den", mine);
    await alice.does("#den", { type: "pin", target: theirs, on: true });
    await alice.does("#den", { type: "pin", target: theirs, on: false });
    await alice.deletes("#den", theirs);
    expect(await bob.asksTo("#den", { type: "kick", who: key("eve") })).toMatchObject({ code: "forbidden" });
    await alice.does("#den", {
      type: "silence",
      who: key("eve"),
      on: true,
      forSeconds: 60,
      reason: "floods",
    });
    await alice.does("#den", { type: "silence", who: key("eve"), on: false });
    await alice.does("#den", { type: "kick", who: key("eve"), reason: "floods" });
    await alice.does("#den", { type: "ban", who: key("eve"), on: true });
    await alice.does("#den", { type: "ban", who: key("eve"), on: false });
    await alice.appoints("bob", "moderator", "#den");
    await alice.does("#den", { type: "slow", seconds: 30 });
    await alice.does("#den", { type: "retention", seconds: 300_000_000 });
    await alice.does("#den", { type: "topic", topic: "a secret word" });
    await alice.does("#den", { type: "archive", on: true });
    const { lines } = must(await house().ask({ type: "audit", most: 100 }));
    expect(
      lines.map(({ by, action, about, detail }) => [by, action, about, detail].join(" | ")).reverse(),
    ).toEqual([
      `alice | unpin | bob | #den, message ${theirs}`,
      `alice | delete_message | bob | #den, message ${theirs}`,
      "alice | silence | eve | #den, for 60 s, floods",
      "alice | unsilence | eve | #den",
      "alice | kick | eve | #den, floods",
      "alice | ban | eve | #den",
      "alice | unban | eve | #den",
      "alice | set_role | bob | #den, moderator",
      "alice | slow_mode | #den | 30 s",
      "alice | set_retention | #den | 300000000 s",
      "alice | archive_room | #den | on",
    ]);
    expect(await tells(house(), 1)).toHaveLength(2);
  });
}
