// The suite of every store: who holds a name.

import { describe, expect, test } from "vitest";
import { aliceToken, day, nameHoldMs } from "../store-house.js";
import type { Houses } from "../store-suite.js";

export function names(house: Houses): void {
  describe("names", () => {
    test("without a token a name is lent: whoever takes it next is another user", async () => {
      const first = await house().enters("bob");
      await first.leaves();
      const second = await house().enters("bob");
      expect([first.fresh, first.kept, second.fresh]).toEqual([true, false, true]);
      expect(second.user).not.toBe(first.user);
    });

    test("a name that somebody has is refused, with and without a token", async () => {
      await house().enters("bob");
      expect(await house().knocks("bob")).toEqual({ ok: false, code: "name_taken" });
      expect(await house().knocks("bob", "a-token-that-bob-never-had")).toEqual({
        ok: false,
        code: "name_taken",
      });
    });

    test("a token keeps a name: whoever shows it is the same user, spelled as at first", async () => {
      const phone = await house().enters("Alice", aliceToken);
      const laptop = await house().enters("ALICE", aliceToken);
      await phone.leaves();
      const later = await house().enters("alice", aliceToken);
      expect([phone.fresh, laptop.fresh, later.fresh]).toEqual([true, false, false]);
      expect([laptop.user, later.user]).toEqual([phone.user, phone.user]);
      expect([laptop.name, later.name, later.kept]).toEqual(["Alice", "Alice", true]);
    });

    test("a kept name is refused to everybody else, also while its user is away", async () => {
      const alice = await house().enters("alice", aliceToken);
      expect(await house().knocks("alice", "somebody-elses-secret")).toMatchObject({ code: "name_taken" });
      expect(await house().knocks("alice")).toMatchObject({ code: "name_taken" });
      await alice.leaves();
      expect(await house().knocks("alice", "somebody-elses-secret")).toMatchObject({ code: "name_taken" });
      expect(await house().knocks("alice")).toMatchObject({ code: "name_taken" });
    });

    test("a kept name is free once nobody has used it for as long as names are held", async () => {
      const alice = await house().enters("alice", aliceToken);
      await alice.leaves(day);
      expect(await house().knocks("alice", undefined, day + nameHoldMs - 1)).toMatchObject({
        code: "name_taken",
      });
      const other = await house().enters("alice", undefined, day + nameHoldMs);
      expect(other.user).not.toBe(alice.user);
      expect(await house().knocks("alice", aliceToken, day + nameHoldMs)).toMatchObject({
        code: "name_taken",
      });
    });

    test("a kept name that nobody took comes back with its token, however late", async () => {
      const alice = await house().enters("alice", aliceToken);
      await alice.leaves(0);
      expect((await house().enters("alice", aliceToken, 10 * nameHoldMs)).user).toBe(alice.user);
    });

    test("a name can be taken by the call that follows its release", async () => {
      const first = await house().enters("bob");
      const [, second] = await Promise.all([first.leaves(), house().enters("bob")]);
      expect(second.user).not.toBe(first.user);
    });
  });
}
