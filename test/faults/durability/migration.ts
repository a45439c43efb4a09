// A database of version 1, opened by a server that is killed while it takes it to the present version: it
// is of the one version or of the other, and everything is in it.

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import type { Chance } from "../../support/chance.ts";
import { wholeLog } from "../load/ledger.ts";
import type { Server } from "../load/server.ts";
import { startServer } from "../load/server.ts";

const firstVersion = new URL("../../../packages/server/test/sqlite-version-1.sql", import.meta.url);
const said = [
  "the first",
  "a reply",
  "a reply to the reply",
  "by somebody without a token",
  "another reply to the first",
];
/** Enough that its migration takes a while. */
const cursors = 400_000;
/** How long a server may take to open its database. */
const patienceMs = 30_000;

export async function migrationFaults(
  kills: number,
  chance: Chance,
): Promise<{ readonly broken: readonly string[]; readonly notes: readonly string[] }> {
  await using server = await startServer();
  await server.ends("SIGTERM");
  const takesMs = await timeOfMigration(server);
  const broken: string[] = [];
  let undone = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    makeOld(server.folder);
    await launchUntilOpen(server);
    // Some come after it.
    await pause(chance() * takesMs * 1.5);
    await server.ends("SIGKILL");
    if (inDatabase(server.folder, versionOf) === 1) undone += 1;
    await server.start();
    const log = (await wholeLog(server.url)).map(({ message }) => message);
    if (log.join() !== said.join()) broken.push(`of version 1 there is left: ${log}`);
    await server.ends("SIGTERM");
    broken.push(...inDatabase(server.folder, faultsOfDatabase));
  }
  const notes = [
    `of ${kills} migrations of about ${Math.round(takesMs)} ms ${undone} were undone by the kill`,
  ];
  return { broken, notes };
}

/** From the moment at which the server opens its database until it listens. */
async function timeOfMigration(server: Server): Promise<number> {
  makeOld(server.folder);
  const port = await launchUntilOpen(server);
  const from = performance.now();
  await port();
  const ms = performance.now() - from;
  await server.ends("SIGTERM");
  return ms;
}

/** Starts it, and waits until it has opened the database for writing. */
async function launchUntilOpen(server: Server): Promise<() => Promise<number>> {
  const { port } = server.launch();
  const until = performance.now() + patienceMs;
  while (!existsSync(join(server.folder, "chat.db-wal"))) {
    if (performance.now() > until) throw new Error(`it does not open its database: ${server.err}`);
    await pause(1);
  }
  return port;
}

function makeOld(folder: string): void {
  for (const file of readdirSync(folder)) rmSync(join(folder, file));
  inDatabase(folder, (database) => {
    database.exec(readFileSync(firstVersion, "utf8"));
    database.exec(`
      WITH RECURSIVE numbers (n) AS (SELECT 10 UNION ALL SELECT n + 1 FROM numbers LIMIT ${cursors})
      INSERT INTO cursors SELECT n, 1, 0, 0 FROM numbers`);
  });
}

function versionOf(database: Database.Database): number {
  return Number(database.pragma("user_version", { simple: true }));
}

function faultsOfDatabase(database: Database.Database): readonly string[] {
  const check = database.pragma("integrity_check", { simple: true });
  const members = database.prepare("SELECT count(*) FROM members WHERE user >= 10").pluck().get();
  return [
    ...(check === "ok" ? [] : [`integrity_check: ${check}`]),
    ...(members === cursors ? [] : [`${members} cursors are left of ${cursors}`]),
  ];
}

function inDatabase<Result>(folder: string, work: (database: Database.Database) => Result): Result {
  const database = new Database(join(folder, "chat.db"));
  try {
    return work(database);
  } finally {
    database.close();
  }
}
