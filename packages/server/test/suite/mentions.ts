// The suite of every store: whom a message calls, and how often one is called.

import { describe, expect, test } from "vitest";
import type { Guest } from "../store-house.js";
import { aliceToken } from "../store-house.js";
import type { Houses } from "../store-suite.js";

const bobToken = "bob-has-a-long-secret-too";

export function mentions(house: Houses): void {
  describe("mentions", () => {
    async function calls(who: Guest, of: string): Promise<{ mentions?: number; unread?: number }> {
      const [{ mentions, unread } = {}] = (await who.standsIn(of)).standings;
      return { ...(mentions === undefined ? {} : { mentions }), ...(unread === undefined ? {} : { unread }) };
    }

    async function mentioned(who: Guest, of: string, seq: number): Promise<readonly string[] | undefined> {
      const [entry] = (await who.reads(of, { after: seq - 1 }, 1)).entries;
      return entry?.type === "message" ? entry.mentions : undefined;
    }

    test("are of people of the conversation, as they spell themselves", async () => {
      const alice = await house().enters("alice", aliceToken);
      const bob = await house().enters("Bob");
      await house().enters("Carol");
      await alice.makes("#dev");
      await bob.joins("#dev");
      const calling = { calls: ["bob", "carol", "nobody"] };
      expect(await alice.writes("hey", calling)).toMatchObject({ entry: { mentions: ["Bob", "Carol"] } });
      await alice.writes("hey", { ...calling, to: "#dev" });
      await alice.writes("hey", { ...calling, to: "@bob" });
      await alice.writes("hey", { calls: ["nobody"] });
      expect(await mentioned(bob, "everyone", 1)).toEqual(["Bob", "Carol"]);
      expect(await mentioned(bob, "#dev", 3)).toEqual(["Bob"]);
      expect(await mentioned(bob, "@alice", 1)).toEqual(["Bob"]);
      expect(await mentioned(bob, "everyone", 2)).toBeUndefined();
    });

    test("of all count from who looks after a room, and only there", async () => {
      const alice = await house().enters("alice", aliceToken);
      const [bob, carol] = [await house().enters("bob"), await house().enters("carol")];
      await alice.makes("#dev");
      for (const guest of [bob, carol]) await guest.joins("#dev");
      await alice.writes("all of you", { to: "#dev", calls: ["bob", "everyone"] });
      await bob.writes("all of you", { to: "#dev", calls: ["everyone"] });
      await alice.writes("all of you", { calls: ["everyone"] });
      expect(await mentioned(bob, "#dev", 4)).toEqual(["bob", "everyone"]);
      expect(await mentioned(alice, "#dev", 5)).toBeUndefined();
      expect(await mentioned(alice, "everyone", 1)).toBeUndefined();
      expect(await calls(carol, "#dev")).toEqual({ mentions: 1, unread: 2 });
      expect(await calls(bob, "#dev")).toMatchObject({ mentions: 1 });
      expect(await calls(carol, "everyone")).toEqual({ mentions: 0, unread: 1 });
    });

    test("count while they are unread, follow edits, and go with a deletion", async () => {
      const [alice, bob] = [await house().enters("alice"), await house().enters("bob")];
      for (const line of ["one", "two", "three"]) await alice.writes(line, { calls: ["bob"] });
      const { conversation } = await bob.reads("everyone");
      expect(await calls(bob, "everyone")).toEqual({ mentions: 3, unread: 3 });
      await bob.got(conversation, { delivered: 1, read: 1 });
      expect(await calls(bob, "everyone")).toEqual({ mentions: 2, unread: 2 });
      await alice.edits("everyone", 2, "not you");
      expect(await calls(bob, "everyone")).toEqual({ mentions: 1, unread: 2 });
      await alice.edits("everyone", 2, "you after all", ["bob"]);
      expect(await calls(bob, "everyone")).toEqual({ mentions: 2, unread: 2 });
      await alice.deletes("everyone", 3);
      expect(await calls(bob, "everyone")).toEqual({ mentions: 1, unread: 1 });
    });

    test("by whom one has blocked don't count", async () => {
      const alice = await house().enters("alice", aliceToken);
      const bob = await house().enters("bob", bobToken);
      const carol = await house().enters("carol");
      await alice.blocks("bob");
      for (const guest of [bob, carol]) await guest.writes("alice!", { calls: ["alice"] });
      expect(await calls(alice, "everyone")).toEqual({ mentions: 1, unread: 2 });
    });
  });
}
