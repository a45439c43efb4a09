// The suite of every store: cursors.

import { everyone } from "chat-hub";
import { describe, expect, test } from "vitest";
import { aliceToken } from "../store-house.js";
import type { Houses } from "../store-suite.js";

export function cursors(house: Houses): void {
  describe("cursors", () => {
    async function aliceWithFiveFromBob() {
      const [alice, bob] = [await house().enters("alice", aliceToken), await house().enters("bob")];
      let conversation = everyone;
      for (let n = 0; n < 5; n++) ({ conversation } = await bob.writes("hi", { to: "@alice" }));
      const stand = async () => {
        const { standings } = await alice.standsIn("@bob");
        return standings.map(({ delivered, read, unread }) => ({ delivered, read, unread }))[0];
      };
      return { alice, bob, conversation, stand };
    }

    test("only grow, at most to the head", async () => {
      const { alice, conversation, stand } = await aliceWithFiveFromBob();
      expect(await stand()).toEqual({ delivered: 0, read: 0, unread: 5 });
      await alice.got(conversation, { delivered: 4, read: 2 });
      expect(await stand()).toEqual({ delivered: 4, read: 2, unread: 3 });
      await alice.got(conversation, { delivered: 1, read: 1 });
      expect(await stand()).toEqual({ delivered: 4, read: 2, unread: 3 });
      await alice.got(conversation, { delivered: 99, read: 99 });
      expect(await stand()).toEqual({ delivered: 5, read: 5, unread: 0 });
    });

    test("never pass what was not got", async () => {
      const { alice, conversation, stand } = await aliceWithFiveFromBob();
      await alice.got(conversation, { from: 2, delivered: 5, read: 5 });
      expect(await stand()).toEqual({ delivered: 0, read: 0, unread: 5 });
      await alice.got(conversation, { delivered: 3, read: 1 });
      await alice.got(conversation, { from: 4, delivered: 5, read: 5 });
      expect(await stand()).toEqual({ delivered: 5, read: 1, unread: 4 });
    });

    test("stay where they are while their user is away", async () => {
      const { alice, conversation } = await aliceWithFiveFromBob();
      await alice.got(conversation, { delivered: 3, read: 3 });
      await alice.leaves();
      const back = await house().enters("alice", aliceToken);
      expect((await back.standsIn("@bob")).standings[0]).toMatchObject({ read: 3, unread: 2 });
    });

    test("pass what one has said oneself", async () => {
      const [alice, bob] = [await house().enters("alice"), await house().enters("bob")];
      const standing = async (of: string) => {
        const { delivered, read, unread } = (await alice.standsIn(of)).standings[0] ?? {};
        return { delivered, read, unread };
      };
      for (const to of ["everyone", "@bob", "@alice"]) {
        for (const line of ["one", "two"]) await alice.writes(line, { to });
        expect(await standing(to)).toEqual({ delivered: 2, read: 2, unread: 0 });
      }
      expect((await bob.standsIn("everyone", "@alice")).standings.map(({ unread }) => unread)).toEqual([
        2, 2,
      ]);
    });

    test("pass nothing that others said before it", async () => {
      const { alice, conversation, stand } = await aliceWithFiveFromBob();
      await alice.got(conversation, { delivered: 5, read: 4 });
      await alice.writes("six", { to: "@bob" });
      expect(await stand()).toEqual({ delivered: 6, read: 4, unread: 2 });
      await alice.got(conversation, { delivered: 6, read: 6 });
      await alice.writes("seven", { to: "@bob" });
      expect(await stand()).toEqual({ delivered: 7, read: 7, unread: 0 });
    });

    test("pass one's own lines and move by turns, in one commit or many", async () => {
      const [alice, bob] = [await house().enters("alice"), await house().enters("bob")];
      const asked: Promise<unknown>[] = [];
      for (let turn = 0; turn < 500; turn++) {
        const head = turn * 3;
        asked.push(alice.writes("a"), alice.writes("b"), bob.writes("c"));
        asked.push(alice.got(everyone, { from: head + 3, delivered: head + 3, read: head + 3 }));
      }
      await Promise.all(asked);
      const [hers] = (await alice.standsIn("everyone")).standings;
      const [his] = (await bob.standsIn("everyone")).standings;
      expect(hers).toMatchObject({ head: 1_500, delivered: 1_500, read: 1_500, unread: 0 });
      expect(his).toMatchObject({ delivered: 0, read: 0, unread: 1_500 });
    });

    test("of somebody else's conversation there are none", async () => {
      const { conversation, stand } = await aliceWithFiveFromBob();
      const eve = await house().enters("eve");
      expect(await eve.got(conversation, { delivered: 5, read: 5 })).toEqual({ ok: true });
      expect(await stand()).toMatchObject({ read: 0 });
      expect((await eve.stands({ kind: "all", most: 9 })).standings).toHaveLength(1);
    });
  });
}
