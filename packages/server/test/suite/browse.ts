// The suite of every store: messages by themselves, by seq and by time.

import type { Browsed, Seq } from "chat-hub";
import { describe, expect, test } from "vitest";
import { must, standing } from "../store-house.js";
import type { Houses } from "../store-suite.js";

export function browsing(house: Houses): void {
  describe("messages as they stand", () => {
    /** Messages 1, 2, 4, 6, 7, 10 at 10, 20, 40 …, with reactions between them. */
    async function sixMessages() {
      const alice = await house().enters("alice");
      const between: Readonly<Record<number, string>> = { 3: "👍", 5: "❤️", 8: "🎉", 9: "🔥" };
      for (const seq of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
        const at = seq * 10;
        const emoji = between[seq];
        const react = { type: "reaction", target: 1, emoji, on: true } as never;
        if (emoji !== undefined) await alice.does("everyone", react, { at });
        else await alice.writes(`${seq % 10}`.repeat(10), { at });
      }
      return alice;
    }

    const shown = ({ messages }: Browsed) => messages.map(({ seq }) => seq as number);

    test("rows count messages only", async () => {
      const alice = await sixMessages();
      for (const [name, where, seqs, more] of [
        ["after 0", { after: 0 }, [1, 2, 4], true],
        ["after a place between", { after: 3 }, [4, 6, 7], true],
        ["after, up to the head", { after: 4 }, [6, 7, 10], false],
        ["after the head", { after: 10 }, [], false],
        ["before a place between", { before: 9 }, [4, 6, 7], true],
        ["before, down to the first", { before: 6 }, [1, 2, 4], false],
        ["before the first", { before: 1 }, [], false],
        ["the newest", "newest", [6, 7, 10], true],
        ["around one", { around: 6 }, [4, 6, 7], true],
        ["around a place between", { around: 5 }, [4, 6, 7], true],
        ["around the first", { around: 1 }, [1, 2, 4], true],
        ["around what is past the last", { around: 99 }, [6, 7, 10], true],
        ["between", { after: 1, before: 10 }, [2, 4, 6], true],
        ["between, all of it", { after: 1, before: 6 }, [2, 4], false],
        ["between nothing", { after: 7, before: 10 }, [], false],
      ] as const) {
        const page = await alice.browses("everyone", where, 3);
        expect([name, shown(page)]).toEqual([name, seqs]);
        expect(page).toMatchObject({ first: 1, head: 10, more, forgotten: false });
      }
    });

    test("bytes are counted from where the window starts", async () => {
      const alice = await sixMessages();
      for (const [name, where, seqs] of [
        ["after", { after: 2 }, [4, 6]],
        ["before", { before: 10 }, [6, 7]],
        ["around", { around: 6 }, [6, 7]],
      ] as const)
        expect([name, shown(await alice.browses("everyone", where, 9, 29))]).toEqual([name, seqs]);
    });

    test("may be asked for by time", async () => {
      const alice = await sixMessages();
      for (const [name, window, seqs, more] of [
        [
          "after a time: from the first entry that is not before it",
          { kind: "after", at: 40 },
          [4, 6, 7],
          true,
        ],
        ["after a time without an entry", { kind: "after", at: 41 }, [6, 7, 10], false],
        ["after the last", { kind: "after", at: 101 }, [], false],
        ["before a time", { kind: "before", at: 40 }, [1, 2], false],
        ["before a time without an entry", { kind: "before", at: 41 }, [1, 2, 4], false],
        ["around a time", { kind: "around", at: 55 }, [4, 6, 7], true],
        ["between two times", { kind: "between", afterAt: 20, beforeAt: 70 }, [2, 4, 6], false],
        ["between the same time", { kind: "between", afterAt: 40, beforeAt: 40 }, [], false],
      ] as const) {
        const page = must(await alice.asksToBrowse("everyone", { kind: "time", window } as never, 3));
        expect([name, shown(page), page.more]).toEqual([name, seqs, more]);
      }
    });

    test("what is between is shown from after the one to before the other, of a log too", async () => {
      const alice = await sixMessages();
      const page = await alice.reads("everyone", { after: 2, before: 6 }, 2);
      expect([page.entries.map(({ seq }) => seq as number), page.more]).toEqual([[3, 4], true]);
      const rest = await alice.reads("everyone", { after: 4, before: 6 }, 2);
      expect([rest.entries.map(({ seq }) => seq as number), rest.more]).toEqual([[5], false]);
    });

    test("are refused as the log is", async () => {
      const [alice, eve] = [await house().enters("alice"), await house().enters("eve")];
      await house().enters("bob");
      await alice.writes("hi", { to: "@bob" });
      for (const of of ["@bob", "#dev"])
        expect(await eve.asksToBrowse(of, { kind: "pins", after: 0 as Seq })).toEqual({
          ok: false,
          code: "unknown_conversation",
        });
    });

    test("of an empty log are none", async () => {
      const alice = await house().enters("alice");
      for (const where of [
        { after: 0 },
        { before: 9 },
        { around: 3 },
        { after: 0, before: 9 },
        "newest",
      ] as const)
        expect(standing(await alice.browses("everyone", where))).toEqual([]);
      const time = { kind: "time", window: { kind: "around", at: 5 } } as never;
      expect(await alice.asksToBrowse("everyone", time)).toMatchObject({ messages: [], first: 1, head: 0 });
    });
  });
}
