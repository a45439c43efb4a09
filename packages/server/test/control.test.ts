// The shell's way to a house: over the socket of the server that has it open, or into the store itself.

import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import type { HouseOrder, NameKey, StoreCall, WallMillis } from "chat-hub";
import { defaultLimits, everyone, houseKeys, isPassword } from "chat-hub";
import { describe, expect, onTestFinished, test } from "vitest";
import { adminErrands } from "../dist/control/admins.js";
import { askHouse } from "../dist/control/ask.js";
import type { Errands, OpenHouse } from "../dist/control/errand.js";
import { carryOut, ErrandError } from "../dist/control/errand.js";
import { listenToShell } from "../dist/control/socket.js";
import { userErrands } from "../dist/control/users.js";
import { FewRecords } from "./few-records.js";
import { houseIn, newDirectory } from "./sqlite-place.js";
import type { House } from "./store-house.js";
import { must } from "./store-house.js";

const at = 0 as WallMillis;

const errands: Errands = {
  list: async ({ ask }) => {
    const answer = await ask({ type: "records", kind: "invite", prefix: "", most: 10, at });
    return { ok: answer.ok, lines: answer.ok ? answer.records.map(({ key }) => key) : [answer.code] };
  },
  add: async ({ ask }, [key = ""]) => {
    if (key === "") throw new ErrandError("say what");
    await ask({ type: "keep", changes: [{ kind: "invite", key, value: "1" }], at });
    return { ok: true, lines: [] };
  },
  fails: () => Promise.reject(new Error("a secret of the inside")),
};

const invites = { type: "records", kind: "invite", prefix: "", most: 10, at } as const;

/** Nobody serves it: orders are another test's. */
function opened(house: House): OpenHouse {
  return {
    ask: ((call: StoreCall) => house.ask(call)) as OpenHouse["ask"],
    order: () => Promise.resolve({ ok: true }),
    tell() {},
  };
}

function serving(directory: string, house: House): string[] {
  const warnings: string[] = [];
  const open = opened(house);
  const socket = listenToShell(directory, errands, open, (line) => warnings.push(line));
  onTestFinished(() => socket.close());
  return warnings;
}

/** What a shell of another make hears. */
function says(directory: string, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = createConnection({ path: join(directory, "control.sock"), allowHalfOpen: true });
    let heard = "";
    socket.on("data", (chunk) => {
      heard += String(chunk);
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(heard));
    socket.end(text);
  });
}

test("an errand is carried out by the server that has the directory open, else in the store itself", async () => {
  const directory = newDirectory();
  const house = houseIn(directory);
  await house.enters("alice");
  serving(directory, house);
  expect(await askHouse(directory, errands, { errand: "add", words: ["ban"] })).toEqual({
    ok: true,
    lines: [],
  });
  // The server has it at once: it is the one who did it.
  expect(await house.ask(invites)).toMatchObject({ records: [{ key: "ban" }] });
  await house.close();

  const gone = newDirectory();
  const before = houseIn(gone);
  await before.close();
  // As a killed server leaves it: a socket file at which nobody listens.
  writeFileSync(join(gone, "control.sock"), "");
  expect(await askHouse(gone, errands, { errand: "add", words: ["pardon"] })).toEqual({
    ok: true,
    lines: [],
  });
  const after = houseIn(gone);
  expect(await after.ask(invites)).toMatchObject({ records: [{ key: "pardon" }] });
  await after.close();
});

test("the socket is its owner's alone: nobody else of the machine gives orders", async () => {
  const directory = newDirectory();
  const house = houseIn(directory);
  serving(directory, house);
  expect(statSync(join(directory, "control.sock")).mode & 0o777).toBe(0o600);
  await house.close();
});

test("what is asked wrongly is told in a line; what fails inside is told to the log, not to the shell", async () => {
  const directory = newDirectory();
  const house = houseIn(directory);
  const warnings = serving(directory, house);
  const ask = (errand: string, ...words: string[]) => askHouse(directory, errands, { errand, words });
  expect(await ask("add")).toEqual({ ok: false, lines: ["say what"] });
  expect(await ask("toString")).toMatchObject({
    ok: false,
    lines: [expect.stringContaining("another version")],
  });
  expect(await ask("fails")).toEqual({ ok: false, lines: ["the server could not do it: its log says why"] });
  expect(warnings).toEqual(["a command of the shell failed: a secret of the inside"]);
  for (const text of [
    "",
    "{",
    "[]",
    "null",
    '{"errand":1}',
    '{"errand":"add","words":"x"}',
    '{"errand":"add","words":[1]}',
  ])
    expect(JSON.parse(await says(directory, text)), text).toMatchObject({ ok: false });
  expect(await says(directory, "x".repeat(1024 * 1024 + 1))).toBe("");
  expect(await ask("list")).toEqual({ ok: true, lines: [] });
  await house.close();
});

