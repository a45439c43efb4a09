// The suite of every store: where a user stands.

import { everyone } from "chat-hub";
import { describe, expect, test } from "vitest";
import type { Houses } from "../store-suite.js";

export function standings(house: Houses): void {
  describe("standings", () => {
    test("a new user begins at the head of everyone, with nothing unread", async () => {
      const alice = await house().enters("alice");
      await alice.writes("one", { at: 5 });
      const bob = await house().enters("bob");
      await alice.writes("two", { at: 6 });
      const { standings, more } = await bob.standsIn("everyone");
      expect(standings).toEqual([
        {
          index: 0,
          conversation: everyone,
          head: 2,
          delivered: 1,
          read: 1,
          unread: 1,
          mentions: 0,
          headAt: 6,
          muted: false,
        },
      ]);
      expect(more).toBe(false);
    });

    test("these: each with its place in the question; what isn't there is left out", async () => {
      const [alice] = await Promise.all([
        house().enters("alice"),
        house().enters("bob"),
        house().enters("carol"),
      ]);
      await alice.writes("hi", { to: "@bob", at: 9 });
      const { standings } = await alice.standsIn("@carol", "@nobody", "@bob", "#dev", "everyone", "@bob~1");
      expect(standings.map(({ index, peer, head }) => [index, peer?.key, head])).toEqual([
        [2, "bob", 1],
        [4, undefined, 0],
      ]);
      expect(standings[1]).toMatchObject({ headAt: 0, unread: 0 });
    });

    test("unread: everyone, then where something is unread, the newest first", async () => {
      const alice = await house().enters("alice");
      for (const [at, name] of ["bob", "carol", "dave", "erin"].entries()) {
        const other = await house().enters(name);
        await other.writes("hi", { to: "@alice", at: at + 1 });
      }
      const read = await alice.reads("@dave");
      await alice.got(read.conversation, { delivered: 1, read: 1 });
      const all = await alice.stands({ kind: "unread", most: 3 });
      expect(all.standings.map(({ peer, unread }) => [peer?.key, unread])).toEqual([
        [undefined, 0],
        ["erin", 1],
        ["carol", 1],
        ["bob", 1],
      ]);
      expect(all.more).toBe(false);
      const two = await alice.stands({ kind: "unread", most: 2 });
      expect([two.standings.length, two.more]).toEqual([3, true]);
    });

    test("all: page by page, everyone first", async () => {
      const alice = await house().enters("alice");
      for (const name of ["bob", "carol", "dave"]) {
        await house().enters(name);
        await alice.writes("hi", { to: `@${name}` });
      }
      const first = await alice.stands({ kind: "all", most: 2 });
      const next = await alice.stands({
        kind: "all",
        most: 2,
        after: { kind: "private", key: "bob" as never },
      });
      expect(first.standings.map(({ peer }) => peer?.key)).toEqual([undefined, "bob"]);
      expect(next.standings.map(({ peer }) => peer?.key)).toEqual(["carol", "dave"]);
      expect([first.more, next.more]).toEqual([true, false]);
    });

    test("all: a room that was left since is still a place in the list", async () => {
      const alice = await house().enters("alice", "alice-has-a-long-secret");
      const rooms = ["#one", "#two", "#three"];
      for (const room of rooms) await alice.makes(room);
      const first = await alice.stands({ kind: "all", most: 2 });
      const last = first.standings.at(-1)?.conversation ?? everyone;
      await alice.quits("#one");
      const next = await alice.stands({ kind: "all", most: 2, after: last });
      expect(first.standings.at(-1)?.room?.key).toBe("one");
      expect(next.standings.map(({ room }) => room?.key)).toEqual(["two", "three"]);
    });

    test("earlier holders of a name are told apart", async () => {
      const alice = await house().enters("alice");
      for (const last of [false, true]) {
        const bob = await house().enters("bob");
        await bob.writes("hi", { to: "@alice" });
        if (!last) await bob.leaves();
      }
      const { standings } = await alice.stands({ kind: "all", most: 9 });
      expect(standings.map(({ peer }) => [peer?.key, peer?.holder])).toEqual([
        [undefined, undefined],
        ["bob", 1],
        ["bob", undefined],
      ]);
    });
  });
}
