// Looks a database over without changing it, also while a server uses it.

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { WallMillis } from "chat-hub";
import { connectToRead } from "./connection.js";
import { markFileOf, wasPutBack } from "./epoch.js";
import { readMark } from "./marks.js";
import { opening } from "./obstacles.js";
import { refuseForeign, schemaVersion, versionOf } from "./schema.js";

export interface LookedOver {
  readonly file: string;
  readonly bytes: number;
  readonly version: number;
  /** The version that the next start takes it to. */
  readonly newestVersion: number;
  /** A server is using it. */
  readonly isUsed: boolean;
  readonly epoch: string | undefined;
  /** It is older than what stands beside it: the next start gives its numbering another name. */
  readonly wasPutBack: boolean;
  /** What SQLite finds wrong in it, at most a few lines. */
  readonly faults: readonly string[];
  /** When the newest entry was written. */
  readonly newestAt: WallMillis | undefined;
}

const mostFaults = 3;

/**
 * Nothing if there is no database yet.
 * @throws StoreError, with one line for people, if it is not ours, of a newer version, or not readable
 */
export function lookOver(directory: string): LookedOver | undefined {
  const file = join(directory, "chat.db");
  if (!existsSync(file)) return undefined;
  return opening(file, () => {
    const database = connectToRead(file);
    try {
      refuseForeign(database, file);
      return describe(database, file, isLocked(directory));
    } finally {
      database.close();
    }
  });
}

function describe(database: Database.Database, file: string, isUsed: boolean): LookedOver {
  const version = versionOf(database);
  const found = {
    file,
    bytes: statSync(file).size,
    version,
    newestVersion: schemaVersion,
    isUsed,
    faults: faultsOf(database),
  };
  // An empty file is taken as a new database.
  if (version === 0) return { ...found, epoch: undefined, wasPutBack: false, newestAt: undefined };
  const { id, at } = database
    .prepare<[], { id: number | null; at: WallMillis | null }>("SELECT max(id) AS id, at FROM entries")
    .get() ?? { id: null, at: null };
  return {
    ...found,
    epoch: readMark(database, "epoch"),
    wasPutBack: !isUsed && wasPutBack(database, markFileOf(file), id ?? 0),
    newestAt: at ?? undefined,
  };
}

function faultsOf(database: Database.Database): readonly string[] {
  const rows = database.pragma(`quick_check(${mostFaults})`) as readonly { readonly quick_check: string }[];
  return rows.map((row) => row.quick_check).filter((line) => line !== "ok");
}

/** Only reads: to take the lock, were it for a moment, could keep a server from starting. */
function isLocked(directory: string): boolean {
  const file = join(directory, "lock.db");
  if (!existsSync(file)) return false;
  const lock = new Database(file, { timeout: 0, readonly: true });
  try {
    lock.prepare("SELECT 1 FROM sqlite_schema").get();
    return false;
  } catch (error) {
    if ((error as { readonly code?: string }).code === "SQLITE_BUSY") return true;
    throw error;
  } finally {
    lock.close();
  }
}
