// A data directory: the database, the lock that keeps a second server out, and the mark that tells
// whether the database was put back. What is done here is done before the store opens, or at its end.

import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Seq } from "chat-hub";
import { everyone } from "chat-hub";
import { connectToWrite } from "./sqlite-connection.js";
import { renewEpoch } from "./sqlite-epoch.js";
import { readMark, writeMark } from "./sqlite-marks.js";
import { cannotOpen, opening } from "./sqlite-obstacles.js";
import { applicationId, migrate, schemaVersion, versionOf } from "./sqlite-schema.js";

export interface Directory {
  /** The database, for the workers to open. */
  readonly file: string;
  readonly epoch: string;
  /** The newest seq of everyone. */
  readonly head: Seq;
  /** The id of the newest entry, in whatever conversation. */
  readonly newest: number;
  /** Marks a clean end, and lets the next server in. */
  close(): void;
}

/**
 * Makes or opens a directory and prepares its database.
 * @throws StoreError if another server has it, or it can't be read or written
 */
export function openDirectory(path: string): Directory {
  opening(path, () => mkdirSync(path, { recursive: true }));
  const lock = opening(path, () => lockDirectory(path));
  try {
    return openLocked(path, lock);
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** A lock that ends with the process, however it ends. */
function lockDirectory(path: string): Database.Database {
  const lock = new Database(join(path, "lock.db"), { timeout: 0 });
  lock.exec("BEGIN EXCLUSIVE");
  return lock;
}

function openLocked(path: string, lock: Database.Database): Directory {
  const file = join(path, "chat.db");
  const markFile = join(path, "chat.mark");
  return opening(file, () => {
    const database = connectToWrite(file);
    refuseForeign(database, file);
    migrate(database);
    const epoch = renewEpoch(database, markFile);
    makeSecrets(database);
    releaseAll(database);
    return {
      file,
      epoch,
      head: newestOf(database, "SELECT max(seq) FROM entries WHERE conversation = ?", everyone) as Seq,
      newest: newestOf(database, "SELECT max(id) FROM entries"),
      close() {
        try {
          renewEpoch(database, markFile);
        } finally {
          database.close();
          lock.close();
        }
      },
    };
  });
}

function refuseForeign(database: Database.Database, file: string): void {
  const version = versionOf(database);
  const application = database.pragma("application_id", { simple: true });
  const isEmpty = database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() === 0;
  if (!isEmpty && application !== applicationId) throw cannotOpen(file, "foreign");
  if (version > schemaVersion) throw cannotOpen(file, "newer");
}

function makeSecrets(database: Database.Database): void {
  for (const name of ["token_secret", "nonce_secret"] as const) {
    if (readMark(database, name) === undefined) writeMark(database, name, randomBytes(32).toString("hex"));
  }
}

/** Whoever was here when the last server ended is not here any more. */
function releaseAll(database: Database.Database): void {
  database.prepare("UPDATE users SET away_since = ? WHERE away_since IS NULL").run(Date.now());
}

function newestOf(database: Database.Database, query: string, ...where: number[]): number {
  return (
    database
      .prepare<number[], number | null>(query)
      .pluck()
      .get(...where) ?? 0
  );
}
