// What is deleted is gone from the disk: no file of the directory has its bytes any more.

import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { houseIn, newDirectory, tamper } from "./sqlite-place.js";
import type { Guest } from "./store-house.js";
import { aliceToken } from "./store-house.js";

/** The files that have the text somewhere. */
function filesWith(directory: string, text: string): string[] {
  return readdirSync(directory).filter((file) => readFileSync(join(directory, file)).includes(text));
}

/** Until nothing has it, at the longest for as long as it may take: a second of rest, and what that takes here. */
async function gone(directory: string, text: string): Promise<string[]> {
  const until = performance.now() + 20_000;
  while (filesWith(directory, text).length > 0 && performance.now() < until) await setTimeout(100);
  return filesWith(directory, text);
}

/** Enough that the message is in the index of the search, and that its page is full. */
async function talk(alice: Guest, lines = 200): Promise<void> {
  await Promise.all(Array.from({ length: lines }, (_, n) => alice.writes(`line ${n} of a long talk`)));
}

async function indexed(directory: string): Promise<void> {
  const newest = () =>
    tamper(directory, (database) => database.prepare<[], number>("SELECT newest FROM indexed").pluck().get());
  while ((newest() ?? 0) < 128) await setTimeout(20);
}

const secret = "xylophonsecret";
const long = `${secret} `.repeat(700);

test.each([
  ["a message", secret],
  ["a message of many pages", long],
])("%s that was deleted is in no file", async (_, text) => {
  const directory = newDirectory();
  const house = houseIn(directory);
  const alice = await house.enters("alice", aliceToken);
  await talk(alice, 50);
  const { seq } = await alice.writes(text);
  await talk(alice);
  await indexed(directory);
  expect(filesWith(directory, secret).length).toBeGreaterThan(0);
  expect(await alice.searches({ words: [{ tokens: [secret], prefix: false, not: false }] })).toMatchObject({
    hits: [{ message: { seq } }],
  });

  await alice.deletes("everyone", seq);
  expect(await gone(directory, secret)).toEqual([]);
  expect(await alice.searches({ words: [{ tokens: [secret], prefix: false, not: false }] })).toEqual({
    ok: true,
    hits: [],
  });
  await house.close();
  expect(filesWith(directory, secret)).toEqual([]);
});

test("the text that an edit replaced is in no file either, however its message grew and shrank", async () => {
  const directory = newDirectory();
  const house = houseIn(directory);
  const alice = await house.enters("alice", aliceToken);
  await talk(alice, 50);
  const { seq } = await alice.writes(secret);
  await talk(alice);
  await indexed(directory);
  for (const text of [long, `short ${secret}`, `${secret} ${"and more ".repeat(30)}`]) {
    await alice.edits("everyone", seq, text);
    for (const near of [seq - 1, seq + 1])
      await alice.edits("everyone", near, `grown ${"x".repeat(text.length)}`);
  }
  await alice.edits("everyone", seq, "nothing to see");
  expect(await gone(directory, secret)).toEqual([]);
  await house.close();
});

test.each([
  ["a message", 1],
  ["a message that was indexed", 200],
])("a server that dies after a deletion leaves nothing of %s once another was started", async (_, others) => {
  const directory = newDirectory();
  const house = houseIn(directory);
  const alice = await house.enters("alice", aliceToken);
  const { seq } = await alice.writes(secret);
  await talk(alice, others);
  if (others > 1) await indexed(directory);
  await alice.deletes("everyone", seq);
  const later = newDirectory();
  for (const file of ["chat.db", "chat.db-wal", "chat.mark"])
    copyFileSync(join(directory, file), join(later, file));
  await house.close();
  expect(filesWith(later, secret).length).toBeGreaterThan(0);
  const next = houseIn(later);
  expect(await gone(later, secret)).toEqual([]);
  await next.close();
});
