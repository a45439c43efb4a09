// The suite of every store: what counts as unread, and which conversations have changed.

import { describe, expect, test } from "vitest";
import type { Guest } from "../store-house.js";
import { address, aliceToken } from "../store-house.js";
import type { Houses } from "../store-suite.js";

export function unread(house: Houses): void {
  describe("what is unread", () => {
    async function unreadOf(who: Guest, of: string): Promise<number | undefined> {
      return (await who.standsIn(of)).standings[0]?.unread;
    }

    test("counts messages, and no reactions, edits, joins or deleted ones", async () => {
      const alice = await house().enters("alice", aliceToken);
      const bob = await house().enters("bob");
      await alice.makes("#dev");
      await bob.joins("#dev");
      await alice.writes("one", { to: "#dev" });
      await alice.writes("two", { to: "#dev" });
      await alice.reacts("#dev", 3, "👍");
      await alice.edits("#dev", 3, "uno");
      await alice.does("#dev", { type: "topic", topic: "news" });
      expect(await unreadOf(bob, "#dev")).toBe(2);
      await alice.deletes("#dev", 3);
      expect(await unreadOf(bob, "#dev")).toBe(1);
      const { conversation } = await bob.reads("#dev");
      await bob.got(conversation, { delivered: 4, read: 4 });
      expect((await bob.standsIn("#dev")).standings).toMatchObject([{ head: 8, read: 4, unread: 0 }]);
    });

    test("is nothing of a room one has left", async () => {
      const alice = await house().enters("alice", aliceToken);
      const bob = await house().enters("bob");
      const { conversation } = await alice.makes("#dev");
      await bob.joins("#dev");
      await alice.writes("hi", { to: "#dev" });
      await bob.quits("#dev");
      expect((await bob.standsIn("#dev")).standings).toEqual([]);
      expect((await bob.stands({ kind: "unread", most: 9 })).standings).toHaveLength(1);
      expect(await bob.got(conversation, { delivered: 9, read: 9 })).toEqual({ ok: true });
    });

    test("may be asked by number as well as by name", async () => {
      const alice = await house().enters("alice", aliceToken);
      const bob = await house().enters("bob");
      const { conversation } = await alice.makes("#dev");
      await bob.joins("#dev");
      const asked = [conversation, address("#dev"), 99 as typeof conversation];
      const { standings } = await bob.stands({ kind: "these", of: asked });
      expect(standings.map(({ index, conversation: found }) => [index, found])).toEqual([
        [0, conversation],
        [1, conversation],
      ]);
    });
  });

  describe("what has changed", () => {
    test("is what has an entry committed after a mark, by conversation id, page by page", async () => {
      const alice = await house().enters("alice", aliceToken);
      for (const name of ["bob", "carol", "dave"]) {
        const guest = await house().enters(name);
        await guest.writes("hi", { to: "@alice" });
      }
      const { mark } = await alice.stands({ kind: "these", of: [] });
      expect((await alice.stands({ kind: "changed", since: mark, most: 9 })).standings).toEqual([]);
      await alice.writes("hello", { to: "@carol" });
      await alice.writes("hello", { to: "@bob" });
      await alice.writes("hello");
      const first = await alice.stands({ kind: "changed", since: mark, most: 2 });
      expect(first.standings.map(({ peer }) => peer?.key)).toEqual([undefined, "bob"]);
      expect(first.more).toBe(true);
      const rest = await alice.stands({ kind: "changed", since: mark, most: 2, after: address("@bob") });
      expect([rest.standings.map(({ peer }) => peer?.key), rest.more]).toEqual([["carol"], false]);
      expect((await alice.stands({ kind: "changed", since: rest.mark, most: 9 })).standings).toEqual([]);
    });

    test("is also what was done to a message", async () => {
      const [alice, bob] = [await house().enters("alice"), await house().enters("bob")];
      await alice.writes("hi");
      const { mark } = await bob.stands({ kind: "these", of: [] });
      await alice.edits("everyone", 1, "hello");
      const { standings } = await bob.stands({ kind: "changed", since: mark, most: 9 });
      expect(standings).toMatchObject([{ head: 2, unread: 1 }]);
    });
  });
}
