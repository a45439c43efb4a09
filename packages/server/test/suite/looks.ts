// The suite of every store: names that look like one that is held.

import type { NameKey, WallMillis } from "chat-hub";
import { describe, expect, test } from "vitest";
import { aliceToken, day, nameHoldMs } from "../store-house.js";
import type { Houses } from "../store-suite.js";

const alike = (name: string) => ({ ok: false, code: "looks_alike", name });
const mallory = "a-secret-of-mallory";

export function looks(house: Houses): void {
  describe("looks", () => {
    test.each([
      ["a capital I", "alice", "aIice"],
      ["rn", "mary", "rnary"],
      ["Cyrillic letters", "coco", "сосо"],
      ["Arabic letters with other dots", "علي", "على"],
    ])("a name that looks like somebody's is refused, and says whose: %s", async (_what, name, other) => {
      await house().enters(name);
      expect(await house().knocks(other)).toEqual(alike(name));
      expect(await house().knocks(other, mallory)).toEqual(alike(name));
    });

    test("it is told as its holder spells it", async () => {
      await house().enters("Mary");
      expect(await house().knocks("rnary")).toEqual(alike("Mary"));
    });

    test("a name that looks like that of somebody without a token is free when they have gone", async () => {
      const alice = await house().enters("alice");
      await alice.leaves();
      const other = await house().enters("aIice");
      expect(await house().knocks("alice")).toEqual(alike("aIice"));
      await other.leaves();
      expect((await house().enters("alice")).fresh).toBe(true);
    });

    test("a kept name keeps its looks for as long as it is held", async () => {
      const alice = await house().enters("alice", aliceToken);
      expect(await house().knocks("aIice", mallory)).toEqual(alike("alice"));
      await alice.leaves(day);
      expect(await house().knocks("aIice", mallory, day + nameHoldMs - 1)).toEqual(alike("alice"));
      expect((await house().enters("aIice", mallory, day + nameHoldMs)).fresh).toBe(true);
    });

    test("who comes back when their hold is over is refused if another has the looks by then", async () => {
      const alice = await house().enters("alice", aliceToken);
      await alice.leaves(0);
      const other = await house().enters("aIice", undefined, nameHoldMs);
      expect(await house().knocks("alice", aliceToken, nameHoldMs)).toEqual(alike("aIice"));
      await other.leaves(nameHoldMs);
      expect((await house().enters("alice", aliceToken, nameHoldMs)).user).toBe(alice.user);
    });

    test("a name is not like itself: a second device, and whoever takes it next, are let in", async () => {
      const phone = await house().enters("Irma", aliceToken);
      const laptop = await house().enters("irma", aliceToken);
      expect(laptop.user).toBe(phone.user);
      const first = await house().enters("bo0m");
      await first.leaves();
      expect((await house().enters("BO0M")).fresh).toBe(true);
    });

    test("whoever takes a name next is as alike as they spell it themselves", async () => {
      const first = await house().enters("ian");
      expect((await house().enters("lan")).fresh).toBe(true);
      await first.leaves();
      expect(await house().knocks("Ian")).toEqual(alike("lan"));
      expect((await house().enters("ian")).fresh).toBe(true);
    });

    test("a name that is taken is told so, whatever it looks like", async () => {
      await house().enters("alice");
      expect(await house().knocks("ALICE")).toEqual({ ok: false, code: "name_taken" });
    });

    test("an account gives way only to another, or to who is here; what only a token keeps gives way to it", async () => {
      const kept = await house().enters("Mary", mallory);
      const asks = (name: string) => house().comes(name, name);
      expect(await asks("rnary")).toEqual(alike("Mary"));
      await kept.leaves(0);
      const account = await asks("rnary");
      expect(account).toMatchObject({ ok: true, fresh: true, kept: true });
      // Within its hold: the token proves who they are, and the looks are the account's all the same.
      expect(await house().knocks("Mary", mallory, 0)).toEqual(alike("rnary"));
      if (account.ok) await house().ask({ type: "release", user: account.user, at: 0 as WallMillis });
      expect(await asks("mаry")).toEqual(alike("rnary"));
      expect(await house().knocks("mаry", mallory, 100 * nameHoldMs)).toEqual(alike("rnary"));
      expect(await asks("rnary")).toMatchObject({ fresh: false });
    });

    test("of many who ask for names that look alike at once, the first is let in", async () => {
      const names = ["modem", "rnodem", "moclern", "rnoclern", "m0dem", "rn0dem", "MODEM"];
      const answers = await Promise.all(names.map((name) => house().knocks(name)));
      expect(answers.map((answer) => answer.ok || answer.code)).toEqual([
        true,
        ...Array(5).fill("looks_alike"),
        "name_taken",
      ]);
    });

    test("a name for nobody new is only for who holds it", async () => {
      const key = "田中ken" as NameKey;
      const call = { type: "identify", key, name: "田中Ken", at: 0 as WallMillis } as const;
      expect(await house().ask({ ...call, heldOnly: true })).toEqual({ ok: false, code: "bad_name" });
      const ken = await house().enters("田中Ken", aliceToken);
      expect(await house().ask({ ...call, heldOnly: true, token: aliceToken })).toMatchObject({
        user: ken.user,
        fresh: false,
      });
      expect(await house().ask({ ...call, heldOnly: true })).toEqual({ ok: false, code: "name_taken" });
      await ken.leaves(0);
      const late = { ...call, heldOnly: true, at: nameHoldMs as WallMillis } as const;
      expect(await house().ask({ ...late, token: mallory })).toEqual({ ok: false, code: "bad_name" });
      expect(await house().ask({ ...late, token: aliceToken })).toMatchObject({
        user: ken.user,
        fresh: false,
      });
    });
  });
}
