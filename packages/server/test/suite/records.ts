// The suite of every store: small records beside the logs, and the audit log.

import type { AuditLine, Kept, RecordChange, RecordKind, Requirement, UserId, WallMillis } from "chat-hub";
import { houseKeys } from "chat-hub";
import { describe, expect, test } from "vitest";
import type { House } from "../store-house.js";
import { must } from "../store-house.js";
import type { Houses } from "../store-suite.js";

const at = (ms: number) => ms as WallMillis;

export async function keeps(
  house: House,
  changes: readonly RecordChange[],
  now = 0,
  audit?: AuditLine,
): Promise<Kept> {
  return must(
    await house.ask({ type: "keep", changes, at: at(now), ...(audit === undefined ? {} : { audit }) }),
  );
}

async function recalls(house: House, kind: RecordKind, key: string, now = 0) {
  return must(await house.ask({ type: "recall", kind, key, at: at(now) })).record;
}

interface Listing {
  readonly prefix?: string;
  readonly after?: string;
  readonly most?: number;
  readonly now?: number;
}

async function lists(
  house: House,
  kind: RecordKind,
  { prefix = "", after, most = 100, now = 0 }: Listing = {},
) {
  const page = after === undefined ? { prefix, most } : { prefix, after, most };
  const { records, more } = must(await house.ask({ type: "records", kind, at: at(now), ...page }));
  return [...records.map(({ key }) => key), ...(more ? ["…"] : [])];
}

export async function tells(house: House, most = 100, before?: number) {
  const { lines, more } = must(
    await house.ask({ type: "audit", most, ...(before === undefined ? {} : { before }) }),
  );
  return [
    ...lines.map(({ id, by, action, about }) => `${id} ${by} ${action} ${about}`),
    ...(more ? ["…"] : []),
  ];
}

