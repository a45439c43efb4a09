// The suite of every store: private conversations.

import type { Seq } from "chat-hub";
import { describe, expect, test } from "vitest";
import { lines } from "../store-house.js";
import type { Houses } from "../store-suite.js";

export function privates(house: Houses): void {
  describe("private conversations", () => {
    test("both sides have one log, each named after the other", async () => {
      const [alice, bob] = await Promise.all([house().enters("Alice"), house().enters("Bob")]);
      const { conversation, peer } = await alice.writes("hi", { to: "@bob" });
      const answer = await bob.writes("hello", { to: "@alice" });
      expect(peer).toEqual({ user: bob.user, name: "Bob", key: "bob" });
      expect(answer).toMatchObject({ conversation, seq: 2, peer: { user: alice.user, name: "Alice" } });
      const [seenByAlice, seenByBob] = [await alice.reads("@bob"), await bob.reads("@alice")];
      expect(lines(seenByAlice)).toEqual(["1 Alice: hi", "2 Bob: hello"]);
      expect(seenByBob.entries).toEqual(seenByAlice.entries);
      expect([seenByAlice.peer?.key, seenByBob.peer?.key]).toEqual(["bob", "alice"]);
    });

    test("nobody else can read it, also not by its number", async () => {
      const [alice, , eve] = await Promise.all([
        house().enters("alice"),
        house().enters("bob"),
        house().enters("eve"),
      ]);
      const { conversation } = await alice.writes("secret", { to: "@bob" });
      expect(lines(await alice.reads(conversation))).toEqual(["1 alice: secret"]);
      for (const of of [conversation, "@bob", "@alice", "@alice~1"])
        expect(await eve.asksToRead(of)).toEqual({ ok: false, code: "unknown_conversation" });
      expect((await eve.stands({ kind: "all", most: 10 })).standings).toHaveLength(1);
    });

    test("one can write to oneself", async () => {
      const alice = await house().enters("alice");
      const { peer } = await alice.writes("remember the milk", { to: "@alice" });
      expect(peer?.user).toBe(alice.user);
      expect(lines(await alice.reads("@alice"))).toEqual(["1 alice: remember the milk"]);
      expect((await alice.stands({ kind: "all", most: 10 })).standings).toHaveLength(2);
    });

    test("somebody with a token is written to also while away; without one, they are gone", async () => {
      const [bob, carol] = [await house().enters("bob"), await house().enters("carol", "carols-long-secret")];
      const alice = await house().enters("alice");
      await Promise.all([bob.leaves(), carol.leaves()]);
      expect(await alice.says("hi", { to: "@bob" })).toEqual({ ok: false, code: "away" });
      expect(await alice.says("hi", { to: "@carol" })).toMatchObject({ ok: true, seq: 1 });
      expect(await alice.says("hi", { to: "@dave" })).toEqual({ ok: false, code: "unknown_user" });
      const back = await house().enters("carol", "carols-long-secret");
      expect(lines(await back.reads("@alice"))).toEqual(["1 alice: hi"]);
    });

    test("what one has said to somebody who has gone is still one's own, under whatever name they have now", async () => {
      const [alice, bob] = [await house().enters("alice"), await house().enters("bob")];
      await alice.writes("one", { to: "@bob" });
      await alice.writes("two", { to: "@bob" });
      await bob.leaves();
      await alice.deletes("@bob", 1);
      await house().enters("bob");
      await alice.edits("@bob~1", 2, "zwei");
      expect(lines(await alice.reads("@bob~1"))).toEqual(expect.arrayContaining(["2 alice: zwei"]));
      expect(await alice.asksTo("@bob", { type: "deletion", target: 2 as Seq })).toMatchObject({
        code: "unknown_message",
      });
      expect(await alice.says("three", { to: "@bob~1" })).toEqual({ ok: false, code: "away" });
    });

    test("a stranger who takes a free name sees nothing of its earlier holder", async () => {
      const [alice, bob] = [await house().enters("alice"), await house().enters("bob")];
      const before = await alice.writes("for the first bob", { to: "@bob" });
      await bob.leaves();
      expect((await alice.reads("@bob")).peer).not.toHaveProperty("holder");

      const stranger = await house().enters("Bob");
      expect(await stranger.asksToRead("@alice")).toEqual({ ok: false, code: "unknown_conversation" });
      expect(await stranger.asksToRead(before.conversation)).toEqual({
        ok: false,
        code: "unknown_conversation",
      });
      const after = await alice.writes("for the second", { to: "@bob" });
      expect([after.seq, after.peer?.user]).toEqual([1_000_001, stranger.user]);
      expect(lines(await stranger.reads("@alice"))).toEqual(["1000001 alice: for the second"]);
    });

    test("earlier holders of a name stay readable by their number, and can't be written to", async () => {
      const alice = await house().enters("alice");
      for (const nth of ["first", "second", "third"]) {
        const bob = await house().enters("bob");
        await alice.writes(`for the ${nth}`, { to: "@bob" });
        if (nth !== "third") await bob.leaves();
      }
      const first = await alice.reads("@bob~1");
      expect(lines(first)).toEqual(["1 alice: for the first"]);
      expect(first.peer).toMatchObject({ key: "bob", holder: 1 });
      expect(lines(await alice.reads("@bob~2"))).toEqual(["1000001 alice: for the second"]);
      expect(lines(await alice.reads("@bob"))).toEqual(["2000001 alice: for the third"]);
      expect(await alice.asksToRead("@bob~3")).toEqual({ ok: false, code: "unknown_conversation" });
      expect(await alice.says("hi", { to: "@bob~1" })).toEqual({ ok: false, code: "away" });
    });
  });
}
