// The suite of every store: who looks after a room, also when people go and names are lost.

import { describe, expect, test } from "vitest";
import { aliceToken, day, lines, nameHoldMs } from "../store-house.js";
import type { Houses } from "../store-suite.js";

const bobToken = "bob-has-a-long-secret-too";
const carolToken = "carol-has-a-long-secret-too";

export function owners(house: Houses): void {
  describe("who looks after a room", () => {
    async function inOneRoom() {
      const alice = await house().enters("alice", aliceToken);
      const bob = await house().enters("bob", bobToken);
      const carol = await house().enters("carol", carolToken);
      await alice.makes("#dev");
      await bob.joins("#dev");
      await carol.joins("#dev");
      return { alice, bob, carol };
    }

    test("the longest-serving moderator comes after the last owner, right behind the leave", async () => {
      const { alice, carol } = await inOneRoom();
      await alice.appoints("carol", "moderator", "#dev");
      expect(await alice.quits("#dev")).toMatchObject({
        seq: 5,
        followed: [
          { type: "role", seq: 6, who: carol.user, username: "carol", role: "owner", from: "alice" },
        ],
      });
      expect(lines(await carol.reads("#dev", { after: 4 }))).toEqual([
        "5 alice: alice is left",
        "6 alice: carol is owner",
      ]);
    });

    test("without a moderator it is the longest-serving member whose name is kept", async () => {
      const { alice, bob } = await inOneRoom();
      const guest = await house().enters("guest");
      await guest.joins("#dev");
      await bob.quits("#dev");
      await bob.joins("#dev");
      expect(await alice.quits("#dev")).toMatchObject({ followed: [{ username: "carol", role: "owner" }] });
    });

    test("nobody comes after one of two owners, nor where all others are guests", async () => {
      const { alice, bob, carol } = await inOneRoom();
      const guest = await house().enters("guest");
      await guest.joins("#dev");
      await alice.appoints("bob", "owner", "#dev");
      expect(await alice.quits("#dev")).not.toHaveProperty("followed");
      await carol.quits("#dev");
      expect(await bob.quits("#dev")).not.toHaveProperty("followed");
      expect((await guest.listsMembers("#dev")).members.map(({ standing }) => standing)).toEqual(["member"]);
    });

    test("a public room without anybody belongs to the first kept name that joins", async () => {
      const alice = await house().enters("alice", aliceToken);
      await alice.makes("#dev");
      await alice.quits("#dev");
      const guest = await house().enters("guest");
      expect(await guest.joins("#dev")).toMatchObject({ seq: 3, entry: { role: "member" } });
      await guest.quits("#dev");
      expect(await alice.joins("#dev")).toMatchObject({ seq: 5, entry: { role: "owner" } });
    });

    test("the last owner can't step down before there is another", async () => {
      const { alice, bob } = await inOneRoom();
      const stepsDown = { type: "role", who: "alice", role: "member" } as never;
      expect(await alice.asksTo("#dev", stepsDown)).toEqual({ ok: false, code: "last_owner" });
      await alice.appoints("bob", "owner", "#dev");
      expect(await alice.asksTo("#dev", stepsDown)).toMatchObject({ ok: true });
      expect(await bob.asksTo("#dev", { ...(stepsDown as object), who: "bob" } as never)).toEqual({
        ok: false,
        code: "last_owner",
      });
    });

    test("roles end with the membership", async () => {
      const { alice, bob } = await inOneRoom();
      await alice.appoints("bob", "moderator", "#dev");
      await bob.quits("#dev");
      expect(await bob.joins("#dev")).toMatchObject({ entry: { role: "member" } });
    });

    test("a lent name leaves its rooms when it goes", async () => {
      const { alice } = await inOneRoom();
      const guest = await house().enters("guest");
      const { conversation } = await guest.joins("#dev");
      const gone = await guest.leaves(9);
      expect(gone).toMatchObject({
        ok: true,
        left: [
          {
            place: { conversation, room: { key: "dev", name: "dev" } },
            entry: { type: "leave", seq: 5, at: 9, why: "gone", who: guest.user, author: guest.user },
          },
        ],
      });
      expect(lines(await alice.reads("#dev", { after: 4 }))).toEqual(["5 guest: guest is gone"]);
      const next = await house().enters("guest");
      expect(await next.asksToRead("#dev")).toEqual({ ok: false, code: "not_member" });
    });

    test("a kept name stays in its rooms while it is away, and comes back to them", async () => {
      const { bob, alice } = await inOneRoom();
      expect(await bob.leaves()).toEqual({ ok: true, left: [] });
      await alice.writes("are you there?", { to: "#dev" });
      const back = await house().enters("bob", bobToken);
      expect(back.rooms).toMatchObject([{ facts: { key: "dev", members: 3 }, role: "member", head: 4 }]);
      expect(back.left).toEqual([]);
    });

    test("whoever takes a kept name over is in none of its rooms, and its room has another owner", async () => {
      const { alice, bob } = await inOneRoom();
      await alice.makes("#ops");
      await alice.invites("bob", "#ops");
      await alice.leaves(day);
      const other = await house().enters("alice", undefined, day + nameHoldMs);
      expect(other.rooms).toEqual([]);
      expect(other.left.map(({ place, entry }) => [place.room?.key, entry.seq, entry.type])).toEqual([
        ["dev", 4, "leave"],
        ["dev", 5, "role"],
        ["ops", 3, "leave"],
      ]);
      expect(lines(await bob.reads("#dev", { after: 3 }))).toEqual([
        "4 alice: alice is gone",
        "5 alice: bob is owner",
      ]);
    });

    test("a ban does not fall on who takes the name next", async () => {
      const { alice, bob } = await inOneRoom();
      await alice.bans("bob", "#dev");
      await bob.leaves(day);
      const other = await house().enters("bob", bobToken.replace("long", "new"), day + nameHoldMs);
      expect((await alice.listsMembers("#dev", "banned")).members).toEqual([]);
      expect(await other.joins("#dev")).toMatchObject({ ok: true });
    });
  });
}
