// A data directory: the database, the lock that keeps a second server out, and the mark that tells
// whether the database was put back. What is done here is done before the store opens, or at its end.

import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { KeptRecord, Seq, WallMillis } from "chat-hub";
import { everyone } from "chat-hub";
import type { StoreOrders } from "./books.js";
import { openBooks } from "./books.js";
import { busyMs, connect, prepareToWrite } from "./connection.js";
import { markFileOf, renewEpoch } from "./epoch.js";
import { cutLog } from "./erasure.js";
import { readMark, writeMark } from "./marks.js";
import { opening } from "./obstacles.js";
import { mindedRecords } from "./records.js";
import { migrate, refuseForeign } from "./schema.js";

/** Whoever has the directory for a moment, as a command at the shell, is waited for. A server that runs doesn't end meanwhile. */
const lockMs = 2_000;

export interface Directory {
  /** The database, for the workers to open. */
  readonly file: string;
  readonly epoch: string;
  /** The newest seq of everyone. */
  readonly head: Seq;
  /** The id of the newest entry, in whatever conversation. */
  readonly newest: number;
  /** What a hub keeps in mind, as it stands. */
  readonly minded: readonly KeptRecord[];
  /** Marks a clean end, and lets the next server in, also if the end can't be marked: then it throws. */
  close(): void;
}

/**
 * Makes or opens a directory and prepares its database.
 * @throws StoreError if another server has it, or it can't be read or written
 */
export function openDirectory(path: string, orders: StoreOrders): Directory {
  const open: Database.Database[] = [];
  try {
    return opening(path, () => openLocked(path, orders, open));
  } catch (error) {
    for (const database of open) database.close();
    throw error;
  }
}

/** Puts into `open` what it opens. The lock ends with the process, however it ends. */
function openLocked(path: string, orders: StoreOrders, open: Database.Database[]): Directory {
  const lock = lockDirectory(path);
  open.push(lock);
  const file = join(path, "chat.db");
  return opening(file, () => {
    makePrivate(file);
    const database = connect(file);
    open.push(database);
    prepare(database, file, orders);
    return describe(database, file, lock);
  });
}

/**
 * Makes a file that nobody else may read, whoever may look into its directory; the files that SQLite puts beside
 * it are like it. One that is there already is as its owner wants it.
 */
function makePrivate(file: string): void {
  closeSync(openSync(file, "a", 0o600));
}

/** Makes the directory if it isn't there, and keeps everybody else out until the lock is closed. */
export function lockDirectory(path: string): Database.Database {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const file = join(path, "lock.db");
  makePrivate(file);
  const lock = new Database(file, { timeout: lockMs });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

function prepare(database: Database.Database, file: string, orders: StoreOrders): void {
  refuseForeign(database, file);
  prepareToWrite(database);
  migrate(database);
  for (const name of ["token_secret", "nonce_secret"] as const) {
    if (readMark(database, name) === undefined) writeMark(database, name, randomBytes(32).toString("hex"));
  }
  const { visits, members } = openBooks(database, orders);
  database.transaction(() => {
    database
      .prepare("UPDATE conversations SET history = ? WHERE id = ?")
      .run(orders.everyoneHistory, everyone);
    visits.releaseAll(Date.now() as WallMillis);
    members.write();
  })();
  cutLog(database, busyMs);
}

function describe(database: Database.Database, file: string, lock: Database.Database): Directory {
  const markFile = markFileOf(file);
  const newest = (): number => count(database, "SELECT max(id) FROM entries");
  return {
    file,
    epoch: renewEpoch(database, markFile, newest()),
    head: count(database, `SELECT max(seq) FROM entries WHERE conversation = ${everyone}`) as Seq,
    newest: newest(),
    minded: mindedRecords(database, Date.now() as WallMillis),
    // The database stays open until here: the last one who closes it brings its whole log into it,
    // and a start would wait for that.
    close() {
      try {
        renewEpoch(database, markFile, newest());
      } finally {
        database.close();
        lock.close();
      }
    },
  };
}

function count(database: Database.Database, query: string): number {
  return database.prepare<[], number | null>(query).pluck().get() ?? 0;
}
