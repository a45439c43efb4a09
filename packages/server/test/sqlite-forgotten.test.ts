// What a SQLite store does to forget: the bytes go from every file, the places stay, and a crash in between
// leaves nothing half forgotten.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { backup, exportLines, importLines, restore } from "../dist/stores/copies.js";
import { lookOver } from "../dist/stores/looked-over.js";
import { checksum, entryColumns } from "../dist/stores/sqlite/entry.js";
import { houseIn, newDirectory, tamper } from "./sqlite-place.js";
import { aliceToken } from "./store-house.js";
import { forgets } from "./suite/forgetting.js";

const hour = 3_600_000;
const secret = "xylophonsecret";
const long = `${secret} `.repeat(700);

function filesWith(directory: string, text: string): string[] {
  return readdirSync(directory).filter((file) => readFileSync(join(directory, file)).includes(text));
}

async function gone(directory: string, text: string): Promise<string[]> {
  const until = performance.now() + 40_000;
  while (filesWith(directory, text).length > 0 && performance.now() < until) await setTimeout(100);
  return filesWith(directory, text);
}

async function indexed(directory: string): Promise<void> {
  const newest = () =>
    tamper(directory, (database) => database.prepare<[], number>("SELECT newest FROM indexed").pluck().get());
  while ((newest() ?? 0) < 128) await setTimeout(20);
}

/** Somebody said old things there, and then the server was stopped. */
async function oldTalk(lines: number, texts: readonly string[] = []): Promise<string> {
  const directory = newDirectory();
  const house = houseIn(directory);
  const alice = await house.enters("alice", aliceToken);
  for (const text of texts) await alice.writes(text);
  const nonceOf = (n: number) => `nonce-${String(n).padStart(10, "0")}`;
  await Promise.all(
    Array.from({ length: lines }, (_, n) => alice.writes(`line ${n} of a long talk`, { nonce: nonceOf(n) })),
  );
  if (lines >= 200) await indexed(directory);
  await house.close();
  return directory;
}

test("what is forgotten is in no file: texts, edited ones, reactions, topics and the words of the index", {
  timeout: 60_000,
}, async () => {
  const directory = await oldTalk(300, [secret, long, `edited ${secret}`, "bare"]);
  const before = houseIn(directory);
  const again = await before.enters("alice", aliceToken);
  await again.edits("everyone", 3, `again ${secret}`);
  await again.reacts("everyone", 4, secret);
  await again.makes("#dev");
  await again.does("#dev", { type: "topic", topic: `about ${secret}` });
  await again.does("#dev", { type: "topic", topic: "nothing" });
  await before.close();
  expect(filesWith(directory, secret).length).toBeGreaterThan(0);

  const house = houseIn(directory, { keepMs: hour });
  const alice = await house.enters("alice", aliceToken);
  await forgets(alice, "everyone", 307);
  expect(await gone(directory, secret)).toEqual([]);
  const words = { words: [{ tokens: [secret], prefix: false, not: false }] };
  expect(await alice.searches(words)).toEqual({ ok: true, hits: [] });
  expect(await alice.writes("on", { at: Date.now() })).toMatchObject({ seq: 307 });
  await house.close();
  expect(filesWith(directory, secret)).toEqual([]);
});

test("a send whose message is forgotten is known again by its nonce, also after another start", async () => {
  const directory = await oldTalk(10);
  for (const _ of [1, 2]) {
    const house = houseIn(directory, { keepMs: hour });
    const alice = await house.enters("alice", aliceToken);
    await forgets(alice, "everyone", 11);
    const nonce = "nonce-0000000003";
    expect(await alice.says("line 3 of a long talk", { nonce })).toMatchObject({
      ok: true,
      seq: 4,
      at: 1,
      duplicate: true,
    });
    expect(await alice.says("another line", { nonce })).toEqual({ ok: false, code: "nonce_reused" });
    expect(await alice.reads("everyone")).toMatchObject({ entries: [], first: 11, head: 10 });
    await house.close();
  }
});

