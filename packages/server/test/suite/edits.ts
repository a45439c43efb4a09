// The suite of every store: messages are edited and deleted, and keep their places.

import { describe, expect, test } from "vitest";
import { aliceToken, lines, standing } from "../store-house.js";
import type { Houses } from "../store-suite.js";

export function edits(house: Houses): void {
  describe("edits and deletions", () => {
    async function two() {
      return { alice: await house().enters("alice", aliceToken), bob: await house().enters("bob") };
    }

    test("an edit is an entry, and the message stands as it is now wherever it is read", async () => {
      const { alice, bob } = await two();
      await alice.writes("helo", { at: 10 });
      await bob.writes("hi");
      const answer = await alice.edits("everyone", 1, "hello");
      expect(answer).toMatchObject({
        seq: 3,
        duplicate: false,
        entry: { type: "edit", target: 1, message: "hello", version: 2, from: "alice" },
      });
      expect(answer).not.toHaveProperty("facts");
      const page = await bob.reads("everyone");
      expect(lines(page)).toEqual(["1 alice: hello", "2 bob: hi", "3 alice edits 1: hello (2)"]);
      expect(page.entries[0]).toMatchObject({ version: 2, edited: answer.at, at: 10 });
      expect(standing(await bob.browses("everyone"))).toEqual(["1 alice: hello (2)", "2 bob: hi"]);
    });

    test("every edit of a message says what the message says now", async () => {
      const { alice } = await two();
      await alice.writes("one");
      for (const text of ["two", "three", "four"]) await alice.edits("everyone", 1, text);
      expect(lines(await alice.reads("everyone"))).toEqual([
        "1 alice: four",
        "2 alice edits 1: four (4)",
        "3 alice edits 1: four (4)",
        "4 alice edits 1: four (4)",
      ]);
    });

    test("only the author edits, also in private; nothing that isn't a message is edited", async () => {
      const { alice, bob } = await two();
      for (const [where, back] of [
        ["everyone", "everyone"],
        ["@bob", "@alice"],
      ] as const) {
        await alice.writes("hers", { to: where });
        const edit = { type: "edit", target: 1, message: "his" } as never;
        expect(await bob.asksTo(back, edit)).toEqual({ ok: false, code: "forbidden" });
        await alice.edits(where, 1, "hers still");
        for (const target of [0, 2, 3])
          expect(await alice.asksTo(where, { type: "edit", target, message: "x" } as never)).toEqual({
            ok: false,
            code: "unknown_message",
          });
      }
      expect(await bob.asksTo("@carol", { type: "deletion", target: 1 } as never)).toEqual({
        ok: false,
        code: "unknown_user",
      });
    });

    test("to edit a message into what it says changes nothing", async () => {
      const { alice } = await two();
      await alice.writes("hello", { at: 5 });
      expect(await alice.edits("everyone", 1, "hello")).toMatchObject({ seq: 1, at: 5, unchanged: true });
      expect((await alice.reads("everyone")).head).toBe(1);
    });

    test("a deletion takes the text, what was done to it, and what edits said; the place stays", async () => {
      const { alice, bob } = await two();
      await alice.writes("secret", { calls: ["bob"] });
      await alice.edits("everyone", 1, "top secret", ["bob"]);
      await bob.reacts("everyone", 1, "👍");
      await bob.writes("what?", { replyTo: 1 });
      expect(await alice.deletes("everyone", 1)).toMatchObject({
        seq: 5,
        entry: { type: "deletion", target: 1 },
      });
      const page = await bob.reads("everyone");
      expect(lines(page)).toEqual(["1 alice: (deleted)", "2 -", "3 -", "4 bob: what?", "5 alice deletes 1"]);
      expect(page.entries[0]).toMatchObject({ message: "", deleted: true, from: "alice" });
      expect(page.entries[0]).not.toHaveProperty("mentions");
      expect(standing(await bob.browses("everyone"))).toEqual([
        "1 alice: (deleted) (2) 1 replies",
        "4 bob: what? ^1 #1",
      ]);
      expect((await bob.seesReactions("everyone", 1)).reactions).toEqual([]);
      expect(JSON.stringify([page, await alice.searches({ from: "alice" as never })])).not.toContain(
        "secret",
      );
    });

    test("nothing more is done to what is deleted; to delete it again changes nothing", async () => {
      const { alice, bob } = await two();
      await alice.writes("gone", { to: "@bob" });
      await alice.deletes("@bob", 1);
      for (const act of [
        { type: "edit", target: 1, message: "back" },
        { type: "reaction", target: 1, emoji: "👍", on: true },
        { type: "pin", target: 1, on: true },
        { type: "message", message: "what?", replyTo: 1 },
      ] as never[])
        expect(await alice.asksTo("@bob", act)).toEqual({ ok: false, code: "deleted" });
      expect(await alice.deletes("@bob", 1)).toMatchObject({ seq: 2, unchanged: true });
      expect((await bob.reads("@alice")).head).toBe(2);
    });

    test("one's own are deleted anywhere, others' by who looks after the room", async () => {
      const { alice, bob } = await two();
      await alice.makes("#dev");
      await bob.joins("#dev");
      await bob.writes("spam", { to: "#dev" });
      await alice.writes("mine", { to: "#dev" });
      const deletion = { type: "deletion", target: 4 } as never;
      expect(await bob.asksTo("#dev", deletion)).toEqual({ ok: false, code: "forbidden" });
      await alice.deletes("#dev", 3);
      expect(standing(await bob.browses("#dev"))).toEqual(["3 bob: (deleted)", "4 alice: mine"]);
      await bob.writes("his", { to: "everyone" });
      expect(await alice.asksTo("everyone", { type: "deletion", target: 1 } as never)).toEqual({
        ok: false,
        code: "forbidden",
      });
    });

    test("an act that is sent again is done once, whatever has changed since", async () => {
      const { alice, bob } = await two();
      const nonce = "nonce-of-an-edit-0";
      await alice.writes("one");
      const edit = { type: "edit", target: 1, message: "two" } as never;
      const first = await alice.does("everyone", edit, { nonce });
      await alice.edits("everyone", 1, "three");
      await alice.deletes("everyone", 1);
      const { seq, at, conversation } = first;
      expect(await alice.does("everyone", edit, { nonce, at: 99 })).toEqual({
        ok: true,
        conversation,
        seq,
        at,
        duplicate: true,
      });
      const other = { type: "edit", target: 1, message: "four" } as never;
      expect(await alice.asksTo("everyone", other, { nonce })).toEqual({ ok: false, code: "nonce_reused" });
      expect(await alice.says("two", { nonce })).toEqual({ ok: false, code: "nonce_reused" });
      expect(await bob.says("two", { nonce })).toMatchObject({ ok: true, duplicate: false });
    });

    test("the first answer to a message holds also after it was edited and deleted", async () => {
      const { alice } = await two();
      const nonce = "nonce-of-a-message";
      const first = await alice.writes("one", { nonce });
      await alice.edits("everyone", 1, "two");
      expect(await alice.says("one", { nonce })).toEqual({ ...first, duplicate: true });
      expect(await alice.says("two", { nonce })).toEqual({ ok: false, code: "nonce_reused" });
      await alice.deletes("everyone", 1);
      expect(await alice.says("one", { nonce })).toEqual({ ...first, duplicate: true });
    });

    test("time never goes back in a log", async () => {
      const { alice } = await two();
      await alice.writes("late", { at: 100 });
      expect(await alice.writes("by a clock that was set back", { at: 50 })).toMatchObject({ at: 100 });
      expect(
        await alice.does("everyone", { type: "deletion", target: 1 } as never, { at: 60 }),
      ).toMatchObject({
        at: 100,
        entry: { at: 100 },
      });
      const { entries } = await alice.reads("everyone");
      expect(entries.map((entry) => entry.type !== "skip" && entry.at)).toEqual([100, 100, 100]);
    });
  });
}
