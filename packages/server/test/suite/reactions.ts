// The suite of every store: reactions and pins.

import { describe, expect, test } from "vitest";
import { aliceToken, lines, standing } from "../store-house.js";
import type { Houses } from "../store-suite.js";

export function reactions(house: Houses): void {
  describe("reactions", () => {
    async function threeAndALine() {
      const [alice, bob, carol] = [
        await house().enters("Alice", aliceToken),
        await house().enters("bob"),
        await house().enters("carol"),
      ];
      await alice.writes("hi");
      return { alice, bob, carol };
    }

    test("are entries, and counted by emoji in the order in which each was first given", async () => {
      const { alice, bob, carol } = await threeAndALine();
      expect(await bob.reacts("everyone", 1, "👍")).toMatchObject({
        seq: 2,
        entry: { type: "reaction", target: 1, emoji: "👍", on: true, from: "bob" },
      });
      await carol.reacts("everyone", 1, "❤️");
      await carol.reacts("everyone", 1, "👍");
      await bob.reacts("everyone", 1, "👍", false);
      expect(standing(await carol.browses("everyone"))).toEqual(["1 Alice: hi 👍1+ ❤️1+"]);
      expect(standing(await bob.browses("everyone"))).toEqual(["1 Alice: hi 👍1 ❤️1"]);
      expect(lines(await alice.reads("everyone", { after: 3 }))).toEqual([
        "4 carol gives 👍 1",
        "5 bob takes back 👍 1",
      ]);
    });

    test("that nobody gives any more begin anew", async () => {
      const { bob, carol } = await threeAndALine();
      await bob.reacts("everyone", 1, "👍");
      await bob.reacts("everyone", 1, "❤️");
      await bob.reacts("everyone", 1, "👍", false);
      await carol.reacts("everyone", 1, "👍");
      expect(standing(await carol.browses("everyone"))).toEqual(["1 Alice: hi ❤️1 👍1+"]);
    });

    test("given twice, or taken back without being given, change nothing", async () => {
      const { bob } = await threeAndALine();
      expect(await bob.reacts("everyone", 1, "👍", false)).toMatchObject({ seq: 1, unchanged: true });
      await bob.reacts("everyone", 1, "👍");
      expect(await bob.reacts("everyone", 1, "👍")).toMatchObject({ seq: 2, unchanged: true });
    });

    test("tell who gave them, in order, page by page", async () => {
      const { alice, bob, carol } = await threeAndALine();
      await carol.reacts("everyone", 1, "👍");
      await bob.reacts("everyone", 1, "❤️");
      await alice.reacts("everyone", 1, "👍");
      await carol.reacts("everyone", 1, "❤️");
      await carol.reacts("everyone", 1, "👍", false);
      const first = await bob.seesReactions("everyone", 1, 0, 2);
      expect(first).toMatchObject({
        reactions: [
          { name: "bob", emoji: "❤️" },
          { name: "Alice", emoji: "👍" },
        ],
        more: true,
      });
      expect(await bob.seesReactions("everyone", 1, 2, 2)).toMatchObject({
        reactions: [{ name: "carol", emoji: "❤️" }],
        more: false,
      });
    });

    test("are of as many kinds on one message as there may be", async () => {
      const small = house({ limits: { reactionsPerMessage: 2 } });
      const [alice, bob] = [await small.enters("alice"), await small.enters("bob")];
      await alice.writes("hi");
      for (const emoji of ["👍", "❤️"]) await alice.reacts("everyone", 1, emoji);
      const third = { type: "reaction", target: 1, emoji: "🎉", on: true } as never;
      expect(await bob.asksTo("everyone", third)).toEqual({ ok: false, code: "limit_reached" });
      await bob.reacts("everyone", 1, "❤️");
      await alice.reacts("everyone", 1, "👍", false);
      await bob.reacts("everyone", 1, "🎉");
      expect(standing(await bob.browses("everyone"))).toEqual(["1 alice: hi ❤️2+ 🎉1+"]);
    });

    test("on nothing are refused", async () => {
      const { bob } = await threeAndALine();
      await bob.reacts("everyone", 1, "👍");
      for (const target of [2, 3])
        expect(
          await bob.asksTo("everyone", { type: "reaction", target, emoji: "👍", on: true } as never),
        ).toEqual({
          ok: false,
          code: "unknown_message",
        });
    });
  });

  describe("pins", () => {
    test("are set and lifted by who looks after a room, and by both sides in private", async () => {
      const [alice, bob] = [await house().enters("alice", aliceToken), await house().enters("bob")];
      await alice.makes("#dev");
      await bob.joins("#dev");
      for (const line of ["one", "two", "three"]) await bob.writes(line, { to: "#dev" });
      const pin = { type: "pin", target: 3, on: true } as never;
      expect(await bob.asksTo("#dev", pin)).toEqual({ ok: false, code: "forbidden" });
      await alice.pins("#dev", 5);
      await alice.pins("#dev", 3);
      expect(await alice.pins("#dev", 3)).toMatchObject({ seq: 7, unchanged: true });
      expect(standing(await bob.readsPins("#dev"))).toEqual(["3 bob: one pinned", "5 bob: three pinned"]);
      expect(await bob.readsPins("#dev", 1)).toMatchObject({ messages: [{ seq: 3 }], more: true, head: 7 });
      expect(await bob.readsPins("#dev", 1, 3)).toMatchObject({ messages: [{ seq: 5 }], more: false });
      await alice.pins("#dev", 5, false);
      await alice.deletes("#dev", 3);
      expect((await bob.readsPins("#dev")).messages).toEqual([]);
      expect(lines(await bob.reads("#dev", { after: 5 }))).toEqual([
        "6 alice pins 5",
        "7 -",
        "8 alice unpins 5",
        "9 alice deletes 3",
      ]);
      await bob.writes("hi", { to: "@alice" });
      await alice.pins("@bob", 1);
      expect(standing(await bob.readsPins("@alice"))).toEqual(["1 bob: hi pinned"]);
    });

    test("are as many as there may be", async () => {
      const small = house({ limits: { pins: 1 } });
      const [alice] = [await small.enters("alice"), await small.enters("bob")];
      for (const line of ["one", "two"]) await alice.writes(line, { to: "@bob" });
      await alice.pins("@bob", 1);
      const second = { type: "pin", target: 2, on: true } as never;
      expect(await alice.asksTo("@bob", second)).toEqual({ ok: false, code: "limit_reached" });
      expect(await alice.pins("@bob", 1)).toMatchObject({ unchanged: true });
      await alice.pins("@bob", 1, false);
      expect(await alice.pins("@bob", 2)).toMatchObject({ seq: 5 });
    });
  });
}
