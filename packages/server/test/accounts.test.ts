// What is done with accounts from the shell, and how passwords are kept.

import type { WallMillis } from "chat-hub";
import { defaultLimits, parseName } from "chat-hub";
import { describe, expect, test } from "vitest";
import {
  addAccount,
  listAccounts,
  makeInvite,
  setAccountDisabled,
  setAccountPassword,
} from "../dist/gates/accounts.js";
import { Hashes } from "../dist/gates/password/hashes.js";
import { isWeak } from "../dist/gates/password/weak.js";
import { FewRecords } from "./few-records.js";

const at = 1_795_357_825_000 as WallMillis;
const quick = { ln: 4, r: 8, p: 1 };

function named(text: string) {
  const name = parseName(text, defaultLimits);
  if (!name.ok) throw new Error(name.fault);
  return name.value;
}

const alice = named("Alice");
const password = "four words nobody guesses";

test("an account is added once, listed by name, and every deed is a line of the audit log", async () => {
  const records = new FewRecords();
  const hashes = new Hashes(quick);
  expect(await addAccount(records.ask, hashes, { name: named("bob"), password, at })).toEqual({ ok: true });
  expect(await addAccount(records.ask, hashes, { name: alice, password, at })).toEqual({ ok: true });
  expect(await addAccount(records.ask, hashes, { name: named("ALICE"), password, at })).toEqual({
    ok: false,
    code: "name_taken",
  });
  expect(await setAccountDisabled(records.ask, { key: alice.key, disabled: true, at })).toEqual({ ok: true });
  expect(await listAccounts(records.ask, at)).toEqual({
    ok: true,
    accounts: [
      { name: "Alice", created: at, disabled: true },
      { name: "bob", created: at, disabled: false },
    ],
  });
  await makeInvite(records.ask, { uses: 3, at });
  expect(records.audit).toEqual([
    "|user add|bob|",
    "|user add|Alice|",
    "|user disable|Alice|",
    "|invite||for 3",
  ]);
});

test("no account looks like another, were they added at once", async () => {
  const records = new FewRecords();
  const hashes = new Hashes(quick);
  const added = (text: string) => addAccount(records.ask, hashes, { name: named(text), password, at });
  expect(await added("Mary")).toEqual({ ok: true });
  expect(await added("rnary")).toEqual({ ok: false, code: "looks_alike" });
  expect(await added("MARY")).toEqual({ ok: false, code: "name_taken" });
  const both = await Promise.all([added("alice"), added("aIice")]);
  expect(both.map((answer) => answer.ok || answer.code).sort()).toEqual(["looks_alike", true]);
  expect(records.audit).toHaveLength(2);
});

test("of a password nothing is kept but its hash; another one begins another series of logins", async () => {
  const records = new FewRecords();
  const hashes = new Hashes(quick);
  await addAccount(records.ask, hashes, { name: alice, password, at });
  const kept = () => JSON.parse(records.kept.get("account alice")?.value ?? "");
  const before = kept();
  expect(before.hash).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$/);
  const change = { key: alice.key, password: "and quite another one", at };
  expect(await setAccountPassword(records.ask, hashes, change)).toEqual({ ok: true });
  expect(kept().series).not.toBe(before.series);
  expect(await hashes.matches("and quite another one", kept().hash)).toBe(true);
  expect(await hashes.matches(password, kept().hash)).toBe(false);
  expect(JSON.stringify([...records.kept, ...records.audit])).not.toMatch(/four words|quite another/);
});

test("nobody's account is not changed, and a store that is down is said to be", async () => {
  const records = new FewRecords();
  const change = { key: alice.key, password, at };
  expect(await setAccountPassword(records.ask, new Hashes(quick), change)).toEqual({
    ok: false,
    code: "unknown_user",
  });
  records.isDown = true;
  for (const answer of [
    await addAccount(records.ask, new Hashes(quick), { name: alice, password, at }),
    await setAccountDisabled(records.ask, { key: alice.key, disabled: true, at }),
    await listAccounts(records.ask, at),
    await makeInvite(records.ask, { uses: 1, at }),
  ])
    expect(answer).toEqual({ ok: false, code: "unavailable" });
});

test("an invite code is kept as a hash", async () => {
  const records = new FewRecords();
  const made = await makeInvite(records.ask, { uses: 1, at });
  const { code } = made as { code: string };
  expect(code).toMatch(/^[\w-]{20}$/);
  expect(JSON.stringify([...records.kept])).not.toContain(code);
});

describe("hashes", () => {
  test("each has a salt of its own; composed or not, a password is the same", async () => {
    const hashes = new Hashes(quick);
    const [one, other] = [await hashes.make("café with milk"), await hashes.make("café with milk")];
    expect(one).not.toBe(other);
    expect(await hashes.matches("cafe\u0301 with milk", one)).toBe(true);
    expect(await hashes.matches("cafe with milk", one)).toBe(false);
  });

  test("where nothing is kept one is computed all the same, and it is nobody's", async () => {
    const hashes = new Hashes(quick);
    expect(await hashes.matches(password, undefined)).toBe(false);
    expect(await hashes.matches(password, "not written by us")).toBe(false);
    expect(hashes.computed).toBe(2);
  });

  test("the real cost is 32 MiB and can be computed", async () => {
    const hashes = new Hashes();
    const kept = await hashes.make(password);
    expect(kept).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await hashes.matches(password, kept)).toBe(true);
  });

  test("so many wait and no more; those that wait come in their turn", async () => {
    const hashes = new Hashes(quick);
    const made = await Promise.all(Array.from({ length: 70 }, () => hashes.make(password)));
    expect(made.filter((one) => one === undefined)).toHaveLength(4);
    expect(hashes.computed).toBe(66);
    expect(await hashes.make(password)).toMatch(/^\$scrypt/);
  });
});

describe("a weak password", () => {
  test.each([
    "short",
    "12345678",
    "87654321",
    "aaaaaaaaaa",
    "abababab",
    "password",
    "Password1!",
    "P@ssw0rd",
    "qwertyui",
    "letmein123",
    "!!welcome!!",
    "alicealice",
    "Alice2026",
    "secretsecret",
  ])("%s", (text) => expect(isWeak(text, alice)).toBe(true));
  test.each([password, "correct-horse", "Tr0ub4dor&3", "كلمة سر طويلة", "我的密码很长很长"])(
    "not %s",
    (text) => expect(isWeak(text, alice)).toBe(false),
  );
});
