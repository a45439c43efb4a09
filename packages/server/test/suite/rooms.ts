// The suite of every store: how rooms are made, joined and left, and what everybody learns of it.

import { describe, expect, test } from "vitest";
import { aliceToken, creation, lines } from "../store-house.js";
import type { Houses } from "../store-suite.js";

const bobToken = "bob-has-a-long-secret-too";
const carolToken = "carol-has-a-long-secret-too";

export function rooms(house: Houses): void {
  describe("rooms", () => {
    async function three() {
      const alice = await house().enters("Alice", aliceToken);
      const bob = await house().enters("bob", bobToken);
      return { alice, bob, carol: await house().enters("carol", carolToken) };
    }

    test("begin with their maker's join, as they were made", async () => {
      const { alice } = await three();
      const made = await alice.makes("#dev", { topic: "what we build", history: "since_join" });
      expect(made).toMatchObject({
        seq: 1,
        room: { key: "dev", name: "dev" },
        entry: { type: "join", role: "owner", from: "Alice", author: alice.user },
        facts: {
          key: "dev",
          visibility: "public",
          history: "since_join",
          topic: "what we build",
          archived: false,
          members: 1,
        },
      });
      expect(lines(await alice.reads("#dev"))).toEqual(["1 Alice joins as owner"]);
    });

    test("keep the spelling of their maker, and have names of their own", async () => {
      const { alice } = await three();
      const key = { kind: "room", key: "bob" } as never;
      const { type } = creation("#Bob");
      const made = await house().ask({
        type: "append",
        author: alice.user,
        to: key,
        act: { ...creation("#Bob"), type } as never,
        origin: 7 as never,
        at: 1 as never,
      });
      expect(made).toMatchObject({ ok: true, room: { key: "bob", name: "Bob" } });
      await alice.writes("to the person", { to: "@bob" });
      expect(lines(await alice.reads("#bob"))).toEqual(["1 Alice joins as owner"]);
    });

    test("a name that a room has makes no other", async () => {
      const { alice, bob } = await three();
      await alice.makes("#dev");
      expect(await bob.asksTo("#dev", creation("#dev"))).toEqual({ ok: false, code: "room_taken" });
      expect(await alice.asksTo("#dev", creation("#dev"))).toEqual({ ok: false, code: "room_taken" });
    });

    test("public ones are joined by anybody, in the order of their log", async () => {
      const { alice, bob } = await three();
      await alice.makes("#dev");
      await alice.writes("anybody?", { to: "#dev" });
      const guest = await house().enters("guest");
      expect(await bob.joins("#dev")).toMatchObject({
        seq: 3,
        facts: { members: 2 },
        entry: { role: "member" },
      });
      await guest.joins("#dev");
      await guest.writes("me", { to: "#dev" });
      expect(lines(await bob.reads("#dev"))).toEqual([
        "1 Alice joins as owner",
        "2 Alice: anybody?",
        "3 bob joins as member",
        "4 guest joins as member",
        "5 guest: me",
      ]);
    });

    test("to join again changes nothing", async () => {
      const { alice, bob } = await three();
      await alice.makes("#dev");
      await bob.joins("#dev", 5);
      await alice.writes("hi", { to: "#dev", at: 6 });
      expect(await bob.joins("#dev", 9)).toMatchObject({ seq: 3, at: 6, unchanged: true, duplicate: false });
      expect((await bob.reads("#dev")).head).toBe(3);
    });

    test("private ones are there for nobody who was not invited", async () => {
      const { alice, bob, carol } = await three();
      const { conversation } = await alice.makes("#den", { visibility: "private" });
      for (const of of ["#den", conversation])
        expect(await bob.asksToRead(of)).toEqual({ ok: false, code: "unknown_conversation" });
      for (const act of [{ type: "join" }, { type: "message", message: "hi" }] as const)
        expect(await bob.asksTo("#den", act)).toEqual({ ok: false, code: "unknown_conversation" });
      const { entry } = await alice.invites("bob", "#den");
      expect(entry).toMatchObject({ type: "invite", who: bob.user, username: "bob" });
      expect(await bob.asksToRead("#den")).toEqual({ ok: false, code: "not_member" });
      await bob.joins("#den");
      expect(lines(await bob.reads("#den")).slice(1)).toEqual([
        "2 Alice invites bob",
        "3 bob joins as member",
      ]);
      expect((await carol.listsRooms()).rooms).toEqual([]);
    });

    test("who has left reads nothing more of it, and may come back to a public one only", async () => {
      const { alice, bob } = await three();
      await alice.makes("#dev");
      await alice.makes("#den", { visibility: "private" });
      await alice.invites("bob", "#den");
      for (const room of ["#dev", "#den"]) {
        await bob.joins(room);
        expect(await bob.quits(room)).toMatchObject({
          entry: { type: "leave", why: "left", who: bob.user, username: "bob" },
          facts: { members: 1 },
        });
        expect(await bob.asksToRead(room)).toEqual({ ok: false, code: "not_member" });
        expect(await bob.says("hi", { to: room })).toEqual({ ok: false, code: "not_member" });
      }
      expect(await bob.joins("#dev")).toMatchObject({ facts: { members: 2 } });
      expect(await bob.asksTo("#den", { type: "join" })).toEqual({ ok: false, code: "not_member" });
      await alice.invites("bob", "#den");
      expect(await bob.joins("#den")).toMatchObject({ facts: { members: 2 } });
    });

    test("a kick does not keep anybody out of a public one, a ban does", async () => {
      const { alice, bob } = await three();
      await alice.makes("#dev");
      await bob.joins("#dev");
      await alice.kicks("bob", "#dev");
      await bob.joins("#dev");
      await alice.bans("bob", "#dev");
      for (const act of [{ type: "join" }, { type: "message", message: "hi" }] as const)
        expect(await bob.asksTo("#dev", act)).toEqual({ ok: false, code: "banned" });
      expect(await bob.asksToRead("#dev")).toEqual({ ok: false, code: "banned" });
      await alice.bans("bob", "#dev", false);
      await bob.joins("#dev");
      expect(lines(await bob.reads("#dev")).slice(1)).toEqual([
        "2 bob joins as member",
        "3 Alice: bob is kicked",
        "4 bob joins as member",
        "5 Alice bans bob",
        "6 Alice unbans bob",
        "7 bob joins as member",
      ]);
    });

    test("a kick takes an invitation back; an invitation does not lift a ban", async () => {
      const { alice, bob } = await three();
      await alice.makes("#den", { visibility: "private" });
      await alice.invites("bob", "#den");
      await alice.kicks("bob", "#den");
      expect(await bob.asksTo("#den", { type: "join" })).toEqual({ ok: false, code: "not_member" });
      await alice.bans("bob", "#den");
      const invitation = { type: "invite", who: "bob" } as never;
      expect(await alice.asksTo("#den", invitation)).toEqual({ ok: false, code: "forbidden" });
    });

    test("what would change nothing is answered with the head, and writes nothing", async () => {
      const { alice, bob } = await three();
      await alice.makes("#dev", { topic: "t" });
      await bob.joins("#dev");
      for (const act of [
        { type: "invite", who: "bob" },
        { type: "kick", who: "carol" },
        { type: "ban", who: "carol", on: false },
        { type: "role", who: "bob", role: "member" },
        { type: "topic", topic: "t" },
        { type: "history", history: "all" },
        { type: "archive", on: false },
      ] as never[])
        expect(await alice.asksTo("#dev", act)).toMatchObject({ ok: true, seq: 2, unchanged: true });
      expect(await alice.asksTo("#dev", { type: "topic", topic: "t" })).not.toHaveProperty("entry");
      expect((await alice.reads("#dev")).head).toBe(2);
    });

    test("topic, history and archive are entries that say what has changed", async () => {
      const { alice, bob } = await three();
      await alice.makes("#dev");
      await bob.joins("#dev");
      expect(await alice.does("#dev", { type: "topic", topic: "news" })).toMatchObject({
        facts: { topic: "news" },
      });
      await alice.does("#dev", { type: "history", history: "since_join" });
      expect(await alice.does("#dev", { type: "archive", on: true })).toMatchObject({
        facts: { topic: "news", history: "since_join", archived: true },
      });
      expect(await bob.says("hi", { to: "#dev" })).toEqual({ ok: false, code: "archived" });
      await alice.does("#dev", { type: "archive", on: false });
      expect(lines(await alice.reads("#dev")).slice(2)).toEqual([
        '3 Alice sets {"topic":"news"}',
        '4 Alice sets {"history":"since_join"}',
        '5 Alice sets {"archived":true}',
        '6 Alice sets {"archived":false}',
      ]);
    });

    test("somebody whom nobody knows can't be asked in, nor thrown out", async () => {
      const { alice, bob } = await three();
      await alice.makes("#dev");
      for (const type of ["invite", "kick", "ban", "role"])
        expect(await alice.asksTo("#dev", { type, who: "nobody", on: true, role: "owner" } as never)).toEqual(
          {
            ok: false,
            code: "unknown_user",
          },
        );
      expect(await alice.asksTo("#dev", { type: "role", who: bob.name, role: "owner" } as never)).toEqual({
        ok: false,
        code: "not_member",
      });
    });
  });
}