test("a directory that is none is not made", async () => {
  const directory = join(newDirectory(), "no-such");
  await expect(askHouse(directory, errands, { errand: "list", words: [] })).rejects.toThrow("--data");
  expect(existsSync(directory)).toBe(false);
});

test("where the path is too long for a socket the server says so and goes on", async () => {
  const directory = join(newDirectory(), "long".repeat(30));
  mkdirSync(directory);
  const house = houseIn(directory);
  expect(serving(directory, house)).toEqual([
    expect.stringContaining("the path of its directory is too long"),
  ]);
  await house.close();
});

test("the socket is gone when the server is", async () => {
  const directory = newDirectory();
  const house = houseIn(directory);
  const socket = listenToShell(directory, errands, opened(house), () => {});
  await expect.poll(() => existsSync(join(directory, "control.sock"))).toBe(true);
  socket.close();
  expect(existsSync(join(directory, "control.sock"))).toBe(false);
  await house.close();
});

describe("what an order is made of is read as on the wire", () => {
  const orders: HouseOrder[] = [];
  const house = {
    order: (what: HouseOrder) => {
      orders.push(what);
      return Promise.resolve({ ok: true });
    },
  } as OpenHouse;
  const asks = (errand: string, words: readonly string[]) =>
    carryOut(adminErrands, house, { errand: `admin ${errand}`, words });

  test.each([
    ["ban", ["bob", "", "0", ""], "from 1 to 31622400"],
    ["ban", ["bob", "", "31622401", ""], "from 1 to 31622400"],
    ["ban", ["bob", "", "1.5", ""], "from 1 to 31622400"],
    ["ban", ["bob", "", "", "x".repeat(201)], "a reason has at most 200 characters"],
    ["kick", ["bob", "a\0b"], "a reason has U+0000 in it"],
    ["silence", ["bob", "-1", ""], "from 1 to 31622400"],
    ["slow-mode", ["21601"], "from 0 to 21600"],
    ["read-only", ["on", "\ud800"], "half a surrogate pair"],
    ["announce", ["x".repeat(10_001)], "a message has at most 10000 characters"],
    ["announce", [" "], "say something"],
    ["ban", ["", "", "", ""], "name somebody, or give an --address"],
    ["unban", ["", ""], "name somebody, or give an --address"],
    ["ban", ["", "theirs", "", ""], "name who is connected from it"],
    ["grant", ["al ice"], "can be nobody's name"],
  ])("%s %j is none", async (errand, words, why) => {
    orders.length = 0;
    expect(await asks(errand, words)).toEqual({
      ok: false,
      misused: true,
      lines: [expect.stringContaining(why)],
    });
    expect(orders).toEqual([]);
  });

  test.each([
    ["ban", ["bob", "theirs", "31622400", "x".repeat(200)], { address: true, forSeconds: 31_622_400 }],
    ["unban", ["", "203.0.113.7"], { who: undefined, address: "203.0.113.7" }],
    ["silence", ["bob", "1", ""], { on: true, forSeconds: 1 }],
    ["slow-mode", ["0"], { seconds: 0 }],
    ["announce", ["x".repeat(10_000)], { message: "x".repeat(10_000) }],
  ])("%s %j is one", async (errand, words, order) => {
    orders.length = 0;
    expect(await asks(errand, words)).toMatchObject({ ok: true });
    expect(orders).toMatchObject([order]);
  });
});