test.each(["a backup that is put back", "an export that is taken in"])(
  "%s forgets nothing anew, and brings nothing back",
  async (way) => {
    const directory = await oldTalk(10);
    const house = houseIn(directory, { keepMs: hour });
    const alice = await house.enters("alice", aliceToken);
    await forgets(alice, "everyone", 11);
    await alice.writes("new", { at: Date.now() });
    const [file, other] = [join(newDirectory(), "copy"), newDirectory()];
    if (way.startsWith("a backup")) backup(directory, file);
    else exportLines(directory, file, new Date());
    await house.close();
    if (way.startsWith("a backup")) restore(other, file, new Date());
    else importLines(other, file);
    const again = houseIn(other, { keepMs: hour });
    const back = await again.enters("alice", aliceToken);
    expect(await back.reads("everyone")).toMatchObject({
      entries: [{ message: "new" }],
      first: 11,
      head: 11,
    });
    expect(await back.says("line 3 of a long talk", { nonce: "nonce-0000000003" })).toMatchObject({
      seq: 4,
      duplicate: true,
    });
    expect(await back.writes("newer", { at: Date.now() })).toMatchObject({ seq: 12 });
    await again.close();
    const [rows, swept] = tamper(other, (database) => [
      database.prepare("SELECT count(*) FROM swept").pluck().get(),
      database.prepare("SELECT newest FROM swept").pluck().get(),
    ]);
    expect([rows, swept]).toEqual([1, 10]);
    expect(lookOver(other)).toMatchObject({ faults: [] });
  },
);

interface State {
  readonly forgotten: number;
  readonly said: number;
  readonly nonces: number;
}

/** What stands in the database, once it was looked through: up to the mark nothing is said, behind it all is whole. */
function stateOf(directory: string): State {
  return tamper(directory, (database) => {
    const forgotten = database.prepare("SELECT forgotten FROM conversations WHERE id = 1").pluck().get();
    const rows = database
      .prepare<[], Parameters<typeof checksum>[0] & { readonly checksum: number }>(
        `SELECT ${entryColumns} FROM entries WHERE conversation = 1 ORDER BY seq`,
      )
      .all();
    expect(rows.map(({ seq }) => seq as number)).toEqual(rows.map((_, index) => index + 1));
    for (const row of rows) {
      expect(row.checksum).toBe(checksum(row));
      expect(row.messages).toBe(row.seq);
      expect([row.message === "", row.deleted]).toEqual(
        row.seq <= Number(forgotten) ? [true, 2] : [false, null],
      );
    }
    return {
      forgotten: Number(forgotten),
      said: rows.filter(({ message }) => message !== "").length,
      nonces: rows.filter(({ nonce }) => nonce !== null).length,
    };
  });
}

const forgetter = fileURLToPath(new URL("sqlite-forgetter.ts", import.meta.url));

/** A server of its own that forgets; killed as soon as it has forgotten some more. */
async function killedWhileForgetting(directory: string, from: number): Promise<void> {
  const child = spawn(process.execPath, [forgetter, directory, String(hour)], { stdio: "inherit" });
  const marked = () =>
    tamper(directory, (database) =>
      Number(database.prepare("SELECT forgotten FROM conversations WHERE id = 1").pluck().get()),
    );
  while (child.exitCode === null && marked() <= from) await setTimeout(2);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
}

test("a server killed while it forgets leaves nothing half forgotten, and the next one goes on", {
  timeout: 60_000,
}, async () => {
  const lines = 3_000;
  const directory = await oldTalk(lines);
  let before: State = { forgotten: 0, said: lines, nonces: lines };
  for (let kill = 0; kill < 3; kill += 1) {
    await killedWhileForgetting(directory, before.forgotten);
    const after = stateOf(directory);
    expect(after.forgotten).toBeGreaterThan(before.forgotten);
    expect(after.forgotten).toBeLessThan(lines);
    expect(after).toEqual({ forgotten: after.forgotten, said: lines - after.forgotten, nonces: lines });
    before = after;
  }
  const house = houseIn(directory, { keepMs: hour });
  const alice = await house.enters("alice", aliceToken);
  await forgets(alice, "everyone", lines + 1);
  expect(await gone(directory, "of a long talk")).toEqual([]);
  await house.close();
  expect(stateOf(directory)).toEqual({ forgotten: lines, said: 0, nonces: lines });
});

test("what was damaged stays so, and is forgotten like the rest", async () => {
  const directory = await oldTalk(5);
  tamper(directory, (database) =>
    database.exec("UPDATE entries SET messages = 9, detail = 'no JSON' WHERE seq = 3"),
  );
  const house = houseIn(directory, { keepMs: hour });
  const alice = await house.enters("alice", aliceToken);
  await forgets(alice, "everyone", 6);
  await house.close();
  const kept = tamper(directory, (database) =>
    database.prepare("SELECT message, detail, messages FROM entries WHERE seq = 3").get(),
  );
  expect(kept).toEqual({ message: "", detail: null, messages: 9 });
});
