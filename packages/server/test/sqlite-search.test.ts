// The search's index follows the log: what is not in it yet is found as well.

import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { houseIn, newDirectory, tamper } from "./sqlite-place.js";
import type { Guest } from "./store-house.js";
import { aliceToken } from "./store-house.js";

const eveToken = "eve-has-a-long-secret-too";
const word = (token: string, prefix = false) => ({ tokens: [token], prefix, not: false });

/** The seqs of all that is found, page by page. */
async function found(who: Guest, token: string, most = 50): Promise<number[]> {
  const seqs: number[] = [];
  for (let before: number | undefined; ; ) {
    const page = await who.searches({ words: [word(token)] }, most, before);
    if (!page.ok) throw new Error(page.code);
    seqs.push(...page.hits.map(({ message }) => message.seq));
    if (page.next === undefined) return seqs;
    before = page.next;
  }
}

function newestIndexed(directory: string): number {
  return tamper(directory, (database) =>
    Number(database.prepare<[], number>("SELECT newest FROM indexed").pluck().get()),
  );
}

async function indexedUpTo(directory: string, newest: number): Promise<void> {
  while (newestIndexed(directory) < newest) await setTimeout(20);
}

async function hundreds(alice: Guest, from: number, to: number): Promise<void> {
  const numbers = Array.from({ length: to - from + 1 }, (_, n) => from + n);
  await Promise.all(numbers.map((n) => alice.writes(n % 100 === 0 ? `round ${n}` : `${n}`)));
}

test("a message is found as soon as it is answered, and also when it is indexed", async () => {
  const directory = newDirectory();
  const house = houseIn(directory);
  const alice = await house.enters("alice", aliceToken);
  await hundreds(alice, 1, 200);
  expect(await found(alice, "round")).toEqual([200, 100]);
  await indexedUpTo(directory, 192);
  await hundreds(alice, 201, 230);
  await alice.writes("the last round");
  expect(newestIndexed(directory)).toBe(192);
  expect(await found(alice, "round")).toEqual([231, 200, 100]);
  expect(await found(alice, "round", 1)).toEqual([231, 200, 100]);
  await house.close();
});

test("a backlog is worked off after a start, in portions, and everything is found meanwhile", async () => {
  const directory = newDirectory();
  const before = houseIn(directory);
  await hundreds(await before.enters("alice", aliceToken), 1, 6_000);
  await before.close();
  tamper(directory, (database) => {
    database.exec("INSERT INTO words (words) VALUES ('delete-all'); UPDATE indexed SET newest = 0");
  });
  const all = Array.from({ length: 60 }, (_, n) => 6_000 - 100 * n);

  const house = houseIn(directory);
  const alice = await house.enters("alice", aliceToken);
  expect(await found(alice, "round")).toEqual(all);
  await indexedUpTo(directory, 5_952);
  expect(await found(alice, "round")).toEqual(all);
  await house.close();
});

test("what is edited or deleted while it is indexed is found as it is now", async () => {
  const directory = newDirectory();
  const house = houseIn(directory);
  const alice = await house.enters("alice", aliceToken);
  await hundreds(alice, 1, 300);
  await indexedUpTo(directory, 256);
  await alice.edits("everyone", 100, "square 100");
  await alice.edits("everyone", 300, "square 300");
  await alice.deletes("everyone", 200);
  await alice.edits("everyone", 7, "a round of seven");
  expect(await found(alice, "round")).toEqual([7]);
  expect(await found(alice, "square")).toEqual([300, 100]);
  await hundreds(alice, 301, 400);
  await indexedUpTo(directory, 384);
  expect(await found(alice, "round")).toEqual([404, 7]);
  expect(await found(alice, "square")).toEqual([300, 100]);
  await house.close();
});

test("an index whose words were made by another Unicode is made anew", async () => {
  const directory = newDirectory();
  const before = houseIn(directory);
  await hundreds(await before.enters("alice", aliceToken), 1, 100);
  await indexedUpTo(directory, 64);
  await before.close();
  tamper(directory, (database) => database.exec("UPDATE marks SET value = 'another' WHERE name = 'words'"));
  const house = houseIn(directory);
  const alice = await house.enters("alice", aliceToken);
  expect(await found(alice, "round")).toEqual([100]);
  await indexedUpTo(directory, 64);
  await alice.deletes("everyone", 7);
  expect(await found(alice, "7")).toEqual([]);
  expect(
    tamper(directory, (database) => database.exec("INSERT INTO words (words) VALUES ('integrity-check')")),
  ).toBeDefined();
  await house.close();
});

test("a damaged index costs no message: it is made anew", async () => {
  const directory = newDirectory();
  const house = houseIn(directory);
  const alice = await house.enters("alice", aliceToken);
  await hundreds(alice, 1, 200);
  await indexedUpTo(directory, 192);
  tamper(directory, (database) => {
    database.unsafeMode();
    database.exec("UPDATE words_data SET block = zeroblob(length(block)) WHERE id > 10");
  });
  await alice.deletes("everyone", 100);
  await alice.edits("everyone", 7, "round 7");
  await hundreds(alice, 201, 300);
  await indexedUpTo(directory, 256);
  expect(await found(alice, "round")).toEqual([302, 200, 7]);
  await house.close();
});

test("what one may not see is not counted either, in however many conversations one is", async () => {
  const directory = newDirectory();
  const house = houseIn(directory);
  const [alice, eve] = [await house.enters("alice", aliceToken), await house.enters("eve", eveToken)];
  await alice.makes("#den", { visibility: "private" });
  const secrets = Array.from({ length: 1_100 }, () => alice.writes("the secret plan", { to: "#den" }));
  await Promise.all(secrets);
  const people = Array.from({ length: 520 }, (_, n) => house.enters(`p${n}`));
  await Promise.all((await Promise.all(people)).map((one) => one.writes("hello", { to: "@eve" })));
  await hundreds(alice, 1, 200);
  await indexedUpTo(directory, 1_700);
  expect(await eve.searches({ words: [word("secret")] })).toEqual({ ok: true, hits: [] });
  expect(await eve.searches({ words: [word("secret")] }, 20, 1_000)).toEqual({ ok: true, hits: [] });
  expect(await found(eve, "hello")).toHaveLength(520);
  await alice.does("#den", { type: "history", history: "since_join" });
  await alice.invites("eve", "#den");
  await eve.joins("#den");
  expect(await eve.searches({ words: [word("secret")] })).toEqual({ ok: true, hits: [] });
  await alice.writes("no secret to eve", { to: "#den" });
  await alice.edits("#den", await alice.writes("x", { to: "#den" }).then(({ seq }) => seq), "a secret");
  expect(await found(eve, "secret")).toHaveLength(2);
  expect(await found(alice, "secret")).toHaveLength(1_102);
  await house.close();
});