export function recordsBeside(house: Houses): void {
  describe("records", () => {
    test("are kept as they were given, by kind and key, until they are removed", async () => {
      await keeps(house(), [
        { kind: "ban", key: "one", value: '{"n":1}', until: at(100) },
        { kind: "admin", key: "one", value: "true" },
      ]);
      expect(await recalls(house(), "ban", "one")).toEqual({
        kind: "ban",
        key: "one",
        value: '{"n":1}',
        until: 100,
      });
      expect(await recalls(house(), "admin", "one")).toEqual({ kind: "admin", key: "one", value: "true" });
      await keeps(house(), [
        { kind: "ban", key: "one", value: "2" },
        { kind: "admin", key: "one" },
      ]);
      expect(await recalls(house(), "ban", "one")).toEqual({ kind: "ban", key: "one", value: "2" });
      expect(await recalls(house(), "admin", "one")).toBeUndefined();
    });

    test("change together or not at all, if one does not stand as it should", async () => {
      await keeps(house(), [{ kind: "invite", key: "a", value: "1" }]);
      const both = (was: string | null): RecordChange[] => [
        { kind: "invite", key: "b", value: "new", was: null },
        { kind: "invite", key: "a", value: "2", was },
      ];
      const audit = { by: "alice", action: "test", about: "a", detail: "" };
      for (const was of ["0", null])
        expect(await keeps(house(), both(was), 0, audit)).toMatchObject({ kept: false });
      expect(await lists(house(), "invite")).toEqual(["a"]);
      expect(await recalls(house(), "invite", "a")).toMatchObject({ value: "1" });
      expect(await tells(house())).toEqual([]);
      expect(await keeps(house(), both("1"), 0, audit)).toMatchObject({ kept: true });
      expect(await lists(house(), "invite")).toEqual(["a", "b"]);
      expect(await keeps(house(), both("2"))).toMatchObject({ kept: false });
      expect(await tells(house())).toEqual(["1 alice test a"]);
    });

    test("change only while the house stands as is required; if it doesn't, it is said where", async () => {
      const [alice, bob] = [1 as UserId, 2 as UserId];
      const value = JSON.stringify({ username: "", by: "", reason: "" });
      const record = (kind: "admin" | "ban", user: UserId) => ({ kind, key: houseKeys.user(user) }) as const;
      const audit = { by: "alice", action: "test", about: "", detail: "" };
      const judged = async (requires: readonly Requirement[], now = 0) => {
        const changes = [{ kind: "switch", key: "light", value: "on" }] as const;
        const kept = must(await house().ask({ type: "keep", changes, audit, requires, at: at(now) }));
        const stands = (await recalls(house(), "switch", "light")) !== undefined;
        await keeps(house(), [{ kind: "switch", key: "light" }]);
        expect(stands).toBe(kept.kept);
        return kept.lacks;
      };
      const admin: Requirement = { what: "admin", user: alice };
      const beside: Requirement = { what: "adminBeside", user: alice, byAccount: false };
      expect(await judged([])).toBeUndefined();
      expect(await judged([beside, { what: "noAdmin", users: [alice, bob] }])).toBeUndefined();
      expect(await judged([beside, admin])).toBe(1);
      await keeps(house(), [{ ...record("admin", alice), value }]);
      expect(await judged([admin, { what: "noAdmin", users: [bob] }])).toBeUndefined();
      expect(await judged([admin, { what: "noAdmin", users: [bob, alice] }])).toBe(1);
      expect(await judged([beside])).toBe(0);
      await keeps(house(), [{ ...record("admin", bob), value }]);
      expect(await judged([beside])).toBeUndefined();
      expect(await judged([{ ...beside, byAccount: true }])).toBe(0);
      const full = (more: number): Requirement => ({ what: "room", of: "ban", more, most: 2 });
      await keeps(house(), [{ ...record("ban", bob), value, until: at(100) }]);
      expect(await judged([{ what: "notBanned", user: alice }, full(1)])).toBeUndefined();
      expect(await judged([full(1), full(2)])).toBe(1);
      const both = [beside, { what: "notBanned", user: bob }] as const;
      for (const one of both) expect(await judged([one], 99)).toBe(0);
      for (const one of both) expect(await judged([one], 100)).toBeUndefined();
      // Nothing that was not done stands in the audit log.
      expect(await tells(house())).toHaveLength(7);
    });

    test("that have expired are as if they had never been kept", async () => {
      await keeps(house(), [{ kind: "login", key: "a", value: "1", until: at(50) }]);
      expect(await recalls(house(), "login", "a", 49)).toMatchObject({ value: "1" });
      expect(await lists(house(), "login", { now: 49 })).toEqual(["a"]);
      expect(await recalls(house(), "login", "a", 50)).toBeUndefined();
      expect(await lists(house(), "login", { now: 50 })).toEqual([]);
      expect(await keeps(house(), [{ kind: "login", key: "a", value: "2", was: "1" }], 50)).toMatchObject({
        kept: false,
      });
      expect(await keeps(house(), [{ kind: "login", key: "a", value: "2", was: null }], 50)).toMatchObject({
        kept: true,
      });
    });

    test("expire in their thousands, and the others stay", async () => {
      const kept = Array.from({ length: 3_000 }, (_, n) => {
        const value = { kind: "login", key: `old${n}`, value: "", until: at(n + 1) } as const;
        return keeps(house(), [value, { kind: "login", key: `new${n % 10}`, value: "" }], n);
      });
      await Promise.all(kept);
      expect(await lists(house(), "login", { now: 3_000 })).toEqual(
        Array.from({ length: 10 }, (_, n) => `new${n}`),
      );
    });

    test("are listed by key, by code points, page by page, and by how their keys begin", async () => {
      const keys = ["b:1", "a:2", "a:10", "a:", "a", "b:\u{10400}", "b:\uFDF2", "a:\u{10FFFF}z"];
      await keeps(
        house(),
        keys.map((key) => ({ kind: "login", key, value: "" })),
      );
      await keeps(house(), [{ kind: "account", key: "a:0", value: "" }]);
      const all = ["a", "a:", "a:10", "a:2", "a:\u{10FFFF}z", "b:1", "b:\uFDF2", "b:\u{10400}"];
      expect(await lists(house(), "login")).toEqual(all);
      expect(await lists(house(), "login", { prefix: "a:" })).toEqual(all.slice(1, 5));
      expect(await lists(house(), "login", { prefix: "a:", most: 2 })).toEqual(["a:", "a:10", "…"]);
      expect(await lists(house(), "login", { prefix: "a:", most: 2, after: "a:10" })).toEqual(
        all.slice(3, 5),
      );
      expect(await lists(house(), "login", { most: 3, after: "a:2" })).toEqual([...all.slice(4, 7), "…"]);
      expect(await lists(house(), "login", { prefix: "c" })).toEqual([]);
      expect(await lists(house(), "login", { prefix: "b", after: "c" })).toEqual([]);
    });

    test("are recalled in the order of the writing calls", async () => {
      const answers = [];
      for (let n = 0; n < 5; n += 1) {
        void keeps(house(), [{ kind: "switch", key: "light", value: `${n}` }]);
        answers.push(recalls(house(), "switch", "light"));
      }
      expect((await Promise.all(answers)).map((record) => record?.value)).toEqual(["0", "1", "2", "3", "4"]);
    });
  });

  describe("the audit log", () => {
    test("has what was done in its order, with when and why, and is read from its end", async () => {
      for (const [n, action] of ["ban", "unban", "announce"].entries())
        await keeps(house(), [], n * 10, { by: "alice", action, about: "bob", detail: `why ${n}` });
      const { lines } = must(await house().ask({ type: "audit", most: 1 }));
      expect(lines).toEqual([
        { id: 3, at: 20, by: "alice", action: "announce", about: "bob", detail: "why 2" },
      ]);
      expect(await tells(house(), 2)).toEqual(["3 alice announce bob", "2 alice unban bob", "…"]);
      expect(await tells(house(), 2, 2)).toEqual(["1 alice ban bob"]);
      expect(await tells(house(), 2, 1)).toEqual([]);
    });
  });
}
