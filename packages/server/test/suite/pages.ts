// The suite of every store: pages of a log.

import { everyone } from "chat-hub";
import { describe, expect, test } from "vitest";
import { seqs } from "../store-house.js";
import type { Houses } from "../store-suite.js";

export function pages(house: Houses): void {
  describe("pages", () => {
    async function tenLines() {
      const alice = await house().enters("alice");
      for (let n = 1; n <= 10; n++) await alice.writes(`${n % 10}`.repeat(10));
      return alice;
    }

    test.each([
      ["from after a seq up", { after: 0 }, [1, 2, 3, 4], true],
      ["up to the head", { after: 6 }, [7, 8, 9, 10], false],
      ["nothing after the head", { after: 10 }, [], false],
      ["nothing past the head", { after: 99 }, [], false],
      ["the ones before a seq", { before: 6 }, [2, 3, 4, 5], true],
      ["down to the first", { before: 5 }, [1, 2, 3, 4], false],
      ["nothing before the first", { before: 1 }, [], false],
      ["the newest before a seq past the head", { before: 99 }, [7, 8, 9, 10], true],
      ["what stands around a seq", { around: 5 }, [3, 4, 5, 6], true],
      ["a whole page around the first", { around: 1 }, [1, 2, 3, 4], true],
      ["a whole page around the head", { around: 10 }, [7, 8, 9, 10], true],
      ["the newest", "newest", [7, 8, 9, 10], true],
    ] as const)("show %s", async (_, where, shown, more) => {
      const alice = await tenLines();
      const page = await alice.reads("everyone", where, 4);
      expect(seqs(page)).toEqual(shown);
      expect(page).toMatchObject({ conversation: everyone, first: 1, head: 10, more });
    });

    test.each([
      ["after", { after: 2 }, [3, 4, 5]],
      ["before", { before: 9 }, [6, 7, 8]],
      ["the newest", "newest", [8, 9, 10]],
      ["around", { around: 5 }, [4, 5, 6]],
    ] as const)("leave out at the far end what has no room: %s", async (_, where, shown) => {
      const alice = await tenLines();
      const page = await alice.reads("everyone", where, 100, 39);
      expect(seqs(page)).toEqual(shown);
      expect(page.more).toBe(true);
    });

    test("count UTF-8 bytes, and show one message however long it is", async () => {
      const alice = await house().enters("alice");
      for (const message of ["ééé", "ééé", "x"]) await alice.writes(message);
      expect(seqs(await alice.reads("everyone", { after: 0 }, 9, 11))).toEqual([1]);
      expect(seqs(await alice.reads("everyone", { after: 0 }, 9, 12))).toEqual([1, 2]);
      expect(seqs(await alice.reads("everyone", { after: 0 }, 9, 1))).toEqual([1]);
    });

    test("of an empty log are empty", async () => {
      const alice = await house().enters("alice");
      for (const where of [{ after: 0 }, { before: 5 }, { around: 1 }, "newest"] as const)
        expect(await alice.reads("everyone", where)).toMatchObject({
          entries: [],
          first: 1,
          head: 0,
          more: false,
        });
    });

    test("show an entry only once its append was answered, and then always", async () => {
      const alice = await house().enters("alice");
      let answered = 0;
      const pages: Promise<void>[] = [];
      const check = async (least: number) => {
        const page = await alice.reads("everyone", "newest", 3);
        expect(page.head).toBeLessThanOrEqual(answered);
        expect(page.head).toBeGreaterThanOrEqual(least);
        expect(page.entries.at(-1)?.seq ?? 0).toBe(page.head);
      };
      for (let turn = 0; turn < 300; turn++) {
        for (let n = 0; n < 5; n++)
          alice.writes("x").then(({ seq }) => {
            answered = seq;
          });
        pages.push(check(answered));
        if (turn % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      await Promise.all(pages);
    });
  });
}
