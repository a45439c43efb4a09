// The suite of every store: where the numbers of a private conversation begin.

import { describe, expect, test } from "vitest";
import { seqs } from "../store-house.js";
import type { Houses } from "../store-suite.js";

export function numbers(house: Houses): void {
  describe("the numbers of a name", () => {
    test("go on over its holders, at a round number, however much or little was said", async () => {
      const alice = await house().enters("alice");
      const said: number[][] = [];
      for (const most of [3, 1, 0, 2]) {
        const bob = await house().enters("bob");
        const answers = [];
        for (let n = 0; n < most; n++) answers.push(await bob.writes("hi", { to: "@alice" }));
        said.push(answers.map(({ seq }) => seq));
        await bob.leaves();
      }
      expect(said).toEqual([[1, 2, 3], [1_000_001], [], [2_000_001, 2_000_002]]);
      expect(await alice.reads("@bob~1")).toMatchObject({ first: 1, head: 3 });
    });

    test("go on whichever side is another, also both, also with oneself", async () => {
      const seqOf = async (from: string, to: string) => {
        const [one, other] = [await house().enters(from), from === to ? undefined : await house().enters(to)];
        const { seq } = await one.writes("hi", { to: `@${to}` });
        await Promise.all([one.leaves(), other?.leaves()]);
        return seq;
      };
      expect(await seqOf("alice", "bob")).toBe(1);
      expect(await seqOf("carol", "bob")).toBe(1_000_001);
      expect(await seqOf("bob", "alice")).toBe(1_000_001);
      expect(await seqOf("alice", "bob")).toBe(2_000_001);
      expect(await seqOf("dave", "dave")).toBe(1);
      expect(await seqOf("dave", "dave")).toBe(1_000_001);
      expect(await seqOf("erin", "frank")).toBe(1);
    });

    test("begin anew for nobody who comes back with their token", async () => {
      const [alice, bob] = [await house().enters("alice"), await house().enters("bob", "bobs-long-secret-0")];
      await alice.writes("one", { to: "@bob" });
      await bob.leaves();
      await house().enters("bob", "bobs-long-secret-0");
      expect((await alice.writes("two", { to: "@bob" })).seq).toBe(2);
    });

    async function fiveFromTheSecondBob() {
      const alice = await house().enters("alice");
      await (await house().enters("bob")).leaves();
      const bob = await house().enters("bob");
      for (let n = 1; n <= 5; n++) await bob.writes(`${n}`, { to: "@alice" });
      return { alice, bob };
    }

    const high = (...seqs: number[]) => seqs.map((seq) => 1_000_000 + seq);

    test.each([
      ["after 0", { after: 0 }, [1, 2], true],
      ["after an earlier holder's", { after: 5 }, [1, 2], true],
      ["after its first", { after: 1_000_001 }, [2, 3], true],
      ["before its third", { before: 1_000_003 }, [1, 2], false],
      ["before its first", { before: 1_000_001 }, [], false],
      ["around its first", { around: 1_000_001 }, [1, 2], true],
      ["around an earlier holder's", { around: 3 }, [1, 2], true],
      ["the newest", "newest", [4, 5], true],
    ] as const)("begin a log that can be read as any other: %s", async (_, where, shown, more) => {
      const { alice } = await fiveFromTheSecondBob();
      const page = await alice.reads("@bob", where, 2);
      expect(seqs(page)).toEqual(high(...shown));
      expect(page).toMatchObject({ first: 1_000_001, head: 1_000_005, more });
    });

    test("are where cursors begin", async () => {
      const { alice } = await fiveFromTheSecondBob();
      const stand = async () => (await alice.standsIn("@bob")).standings[0];
      expect(await stand()).toMatchObject({ delivered: 1_000_000, read: 1_000_000, unread: 5 });
      const { conversation } = await alice.reads("@bob");
      await alice.got(conversation, { from: 1_000_001, delivered: 1_000_004, read: 1_000_002 });
      expect(await stand()).toMatchObject({ delivered: 1_000_004, read: 1_000_002, unread: 3 });
    });

    test("are all that a reply can name", async () => {
      const { alice } = await fiveFromTheSecondBob();
      for (const replyTo of [1, 5, 1_000_000, 1_000_006])
        expect(await alice.says("what?", { to: "@bob", replyTo })).toEqual({
          ok: false,
          code: "unknown_message",
        });
      expect(await alice.says("what?", { to: "@bob", replyTo: 1_000_001 })).toMatchObject({
        seq: 1_000_006,
      });
    });
  });
}
