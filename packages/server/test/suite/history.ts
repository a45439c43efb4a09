// The suite of every store: who sees a log from where on. One place decides it for pages, messages,
// threads, search, unread and acts alike.

import { describe, expect, test } from "vitest";
import type { Guest, House } from "../store-house.js";
import { aliceToken, lines, seqs } from "../store-house.js";
import type { Houses } from "../store-suite.js";

const bobToken = "bob-has-a-long-secret-too";

export function history(house: Houses): void {
  describe("what is seen of the past", () => {
    async function lateToRoom() {
      const alice = await house().enters("alice", aliceToken);
      const bob = await house().enters("bob", bobToken);
      await alice.makes("#dev", { history: "since_join" });
      await alice.writes("before", { to: "#dev" });
      await bob.joins("#dev");
      await alice.writes("after", { to: "#dev", replyTo: 2 });
      return { alice, bob };
    }

    test("a room with since_join begins for each member at their join", async () => {
      const { alice, bob } = await lateToRoom();
      expect(await bob.reads("#dev", { after: 0 })).toMatchObject({
        first: 3,
        head: 4,
        forgotten: false,
        more: false,
      });
      expect(lines(await bob.reads("#dev"))).toEqual(["3 bob joins as member", "4 alice: after"]);
      expect(seqs(await bob.reads("#dev", { before: 4 }))).toEqual([3]);
      expect(seqs(await bob.reads("#dev", { around: 1 }, 1))).toEqual([3]);
      expect(seqs(await alice.reads("#dev"))).toEqual([1, 2, 3, 4]);
    });

    test("nothing leads to what was before: no message, thread, reaction, reply, search or pin", async () => {
      const { alice, bob } = await lateToRoom();
      await alice.pins("#dev", 2);
      const unknown = { ok: false, code: "unknown_message" };
      expect((await bob.browses("#dev")).messages.map(({ seq }) => seq as number)).toEqual([4]);
      expect((await bob.readsThread("#dev", 4)).messages.map(({ seq }) => seq as number)).toEqual([4]);
      expect(await bob.asksToBrowse("#dev", { kind: "thread", of: 2, after: 0 } as never)).toEqual(unknown);
      expect((await bob.readsPins("#dev")).messages).toEqual([]);
      await expect(bob.seesReactions("#dev", 2)).rejects.toThrow("unknown_message");
      for (const act of [
        { type: "message", message: "what?", replyTo: 2 },
        { type: "reaction", target: 2, emoji: "👍", on: true },
      ] as never[])
        expect(await bob.asksTo("#dev", act)).toEqual(unknown);
      const found = await bob.searches({ words: [{ tokens: ["before"], prefix: false, not: false }] });
      expect(found).toMatchObject({ ok: true, hits: [] });
    });

    test("what is done to a message from before one's join is a place with nothing to say", async () => {
      const { alice, bob } = await lateToRoom();
      await alice.edits("#dev", 2, "a secret from before");
      await alice.reacts("#dev", 2, "👍");
      await alice.pins("#dev", 2);
      await alice.reacts("#dev", 4, "🎉");
      expect(lines(await bob.reads("#dev", { after: 0 }))).toEqual([
        "3 bob joins as member",
        "4 alice: after",
        "5 -",
        "6 -",
        "7 -",
        "8 alice gives 🎉 4",
      ]);
      expect(lines(await alice.reads("#dev", { after: 4 }))).toEqual([
        "5 alice edits 2: a secret from before (2)",
        "6 alice gives 👍 2",
        "7 alice pins 2",
        "8 alice gives 🎉 4",
      ]);
      await alice.deletes("#dev", 2);
      expect(lines(await bob.reads("#dev", { after: 8 }))).toEqual(["9 -"]);
      expect(lines(await alice.reads("#dev", { after: 8 }))).toEqual(["9 alice deletes 2"]);
    });

    test("a place with nothing to say takes no room in a page, whatever the text that it hides", async () => {
      const { alice, bob } = await lateToRoom();
      await alice.edits("#dev", 2, "x".repeat(5_000));
      await alice.edits("#dev", 2, "y".repeat(5_000));
      const page = await bob.reads("#dev", { after: 3 }, 9, 10);
      expect(lines(page)).toEqual(["4 alice: after", "5 -", "6 -"]);
      expect(lines(await alice.reads("#dev", { after: 4 }, 9, 10))).toHaveLength(1);
    });

    test("the setting decides, for those who are in it too", async () => {
      const { alice, bob } = await lateToRoom();
      await alice.does("#dev", { type: "history", history: "all" });
      expect((await bob.reads("#dev")).first).toBe(1);
      await alice.reacts("#dev", 2, "👍");
      expect(lines(await bob.reads("#dev", { after: 5 }))).toEqual(["6 alice gives 👍 2"]);
      await alice.does("#dev", { type: "history", history: "since_join" });
      expect((await bob.reads("#dev")).first).toBe(3);
      expect(lines(await bob.reads("#dev", { after: 5 }, 1))).toEqual(["6 -"]);
      await bob.quits("#dev");
      await bob.joins("#dev");
      expect((await bob.reads("#dev")).first).toBe(9);
    });

    test("one's own from before an earlier leave can't be reached any more", async () => {
      const { bob } = await lateToRoom();
      await bob.writes("mine", { to: "#dev" });
      await bob.quits("#dev");
      await bob.joins("#dev");
      const edit = { type: "edit", target: 5, message: "changed" } as never;
      expect(await bob.asksTo("#dev", edit)).toEqual({ ok: false, code: "unknown_message" });
    });

    test("who joins a room that shows everything has nothing unread, and reads it all", async () => {
      const alice = await house().enters("alice", aliceToken);
      await alice.makes("#dev");
      for (const line of ["one", "two"]) await alice.writes(line, { to: "#dev" });
      const bob = await house().enters("bob");
      await bob.joins("#dev");
      expect((await bob.standsIn("#dev")).standings).toMatchObject([
        { head: 4, delivered: 4, read: 4, unread: 0, role: "member", room: { key: "dev" } },
      ]);
      expect(seqs(await bob.reads("#dev"))).toEqual([1, 2, 3, 4]);
    });

    async function talkBeforeBob(here: House): Promise<{ alice: Guest; bob: Guest }> {
      const alice = await here.enters("alice", aliceToken);
      for (const line of ["one", "two"]) await alice.writes(line);
      const bob = await here.enters("bob", bobToken);
      await alice.writes("three");
      return { alice, bob };
    }

    test("everyone has the setting too: all", async () => {
      const { bob } = await talkBeforeBob(house({ everyoneHistory: "all" }));
      expect(await bob.reads("everyone")).toMatchObject({ first: 1, head: 3 });
    });

    test("everyone has the setting too: since_join is since one was first here", async () => {
      const here = house({ everyoneHistory: "since_join" });
      const { alice, bob } = await talkBeforeBob(here);
      expect(lines(await bob.reads("everyone"))).toEqual(["3 alice: three"]);
      expect(await bob.reads("everyone")).toMatchObject({ first: 3, head: 3, forgotten: false });
      await bob.leaves();
      await alice.writes("four");
      const back = await here.enters("bob", bobToken);
      expect(lines(await back.reads("everyone"))).toEqual(["3 alice: three", "4 alice: four"]);
      const carol = await here.enters("carol");
      expect(await carol.reads("everyone")).toMatchObject({ entries: [], first: 5, head: 4 });
      expect(lines(await alice.reads("everyone", { after: 0 }, 1))).toEqual(["1 alice: one"]);
    });

    test("in everyone too, what is done to a message from before one came says nothing", async () => {
      const { alice, bob } = await talkBeforeBob(house({ everyoneHistory: "since_join" }));
      await alice.edits("everyone", 1, "a secret from before");
      await alice.edits("everyone", 3, "three!");
      expect(lines(await bob.reads("everyone", { after: 0 }))).toEqual([
        "3 alice: three!",
        "4 -",
        "5 alice edits 3: three! (2)",
      ]);
      expect(lines(await alice.reads("everyone", { after: 3 }, 1))).toEqual([
        "4 alice edits 1: a secret from before (2)",
      ]);
    });

    test("whoever comes back is told where each of their conversations began for them", async () => {
      const here = house({ everyoneHistory: "since_join" });
      const { alice, bob } = await talkBeforeBob(here);
      await alice.makes("#dev");
      await bob.joins("#dev");
      expect([alice.everyoneFrom, bob.everyoneFrom]).toEqual([1, 3]);
      await bob.leaves();
      const back = await here.enters("bob", bobToken);
      expect(back.everyoneFrom).toBe(3);
      expect(back.rooms).toMatchObject([{ facts: { key: "dev", history: "all" }, from: 2 }]);
      const open = house({ everyoneHistory: "all" });
      expect((await talkBeforeBob(open)).bob.everyoneFrom).toBe(1);
    });
  });
}
