// The suite of every store: replies make threads.

import { describe, expect, test } from "vitest";
import { seqs, standing } from "../store-house.js";
import type { Houses } from "../store-suite.js";

export function threads(house: Houses): void {
  describe("threads", () => {
    async function talk() {
      const [alice, bob] = [await house().enters("alice"), await house().enters("bob")];
      await alice.writes("one");
      await alice.writes("elsewhere");
      await bob.writes("two", { replyTo: 1 });
      await alice.writes("three", { replyTo: 3 });
      await alice.writes("elsewhere too");
      await bob.writes("four", { replyTo: 1 });
      return { alice, bob };
    }

    test("a reply names its thread, which is where it began; the answer tells it", async () => {
      const { alice } = await talk();
      const answer = await alice.writes("five", { replyTo: 4 });
      expect(answer).toMatchObject({
        seq: 7,
        entry: { type: "message", replyTo: 4, thread: 1, message: "five" },
      });
      expect(await alice.writes("plain")).not.toHaveProperty("entry");
      expect(standing(await alice.browses("everyone"))).toEqual([
        "1 alice: one 4 replies",
        "2 alice: elsewhere",
        "3 bob: two ^1 #1",
        "4 alice: three ^3 #1",
        "5 alice: elsewhere too",
        "6 bob: four ^1 #1",
        "7 alice: five ^4 #1",
        "8 alice: plain",
      ]);
    });

    test("are read from any of their messages, their first included, page by page", async () => {
      const { bob } = await talk();
      for (const target of [1, 3, 4, 6]) {
        const { messages, more } = await bob.readsThread("everyone", target);
        expect([messages.map(({ seq }) => seq as number), more]).toEqual([[1, 3, 4, 6], false]);
      }
      const first = await bob.readsThread("everyone", 6, 0, 2);
      expect(first).toMatchObject({ more: true, head: 6, first: 1 });
      expect(seqs({ entries: (await bob.readsThread("everyone", 6, 3, 2)).messages })).toEqual([4, 6]);
      expect(seqs({ entries: (await bob.readsThread("everyone", 2)).messages })).toEqual([2]);
    });

    test("of nothing there are none", async () => {
      const { bob } = await talk();
      await bob.reacts("everyone", 1, "👍");
      for (const of of [7, 8])
        expect(await bob.asksToBrowse("everyone", { kind: "thread", of, after: 0 } as never)).toEqual({
          ok: false,
          code: "unknown_message",
        });
    });

    test("keep what was deleted in them as a place, and go on below a deleted first", async () => {
      const { alice, bob } = await talk();
      await bob.deletes("everyone", 3);
      await alice.deletes("everyone", 1);
      await bob.writes("still here", { replyTo: 6 });
      expect(standing(await alice.readsThread("everyone", 4))).toEqual([
        "1 alice: (deleted) 4 replies",
        "3 bob: (deleted) ^1 #1",
        "4 alice: three ^3 #1",
        "6 bob: four ^1 #1",
        "9 bob: still here ^6 #1",
      ]);
    });
  });
}
