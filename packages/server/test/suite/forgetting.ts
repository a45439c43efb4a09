// The suite of every store: what is older than it is kept is forgotten, and nothing else is changed by it.

import { setTimeout } from "node:timers/promises";
import { houseKeys } from "chat-hub";
import { describe, expect, test } from "vitest";
import type { Guest } from "../store-house.js";
import { aliceToken, lines, must, seqs, standing } from "../store-house.js";
import type { Houses } from "../store-suite.js";
import { keeps } from "./records.js";

/** In this time what a test begins with is said; then it is old. */
export const earlyMs = 2_500;

/** As long as it takes until what was said at 1 is older than this. */
export function keptSince(): number {
  return Date.now() + earlyMs;
}

/** Until nothing before `first` is kept there. */
export async function forgets(guest: Guest, where: string, first: number): Promise<void> {
  while ((await guest.reads(where, "newest", 1)).first < first) await setTimeout(20);
}

export function forgetting(houses: Houses): void {
  describe("what is older than it is kept", () => {
    test("is forgotten with all that was done to it; what is younger is as it was", async () => {
      const house = houses({ keepMs: keptSince() });
      const now = Date.now();
      const [alice, bob] = [await house.enters("alice", aliceToken), await house.enters("bob")];
      await alice.writes("one", { calls: ["bob"] });
      await alice.edits("everyone", 1, "uno", ["bob"]);
      await bob.reacts("everyone", 1, "👍");
      await bob.writes("two needles", { replyTo: 1 });
      await alice.writes("old", { to: "@bob" });
      await alice.pins("@bob", 1);
      expect((await bob.standsIn("everyone", "@alice")).standings).toMatchObject([
        { unread: 2, mentions: 1 },
        { unread: 1 },
      ]);
      await bob.writes("three needles", { replyTo: 4, at: now });
      await alice.deletes("everyone", 1);
      await bob.writes("four", { calls: ["alice"] });
      await bob.reacts("everyone", 5, "🎉");
      await bob.edits("everyone", 4, "two, better");
      await forgets(bob, "everyone", 5);
      await forgets(bob, "@alice", 3);

      const page = await bob.reads("everyone");
      expect(page).toMatchObject({ first: 5, head: 9, forgotten: true, more: false });
      expect(lines(page)).toEqual([
        "5 bob: three needles",
        "6 alice deletes 1",
        "7 bob: four",
        "8 bob gives 🎉 5",
        "9 -",
      ]);
      const stands = ["5 bob: three needles ^4 #1 🎉1+", "7 bob: four"];
      expect(standing(await bob.browses("everyone"))).toEqual(stands);
      expect(standing(await bob.readsThread("everyone", 5))).toEqual(stands.slice(0, 1));
      expect(await bob.browses("everyone", { around: 2 }, 1)).toMatchObject({ first: 5, forgotten: true });
      expect((await bob.readsPins("@alice")).messages).toEqual([]);
      expect((await bob.standsIn("everyone", "@alice")).standings).toMatchObject([
        { head: 9, unread: 2, mentions: 0 },
        { head: 2, unread: 0 },
      ]);
      expect((await alice.standsIn("everyone")).standings).toMatchObject([{ unread: 2, mentions: 1 }]);
      const needles = { words: [{ tokens: ["needles"], prefix: false, not: false }] };
      expect(await bob.searches(needles)).toMatchObject({ hits: [{ message: { seq: 5 } }] });
      expect(await bob.reads("@alice")).toMatchObject({ entries: [], first: 3, head: 2, forgotten: true });
      for (const act of [
        { type: "message", message: "what?", replyTo: 1 },
        { type: "reaction", target: 4, emoji: "👍", on: true },
        { type: "edit", target: 4, message: "eins" },
        { type: "deletion", target: 4 },
      ] as never[])
        expect(await bob.asksTo("everyone", act)).toEqual({ ok: false, code: "unknown_message" });
      await expect(bob.seesReactions("everyone", 1)).rejects.toThrow("unknown_message");

      const next = { at: now };
      expect(await alice.writes("on", { to: "@bob", ...next })).toMatchObject({ seq: 3, at: now });
      await bob.pins("@alice", 3);
      expect(standing(await bob.readsPins("@alice"))).toEqual(["3 alice: on pinned"]);
      expect(await alice.writes("five", { replyTo: 5, ...next })).toMatchObject({ seq: 10 });
      expect(standing(await bob.readsThread("everyone", 5))).toEqual([
        ...stands.slice(0, 1),
        "10 alice: five ^5 #1",
      ]);
    });

    test("a room forgets what is older than its owner says, and nothing else is forgotten", async () => {
      const house = houses();
      const now = Date.now();
      const alice = await house.enters("alice", aliceToken);
      const bob = await house.enters("bob", "bob-has-a-long-secret-too");
      for (const room of ["#dev", "#ops"]) {
        await alice.makes(room);
        await bob.joins(room);
        await bob.writes("old", { to: room });
      }
      await bob.writes("old");
      await alice.writes("old", { to: "@bob" });
      await alice.does("#dev", { type: "topic", topic: "what we build" });
      await bob.writes("young", { to: "#dev", at: now });
      expect(await bob.asksTo("#dev", { type: "retention", seconds: 60 })).toMatchObject({
        code: "forbidden",
      });
      const answer = must(await alice.asksTo("#dev", { type: "retention", seconds: 3_600 }));
      expect(answer).toMatchObject({
        seq: 6,
        entry: { type: "update", keepSeconds: 3_600 },
        facts: { keepSeconds: 3_600, topic: "what we build" },
      });
      expect(must(await alice.asksTo("#dev", { type: "retention", seconds: 3_600 }))).toMatchObject({
        unchanged: true,
      });
      await forgets(bob, "#dev", 5);
      expect(lines(await bob.reads("#dev"))).toEqual(["5 bob: young", '6 alice sets {"keepSeconds":3600}']);
      expect(await bob.reads("#dev")).toMatchObject({ first: 5, head: 6, forgotten: true });
      expect((await bob.standsIn("#dev")).standings).toMatchObject([{ head: 6, role: "member" }]);
      expect((await alice.listsRooms()).rooms).toMatchObject([
        { key: "dev", topic: "what we build", members: 2, keepSeconds: 3_600 },
        { key: "ops" },
      ]);
      for (const [where, count] of [
        ["#ops", 3],
        ["everyone", 1],
        ["@alice", 1],
      ] as const)
        expect(seqs(await bob.reads(where))).toHaveLength(count);
      const found = await bob.searches({ words: [{ tokens: ["old"], prefix: false, not: false }] });
      expect(must(found).hits).toHaveLength(3);

      await alice.does("#dev", { type: "archive", on: true });
      expect(await alice.does("#dev", { type: "retention", seconds: 0 })).toMatchObject({
        facts: { archived: true },
      });
      expect((await alice.listsRooms()).rooms[0]?.keepSeconds).toBeUndefined();
    });

    test("what an admin says of everyone holds there, and nowhere else", async () => {
      const [alice, bob] = [await houses().enters("alice"), await houses().enters("bob")];
      for (const line of ["one", "two"]) await alice.writes(line);
      await alice.writes("old", { to: "@bob" });
      await keeps(houses(), [{ kind: "switch", key: houseKeys.retention, value: "60" }]);
      await forgets(bob, "everyone", 3);
      expect(await bob.reads("everyone")).toMatchObject({ entries: [], first: 3, head: 2, forgotten: true });
      expect(seqs(await bob.reads("@alice"))).toEqual([1]);
      expect(await bob.writes("on", { at: Date.now() })).toMatchObject({ seq: 3 });
    });

    test("of a room's time and the house's the shorter one holds", async () => {
      const house = houses({ keepMs: keptSince() });
      const alice = await house.enters("alice", aliceToken);
      const day = 86_400;
      for (const [room, seconds] of [
        ["#long", 3_000_000_000],
        ["#short", day],
      ] as const) {
        await alice.makes(room);
        await alice.does(room, { type: "retention", seconds });
        await alice.writes("yesterday", { to: room, at: Date.now() - 1_000 * (day + 60) });
      }
      await forgets(alice, "#short", 4);
      await forgets(alice, "#long", 3);
      expect(lines(await alice.reads("#long"))).toEqual(["3 alice: yesterday"]);
    });

    test("nothing is forgotten by a store that keeps for ever", async () => {
      const alice = await houses().enters("alice");
      await alice.writes("one");
      await setTimeout(earlyMs);
      expect(await alice.reads("everyone")).toMatchObject({ first: 1, head: 1, forgotten: false });
    });
  });
}
