// The suite of every store: sending exactly once.

import { describe, expect, test } from "vitest";
import { lines } from "../store-house.js";
import type { Houses } from "../store-suite.js";

export function nonces(house: Houses): void {
  describe("nonces", () => {
    const nonce = "0192-visible-ascii";

    test("a message that is sent again gets the same place, and is there once", async () => {
      const alice = await house().enters("alice");
      const first = await alice.writes("hi", { nonce, at: 10 });
      await alice.writes("something else");
      expect(await alice.says("hi", { nonce, at: 99 })).toEqual({ ...first, duplicate: true });
      expect(lines(await alice.reads("everyone"))).toEqual(["1 alice: hi", "2 alice: something else"]);
    });

    test("sent many times at once it is there once", async () => {
      const alice = await house().enters("alice");
      const answers = await Promise.all(Array.from({ length: 5 }, () => alice.writes("hi", { nonce })));
      expect(answers.map(({ seq, duplicate }) => [seq, duplicate])).toEqual([
        [1, false],
        [1, true],
        [1, true],
        [1, true],
        [1, true],
      ]);
    });

    test("with anything else it is refused, and nothing is stored", async () => {
      const alice = await house().enters("alice");
      await house().enters("bob");
      await alice.writes("before");
      await alice.writes("hi", { nonce });
      for (const [message, saying] of [
        ["hi!", { nonce }],
        ["hi", { nonce, replyTo: 1 }],
        ["hi", { nonce, to: "@bob" }],
        ["hi", { nonce, to: "@nobody" }],
      ] as const)
        expect(await alice.says(message, saying)).toEqual({ ok: false, code: "nonce_reused" });
      expect((await alice.reads("everyone")).head).toBe(2);
      expect(await alice.asksToRead("@bob")).toMatchObject({ ok: false });
    });

    test("it belongs to its user: another one's is another message", async () => {
      const [alice, bob] = [await house().enters("alice"), await house().enters("bob")];
      const answers = [await alice.writes("hi", { nonce }), await bob.writes("hi", { nonce })];
      expect(answers.map(({ seq, duplicate }) => [seq, duplicate])).toEqual([
        [1, false],
        [2, false],
      ]);
    });

    test("the first answer holds whatever has changed since: the other side has gone, or is another", async () => {
      const [alice, bob] = [await house().enters("alice"), await house().enters("bob")];
      const first = await alice.writes("hi", { to: "@bob", nonce });
      await bob.leaves();
      expect(await alice.says("hi", { to: "@bob", nonce })).toEqual({ ...first, duplicate: true });
      await house().enters("bob");
      const again = await alice.writes("hi", { to: "@bob", nonce });
      expect(again).toMatchObject({ conversation: first.conversation, seq: 1, duplicate: true });
      expect(again.peer).toMatchObject({ user: bob.user, holder: 1 });
    });

    test("a refused message leaves its nonce unused", async () => {
      const alice = await house().enters("alice");
      expect(await alice.says("hi", { to: "@bob", nonce })).toMatchObject({ code: "unknown_user" });
      await house().enters("bob");
      expect(await alice.says("hi", { to: "@bob", nonce })).toMatchObject({ ok: true, duplicate: false });
    });
  });
}
