// The suite of every store: who is in a room, which rooms there are, and how many of both.

import { describe, expect, test } from "vitest";
import { address, aliceToken } from "../store-house.js";
import type { Houses } from "../store-suite.js";

const bobToken = "bob-has-a-long-secret-too";

export function members(house: Houses): void {
  describe("members", () => {
    test("are listed by key with their standing and cursors, page by page", async () => {
      const alice = await house().enters("Alice", aliceToken);
      await alice.makes("#dev");
      const others = [];
      for (const name of ["zoe", "Bob", "carol"]) others.push(await house().enters(name, bobToken));
      for (const other of others) await other.joins("#dev");
      await alice.appoints("bob", "moderator", "#dev");
      const first = await alice.listsMembers("#dev", "members", undefined, 2);
      expect(first).toMatchObject({ room: { key: "dev" }, count: 4, more: true });
      expect(first.members).toEqual([
        { user: alice.user, key: "alice", name: "Alice", standing: "owner", delivered: 1, read: 1 },
        { user: others[1]?.user, key: "bob", name: "Bob", standing: "moderator", delivered: 3, read: 3 },
      ]);
      const rest = await alice.listsMembers("#dev", "members", "bob", 2);
      expect([rest.members.map(({ key }) => key as string), rest.more]).toEqual([["carol", "zoe"], false]);
    });

    test("who is invited or banned is told to those who look after the room", async () => {
      const alice = await house().enters("alice", aliceToken);
      await house().enters("bob", bobToken);
      const carol = await house().enters("carol", bobToken);
      await alice.makes("#dev");
      await alice.invites("bob", "#dev");
      await carol.joins("#dev");
      await alice.bans("carol", "#dev");
      for (const [which, key] of [
        ["invited", "bob"],
        ["banned", "carol"],
      ] as const) {
        const { members, count } = await alice.listsMembers("#dev", which);
        expect(members).toMatchObject([{ key, standing: which, delivered: 0, read: 0 }]);
        expect([members.length, count]).toEqual([1, 1]);
      }
    });

    test("of a private conversation are both sides; how far one has read is told unless kept private", async () => {
      const [alice, bob] = [await house().enters("alice"), await house().enters("bob")];
      const { conversation } = await alice.writes("hi", { to: "@bob" });
      await bob.got(conversation, { delivered: 1, read: 1 });
      const readOf = async () => {
        const seen = [];
        for (const [viewer, of] of [
          [alice, "@bob"],
          [bob, "@alice"],
        ] as const)
          seen.push(
            (await viewer.listsMembers(of)).members.map(
              ({ delivered, read }) => [delivered, read] as number[],
            ),
          );
        return seen;
      };
      expect((await alice.listsMembers(conversation)).members.map(({ key }) => key as string)).toEqual([
        "alice",
        "bob",
      ]);
      expect(await readOf()).toEqual([
        [
          [1, 1],
          [1, 1],
        ],
        [
          [1, 1],
          [1, 1],
        ],
      ]);
      await bob.chooses({ kind: "reading", reading: "private" });
      expect(await readOf()).toEqual([
        [
          [1, 1],
          [1, 0],
        ],
        [
          [1, 1],
          [1, 1],
        ],
      ]);
    });
  });

  describe("the list of rooms", () => {
    test("has public ones and one's own, by key, page by page, with one's standing", async () => {
      const alice = await house().enters("alice", aliceToken);
      const bob = await house().enters("bob", bobToken);
      for (const room of ["#zoo", "#dev", "#attic"]) await alice.makes(room);
      for (const room of ["#den", "#lab"]) await alice.makes(room, { visibility: "private" });
      await alice.invites("bob", "#den");
      await bob.joins("#dev");
      await alice.bans("bob", "#attic");
      const { rooms, more } = await bob.listsRooms();
      expect(rooms.map(({ key, standing, members }) => [key, standing, members])).toEqual([
        ["attic", "banned", 1],
        ["den", "invited", 1],
        ["dev", "member", 2],
        ["zoo", "stranger", 1],
      ]);
      expect(more).toBe(false);
      const page = await bob.listsRooms("attic", 2);
      expect([page.rooms.map(({ key }) => key as string), page.more]).toEqual([["den", "dev"], true]);
    });

    test("is in the order of code points", async () => {
      const alice = await house().enters("alice", aliceToken);
      for (const room of ["#𐐨", "#ﷲx", "#z", "#é"]) await alice.makes(room);
      const { rooms } = await alice.listsRooms();
      expect(rooms.map(({ key }) => key as string)).toEqual(["z", "é", "ﷲx", "𐐨"]);
    });

    test("who was in a private room is not told of it any more", async () => {
      const alice = await house().enters("alice", aliceToken);
      const bob = await house().enters("bob", bobToken);
      await alice.makes("#den", { visibility: "private" });
      await alice.invites("bob", "#den");
      await bob.joins("#den");
      await bob.quits("#den");
      expect((await bob.listsRooms()).rooms).toEqual([]);
    });
  });

  describe("limits", () => {
    test("a user is in as many rooms as may be", async () => {
      const small = house({ limits: { roomsPerUser: 2 } });
      const alice = await small.enters("alice", aliceToken);
      const bob = await small.enters("bob", bobToken);
      for (const room of ["#one", "#two"]) await alice.makes(room);
      await bob.makes("#three");
      expect(await alice.asksTo("#three", { type: "join" })).toEqual({ ok: false, code: "limit_reached" });
      expect(await alice.joins("#one")).toMatchObject({ unchanged: true });
      await alice.quits("#one");
      expect(await alice.joins("#three")).toMatchObject({ ok: true });
    });

    test("a room has as many members as may be, whoever is invited included", async () => {
      const small = house({ limits: { membersPerRoom: 2 } });
      const alice = await small.enters("alice", aliceToken);
      const bob = await small.enters("bob", bobToken);
      const carol = await small.enters("carol", bobToken);
      await alice.makes("#dev");
      await alice.invites("bob", "#dev");
      expect(await carol.asksTo("#dev", { type: "join" })).toEqual({ ok: false, code: "limit_reached" });
      const invitation = { type: "invite", who: "carol" } as never;
      expect(await alice.asksTo("#dev", invitation)).toEqual({ ok: false, code: "limit_reached" });
      await bob.joins("#dev");
      await bob.quits("#dev");
      expect(await carol.joins("#dev")).toMatchObject({ facts: { members: 2 } });
      expect((await alice.stands({ kind: "these", of: [address("#dev")] })).standings).toMatchObject([
        { role: "owner" },
      ]);
    });
  });
}