test.each([
  ["of 256 characters", "four words 𝔫obody 𝔤uesses".padEnd(258, " and"), true],
  ["of 257 characters", "four words nobody guesses".padEnd(257, " and"), false],
  ["with U+0000", "four words\0nobody guesses", false],
  ["with half a surrogate pair", "four words \ud800 nobody guesses", false],
])("a password %s is one at the shell if it is one on the wire", async (_what, password, isOne) => {
  const records = new FewRecords();
  const asks = (errand: string, given: string) =>
    carryOut(userErrands, { ask: records.ask, tell() {} } as unknown as OpenHouse, {
      errand,
      words: ["bob", given],
    });
  expect(isPassword(password, defaultLimits)).toBe(isOne);
  const misused = { ok: false, misused: true, lines: ["a password is 8 to 256 characters of text"] };
  const done = isOne ? { ok: true } : misused;
  expect(await asks("user add", password)).toMatchObject(done);
  expect(records.kept.size > 0).toBe(isOne);
  await asks("user add", "another four words");
  expect(await asks("user passwd", password)).toMatchObject(done);
});

test("where the way out is another than on the wire, it is the shell's", async () => {
  const directory = newDirectory();
  const before = houseIn(directory);
  await before.enters("alice", "alice-has-a-long-secret");
  await before.enters("guest");
  await before.close();
  const asks = async (errand: string, ...words: string[]) => {
    const { lines } = await askHouse(directory, adminErrands, { errand: `admin ${errand}`, words });
    return lines.join();
  };
  expect(await asks("grant", "nobody")).toBe(
    "nobody has this name: whoever has never come in has none yet, unless they have an account (chat-server user list)",
  );
  expect(await asks("grant", "guest")).toContain("they must log in with a token of their own first");
  expect(await asks("kick", "alice", "")).toBe("they are not connected: a ban keeps them out");
  expect(await asks("grant", "alice")).toBe("looks after the house now");
  expect(await asks("ban", "alice", "", "", "")).toBe(
    "they look after the house too: make them a member first",
  );
});

test("an account can be granted, banned and silenced before it first logs in, were its name somebody's by a token", async () => {
  const directory = newDirectory();
  const before = houseIn(directory);
  const guest = await before.enters("alice", "alice-has-a-long-secret");
  await guest.leaves();
  await before.close();
  const all = { ...userErrands, ...adminErrands };
  const asks = (errand: string, ...words: string[]) => askHouse(directory, all, { errand, words });
  for (const name of ["Alice", "bob", "carol"])
    expect(await asks("user add", name, "four words nobody guesses")).toMatchObject({ ok: true });
  expect(await asks("admin grant", "alice")).toMatchObject({ ok: true });
  expect(await asks("admin ban", "bob", "", "", "spam")).toMatchObject({ ok: true });
  expect(await asks("admin silence", "carol", "3600", "")).toMatchObject({ ok: true });
  expect(await asks("admin ban", "dave", "", "", "")).toMatchObject({ ok: false });
  const after = houseIn(directory);
  const userOf = async (name: string) => must(await after.comes(name, name)).user;
  expect(after.store.facts.minded.map(({ kind, key }) => [kind, key])).toEqual([
    ["admin", houseKeys.user(await userOf("alice"))],
    ["ban", houseKeys.user(await userOf("bob"))],
    ["silence", houseKeys.silence(everyone, await userOf("carol"))],
  ]);
  expect(await userOf("alice")).not.toBe(guest.user);
  await after.close();
});

test("orders to a house where nobody serves are kept, with their line of the audit log", async () => {
  const directory = newDirectory();
  const before = houseIn(directory);
  await before.enters("alice", "alice-has-a-long-secret");
  await before.enters("guest");
  await before.close();
  const words: Errands = {
    promote: async ({ order }, [who = ""]) => {
      const outcome = await order({ type: "role", who: who as NameKey, role: "admin" });
      return { ok: outcome.ok, lines: outcome.ok ? [] : [outcome.message] };
    },
  };
  const ask = (who: string) => askHouse(directory, words, { errand: "promote", words: [who] });
  expect(await ask("alice")).toEqual({ ok: true, lines: [] });
  expect(await ask("nobody")).toEqual({ ok: false, lines: ["nobody has this name"] });
  expect(await ask("guest")).toMatchObject({ ok: false });
  const after = houseIn(directory);
  expect(after.store.facts.minded).toMatchObject([{ kind: "admin" }]);
  expect(await after.ask({ type: "audit", most: 9 })).toMatchObject({
    lines: [{ by: "", action: "set_role", about: "alice", detail: "everyone, admin" }],
  });
  await after.close();
});
