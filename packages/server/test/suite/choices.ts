// The suite of every store: what people choose for themselves, and learn of each other.

import { describe, expect, test } from "vitest";
import { aliceToken } from "../store-house.js";
import type { Houses } from "../store-suite.js";

const bobToken = "bob-has-a-long-secret-too";

export function choices(house: Houses): void {
  describe("blocks", () => {
    async function two() {
      return {
        alice: await house().enters("alice", aliceToken),
        bob: await house().enters("Bob", bobToken),
      };
    }

    test("let no private message through, either way, until they are lifted", async () => {
      const { alice, bob } = await two();
      await alice.writes("hi", { to: "@bob" });
      expect(await alice.blocks("bob")).toMatchObject({ ok: true, peer: { user: bob.user, name: "Bob" } });
      expect(await alice.says("hi", { to: "@bob" })).toEqual({ ok: false, code: "blocked" });
      expect(await bob.says("hi", { to: "@alice" })).toEqual({ ok: false, code: "blocked" });
      await alice.deletes("@bob", 1);
      await alice.blocks("bob", false);
      expect(await bob.says("hi", { to: "@alice" })).toMatchObject({ ok: true, seq: 3 });
    });

    test("begin no conversation", async () => {
      const { alice, bob } = await two();
      await bob.blocks("alice");
      expect(await alice.says("hi", { to: "@bob" })).toEqual({ ok: false, code: "blocked" });
      expect(await alice.asksToRead("@bob")).toEqual({ ok: false, code: "unknown_conversation" });
    });

    test("need kept names on both sides; to lift what isn't there is fine", async () => {
      const { alice } = await two();
      const guest = await house().enters("guest");
      expect(await guest.blocks("alice")).toEqual({ ok: false, code: "token_needed" });
      expect(await alice.blocks("guest")).toEqual({ ok: false, code: "token_needed" });
      expect(await alice.blocks("nobody")).toEqual({ ok: false, code: "unknown_user" });
      expect(await alice.blocks("bob", false)).toMatchObject({ ok: true });
    });

    test("are listed by key, page by page, kept with the user, and as many as there may be", async () => {
      const small = house({ limits: { blocks: 2 } });
      const alice = await small.enters("alice", aliceToken);
      const users = [];
      for (const name of ["Carol", "bob", "dave"]) users.push(await small.enters(name, bobToken));
      for (const name of ["carol", "bob", "bob"]) await alice.blocks(name);
      expect(await alice.blocks("dave")).toEqual({ ok: false, code: "limit_reached" });
      expect(await alice.listsBlocks()).toMatchObject({ names: ["bob", "Carol"], more: false });
      expect(await alice.listsBlocks(undefined, 1)).toMatchObject({ names: ["bob"], more: true });
      expect(await alice.listsBlocks("bob", 1)).toMatchObject({ names: ["Carol"], more: false });
      await alice.leaves();
      const { profile } = await small.enters("alice", aliceToken);
      expect([...profile.blocked].sort()).toEqual([users[0]?.user, users[1]?.user].sort());
    });
  });

  describe("profiles", () => {
    test("begin plain, and are kept as long as the user is", async () => {
      const alice = await house().enters("alice", aliceToken);
      expect(alice.profile).toEqual({ status: "online", text: "", reading: "shared", blocked: [] });
      await alice.chooses({ kind: "status", status: "busy", text: "in a call" });
      await alice.chooses({ kind: "reading", reading: "private" });
      await alice.leaves();
      const { profile } = await house().enters("alice", aliceToken);
      expect(profile).toEqual({ status: "busy", text: "in a call", reading: "private", blocked: [] });
    });

    test("tell whoever asks who somebody is, and when they were seen last", async () => {
      const alice = await house().enters("Alice", aliceToken);
      const guest = await house().enters("guest");
      await alice.chooses({ kind: "status", status: "away", text: "lunch" });
      expect(await guest.whois("alice")).toEqual({
        ok: true,
        user: alice.user,
        name: "Alice",
        kept: true,
        status: "away",
        text: "lunch",
        seen: 0,
      });
      await alice.leaves(50, 40);
      expect(await guest.whois("alice")).toMatchObject({ seen: 40 });
      const back = await house().enters("alice", aliceToken);
      await back.leaves(90);
      expect(await guest.whois("alice")).toMatchObject({ seen: 40 });
      expect(await guest.whois("nobody")).toEqual({ ok: false, code: "unknown_user" });
    });

    test("whoever has blocked somebody, or is blocked, is not told when they were seen", async () => {
      const [alice, bob] = [await house().enters("alice", aliceToken), await house().enters("bob", bobToken)];
      const guest = await house().enters("guest");
      await alice.blocks("bob");
      await alice.leaves(50, 40);
      await bob.leaves(60, 60);
      expect(await bob.whois("alice")).toMatchObject({ name: "alice", seen: 0 });
      expect(await alice.whois("bob")).toMatchObject({ name: "bob", seen: 0 });
      expect(await guest.whois("alice")).toMatchObject({ seen: 40 });
    });

    test("whoever is invisible is seen to get nothing from then on, not even by when they were seen", async () => {
      const [alice, bob] = [await house().enters("alice", aliceToken), await house().enters("bob", bobToken)];
      const { conversation } = await bob.writes("one", { to: "@alice", at: 10 });
      await alice.got(conversation, { delivered: 1, read: 1 });
      await alice.chooses({ kind: "status", status: "invisible", text: "" }, 20);
      await bob.writes("two", { to: "@alice", at: 30 });
      await alice.got(conversation, { delivered: 2, read: 2 });
      const cursors = async (viewer: typeof bob, of: string) =>
        (await viewer.listsMembers(of)).members.find(({ name }) => name === "alice");
      expect(await cursors(bob, "@alice")).toMatchObject({ delivered: 1, read: 1 });
      expect(await cursors(alice, "@bob")).toMatchObject({ delivered: 2, read: 2 });
      expect(await bob.whois("alice")).toMatchObject({ seen: 20 });
      await alice.leaves(40);
      expect(await cursors(bob, "@alice")).toMatchObject({ delivered: 1, read: 1 });
      const back = await house().enters("alice", aliceToken);
      await back.chooses({ kind: "status", status: "online", text: "" }, 50);
      expect(await cursors(bob, "@alice")).toMatchObject({ delivered: 2, read: 2 });
    });

    test("between whom a block is nobody is told how far the other has got, here or away", async () => {
      const [alice, bob] = [await house().enters("alice", aliceToken), await house().enters("bob", bobToken)];
      await alice.makes("#dev");
      await bob.joins("#dev");
      const { conversation } = await bob.writes("hi", { to: "@alice" });
      await alice.got(conversation, { delivered: 1, read: 1 });
      await alice.blocks("bob");
      await alice.leaves();
      for (const of of ["#dev", "@alice"]) {
        const { members } = await bob.listsMembers(of);
        expect(members).toMatchObject([
          { name: "alice", delivered: 0, read: 0, apart: true },
          { name: "bob" },
        ]);
        expect(members[1]).not.toHaveProperty("apart");
      }
    });

    test("whois tells of the present holder of a name, or the last one", async () => {
      const first = await house().enters("bob");
      await first.leaves(5, 5);
      expect(await first.whois("bob")).toMatchObject({ user: first.user, kept: false });
      const second = await house().enters("Bob", bobToken);
      expect(await second.whois("bob")).toMatchObject({
        user: second.user,
        name: "Bob",
        kept: true,
        seen: 0,
      });
    });
  });

  describe("muting", () => {
    test("is kept per user and conversation", async () => {
      const [alice, bob] = [await house().enters("alice", aliceToken), await house().enters("bob")];
      await alice.makes("#dev");
      expect(await alice.mutes("#dev")).toMatchObject({ ok: true, place: { room: { key: "dev" } } });
      await alice.mutes("everyone");
      await alice.mutes("everyone", false);
      const { standings } = await alice.standsIn("#dev", "everyone");
      expect(standings.map(({ muted }) => muted)).toEqual([true, false]);
      expect((await bob.standsIn("everyone")).standings[0]?.muted).toBe(false);
    });

    test("is for what one is in", async () => {
      const [alice, bob] = [await house().enters("alice", aliceToken), await house().enters("bob")];
      await alice.makes("#dev");
      await alice.makes("#den", { visibility: "private" });
      expect(await bob.mutes("#dev")).toEqual({ ok: false, code: "not_member" });
      for (const of of ["#den", "#nowhere", "@alice"])
        expect(await bob.mutes(of)).toEqual({ ok: false, code: "unknown_conversation" });
    });
  });
}
