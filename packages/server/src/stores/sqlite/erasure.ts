// What was deleted is overwritten where it stood (`secure_delete`). Two things still have it then: the index
// of the search, until its words are taken out (search-index.ts), and the log beside the database, which has
// the pages as they were until its changes are all in the database and it is cut off. Both are done within
// about a second of a deletion when nothing else is to do, and after half a minute whatever there is to do;
// the log is also cut at each start and end.

import type { Database } from "better-sqlite3";
import { busyMs } from "./connection.js";

const restMs = 1_000;
const latestMs = 30_000;
/** A reader may still need the log: it is waited for this long, and then later again. */
const waitMs = 100;

export class SqliteErasure {
  readonly #database: Database;
  #deletedAt: number | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Something was deleted. */
  begin(): void {
    this.#deletedAt ??= performance.now();
  }

  /** In how many milliseconds it is to be done, when there is time and at the latest; nothing: there is nothing to do. */
  due(): { readonly soon: number; readonly latest: number } | undefined {
    if (this.#deletedAt === undefined) return undefined;
    const age = performance.now() - this.#deletedAt;
    return { soon: restMs - age, latest: latestMs - age };
  }

  finish(): void {
    const isDone = cutLog(this.#database, waitMs);
    this.#deletedAt = isDone ? undefined : performance.now();
  }
}

/** Brings the log into the database and leaves nothing of it; tells whether no reader was in the way. */
export function cutLog(database: Database, wait: number): boolean {
  database.pragma(`busy_timeout = ${wait}`);
  const [result] = database.pragma("wal_checkpoint(TRUNCATE)") as { readonly busy: 0 | 1 }[];
  database.pragma(`busy_timeout = ${busyMs}`);
  return result?.busy === 0;
}
