// The suite of every store: who holds a name.

import type { NameKey, WallMillis } from "chat-hub";
import { houseKeys, skeleton } from "chat-hub";
import { describe, expect, test } from "vitest";
import { aliceToken, day, Guest, must, nameHoldMs } from "../store-house.js";
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

    test("an account is the same user again, spelled as at first, and is kept", async () => {
      const first = must(await house().comes("Alice", "alice"));
      const again = must(await house().comes("alice", "alice"));
      expect([first.fresh, first.kept, again.fresh, again.name]).toEqual([true, true, false, "Alice"]);
      expect(again.user).toBe(first.user);
      await new Guest(house(), again).leaves(0);
      expect(await house().ask({ type: "whois", key: "alice" as NameKey })).toMatchObject({
        ...{ user: first.user, name: "Alice", kept: true, account: "alice" },
      });
      expect(must(await house().comes("alice", "alice", 100 * nameHoldMs)).user).toBe(first.user);
    });

    test("an account is one user, under the name that it first came by, whatever it is called later", async () => {
      const first = must(await house().comes("Alice", "issuer 7"));
      const alice = { key: "alice", name: "Alice" };
      expect(await house().isKnownAs("alicia", "issuer 7")).toEqual(alice);
      await new Guest(house(), first).leaves(0);
      expect(await house().isKnownAs("alicia", "issuer 7")).toEqual(alice);
      expect(await house().knocks("alicia")).toMatchObject({ ok: true, fresh: true });
      expect(await house().isKnownAs("alicia", "issuer 7")).toEqual(alice);
      expect(must(await house().comes("alice", "issuer 7")).user).toBe(first.user);
    });

    test("two names of a new account at once: the first is its user's", async () => {
      const [first, known] = await Promise.all([
        house().comes("alice", "issuer 7"),
        house().isKnownAs("alicia", "issuer 7"),
      ]);
      expect([must(first).name, known.name]).toEqual(["alice", "alice"]);
    });

    test("the name of an account is refused to everybody else, however long its user has been away", async () => {
      const alice = new Guest(house(), must(await house().comes("alice", "alice")));
      const others = async (at: number) => [
        await house().knocks("alice", undefined, at),
        await house().knocks("alice", aliceToken, at),
        await house().knocks("alice", "account alice", at),
        await house().comes("alice", "another", at),
      ];
      const refused = Array.from({ length: 4 }, () => ({ ok: false, code: "name_taken" }));
      expect(await others(0)).toEqual(refused);
      await alice.leaves(0);
      expect(await others(100 * nameHoldMs)).toEqual(refused);
    });

    test("a name that only a token held gives way to an account, whose user is another; not while its user is here", async () => {
      const before = await house().enters("alice", aliceToken);
      await before.makes("#dev");
      expect(await house().comes("alice", "alice")).toEqual({ ok: false, code: "name_taken" });
      await before.leaves(0);
      const after = must(await house().comes("alice", "alice", 1));
      expect(after.fresh).toBe(true);
      expect(after.user).not.toBe(before.user);
      expect(after.left).toMatchObject([{ place: { room: { name: "dev" } }, entry: { type: "leave" } }]);
      await new Guest(house(), after).leaves(1);
      expect(await house().knocks("alice", aliceToken, 2)).toEqual({ ok: false, code: "name_taken" });
    });

    test("an account's name and looks are its owner's before they first log in; who holds the name by a token keeps it until then", async () => {
      const bob = await house().enters("bob", aliceToken);
      await bob.leaves(0);
      const accountOf = (name: string) => [
        { kind: "account", key: name, value: "{}" } as const,
        { kind: "look", key: skeleton(name), value: JSON.stringify(name) } as const,
      ];
      const changes = [...accountOf("alice"), ...accountOf("bob"), ...accountOf("modern")];
      await house().ask({ type: "keep", changes, at: 0 as WallMillis });
      expect(await house().knocks("alice")).toEqual({ ok: false, code: "name_taken" });
      expect(await house().knocks("alice", aliceToken)).toEqual({ ok: false, code: "name_taken" });
      expect(await house().comes("alice", "jwt:issuer alice")).toEqual({ ok: false, code: "name_taken" });
      expect(await house().knocks("modem")).toEqual({ ok: false, code: "looks_alike", name: "modern" });
      expect((await house().enters("bob", aliceToken, 1)).user).toBe(bob.user);
      await bob.leaves(1);
      expect(must(await house().comes("bob", "bob", 2)).user).not.toBe(bob.user);
      expect(must(await house().comes("alice", "alice", 2)).fresh).toBe(true);
    });

    test("whoever looked after the house by a name that an account took does so no more", async () => {
      const before = await house().enters("alice", aliceToken);
      const change = {
        kind: "admin",
        key: houseKeys.user(before.user),
        value: '{"username":"alice"}',
      } as const;
      await house().ask({ type: "keep", changes: [change], at: 0 as WallMillis });
      await before.leaves(0);
      expect(must(await house().comes("alice", "alice", 1))).toMatchObject({ lapsed: before.user });
      expect(
        await house().ask({ type: "recall", kind: "admin", key: change.key, at: 1 as WallMillis }),
      ).toEqual({ ok: true });
      expect(await house().ask({ type: "audit", most: 1 })).toMatchObject({
        lines: [{ by: "", action: "set_role", about: "alice" }],
      });
      expect(must(await house().comes("bob", "bob", 1))).not.toHaveProperty("lapsed");
    });

    test("whoever has an account may do what needs a name that is kept", async () => {
      const alice = new Guest(house(), must(await house().comes("alice", "alice")));
      const bob = new Guest(house(), must(await house().comes("bob", "bob")));
      await alice.makes("#dev");
      expect(await alice.blocks("bob")).toMatchObject({ ok: true });
      await bob.leaves(0);
      expect(await alice.says("hi", { to: "@bob" })).toMatchObject({ code: "blocked" });
    });
  });
}
