import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "vitest";
import { expect, onTestFinished, test } from "vitest";
import { houseIn, newDirectory, tamper } from "./sqlite-place.js";
import { seqs } from "./store-house.js";

test("a bit that flipped on disk is found and its entry never served; the others are", async () => {
  const directory = newDirectory();
  const before = houseIn(directory);
  const alice = await before.enters("alice", "alice-has-a-long-secret");
  for (const message of ["the first", "the second", "the third"]) await alice.writes(message);
  await before.close();
  flipBit(join(directory, "chat.db"), "the second");

  const house = houseIn(directory);
  const again = await house.enters("alice", "alice-has-a-long-secret");
  expect(await again.asksToRead("everyone")).toEqual({ ok: false, code: "unavailable" });
  expect(await again.asksToRead("everyone", "newest")).toEqual({ ok: false, code: "unavailable" });
  expect(house.warnings).toEqual(["entry 2 of conversation 1 is damaged and is not shown: restore a backup"]);
  expect(seqs(await again.reads("everyone", { after: 2 }))).toEqual([3]);
  expect(seqs(await again.reads("everyone", { before: 2 }))).toEqual([1]);
  expect((await again.writes("the fourth")).seq).toBe(4);
  await house.close();
  expect(tamper(directory, (database) => database.pragma("integrity_check", { simple: true }))).toBe("ok");
});

test.each([
  ["its number", "UPDATE entries SET seq = 9 WHERE seq = 2"],
  ["its time", "UPDATE entries SET at = at + 4294967296 WHERE seq = 2"],
  ["its author", "UPDATE entries SET author = 2 WHERE seq = 2"],
  ["its count", "UPDATE entries SET messages = 3 WHERE seq = 2"],
  ["what it replies to", "UPDATE entries SET reply_to = NULL WHERE seq = 2"],
  ["its nonce", "UPDATE entries SET nonce = 'nonce-0123456780' WHERE seq = 2"],
  ["all of it", "DELETE FROM entries WHERE seq = 2"],
])("an entry that lost %s is not served", async (_, change) => {
  const directory = newDirectory();
  const house = houseIn(directory);
  const [alice] = [await house.enters("alice"), await house.enters("bob")];
  await alice.writes("1");
  await alice.writes("2", { replyTo: 1, nonce: "nonce-0123456789" });
  await alice.writes("3");
  tamper(directory, (database) => database.exec(change));
  expect(await alice.asksToRead("everyone")).toEqual({ ok: false, code: "unavailable" });
  expect(house.warnings).toHaveLength(1);
  await house.close();
});

test("a full disk refuses what it can't keep, shows what it has, and recovers by itself", async (context) => {
  const directory = smallDisk(context);
  const house = houseIn(directory);
  const alice = await house.enters("alice");
  const ballast = join(directory, "ballast");
  writeFileSync(ballast, Buffer.alloc(3 * 1024 * 1024));
  const kept: number[] = [];
  let refusal = "";
  for (let n = 1; refusal === "" && n < 10_000; n++) {
    const answer = await alice.says("x".repeat(2_000));
    if (answer.ok) kept.push(answer.seq);
    else refusal = answer.code;
  }
  expect(refusal).toBe("storage_full");
  // What does not hold a message may still hold a name or two.
  let knock = await house.knocks("guest");
  for (let n = 1; knock.ok && n < 10; n++) knock = await house.knocks(`guest${n}`);
  expect(knock).toEqual({ ok: false, code: "storage_full" });
  expect((await alice.reads("everyone", "newest", 1)).head).toBe(kept.length);

  rmSync(ballast);
  expect((await alice.writes("room again")).seq).toBe(kept.length + 1);
  const lines = [
    "there is no room left for messages: they are refused until there is some",
    "messages are kept again",
  ];
  expect(house.warnings).toEqual(house.warnings.map((_, n) => lines[n % 2]));
  expect(house.warnings.at(-1)).toBe(lines[1]);
  expect(house.failure).toBeUndefined();
  await house.close();
});

test("a store that can't write any more says so once, and answers everything `unavailable`", async () => {
  const directory = newDirectory();
  const house = houseIn(directory);
  const alice = await house.enters("alice");
  await alice.writes("kept");
  tamper(directory, (database) => database.exec("DROP TABLE entries"));
  const asked = Array.from({ length: 3_000 }, () => alice.says("not kept"));
  const page = alice.asksToRead("everyone");
  for (const answer of await Promise.all(asked)) expect(answer).toEqual({ ok: false, code: "unavailable" });
  expect(await page).toEqual({ ok: false, code: "unavailable" });
  expect(house.failure?.message).toContain("no such table");
  expect(await alice.says("still not kept")).toEqual({ ok: false, code: "unavailable" });
  expect(await house.knocks("bob")).toEqual({ ok: false, code: "unavailable" });
  await house.close();
});

/** Flips the lowest bit of the last byte of `text`, wherever the file has it. */
function flipBit(file: string, text: string): void {
  const bytes = readFileSync(file);
  const at = bytes.indexOf(text) + text.length - 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  expect(bytes.indexOf(text)).toBe(-1);
  writeFileSync(file, bytes);
}

/** A file system of 4 MiB, or a skipped test where none can be mounted. */
function smallDisk(context: TestContext): string {
  const directory = join(newDirectory(), "disk");
  mkdirSync(directory);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", directory], { stdio: "ignore" });
  } catch {
    context.skip("a small file system can be mounted only by root");
  }
  onTestFinished(() => void execFileSync("umount", ["-l", directory]));
  return directory;
}
