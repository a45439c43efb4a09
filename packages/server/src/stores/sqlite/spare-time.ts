// What the writing worker does when nobody waits for it: it indexes what was written, and cuts off what
// the log beside the database still has of deleted messages. One small step at a time, since a commit
// may come at any moment.

import type { Database } from "better-sqlite3";
import type { SqliteErasure } from "./erasure.js";
import type { SqliteLedger } from "./ledger.js";
import type { SqliteIndex } from "./search-index.js";
import { troubleOf } from "./trouble.js";

/** Without a pack for this long nobody waits. */
const quietMs = 100;
/** Of the time in which somebody does, one part in so many goes into the index: a busy server is indexed too. */
const busyShare = 50;
/** After there was no room. */
const retryMs = 1_000;

export class SqliteSpareTime {
  readonly #database: Database;
  readonly #ledger: SqliteLedger;
  readonly #index: SqliteIndex;
  readonly #erasure: SqliteErasure;
  /** While there are packs: not before. */
  #nextStepAt = 0;

  constructor(database: Database, ledger: SqliteLedger, index: SqliteIndex, erasure: SqliteErasure) {
    this.#database = database;
    this.#ledger = ledger;
    this.#index = index;
    this.#erasure = erasure;
  }

  /**
   * Does one step if there is one and this is the time for it, and tells in how many milliseconds to ask
   * again; nothing: not before the next pack. `idleMs`: how long ago the last pack was.
   * @throws what is no passing trouble
   */
  step(idleMs: number): number | undefined {
    const isQuiet = idleMs >= quietMs;
    if (this.#index.isBehind(this.#ledger.newest)) {
      const start = performance.now();
      if (!isQuiet && start < this.#nextStepAt) return Math.min(quietMs - idleMs, this.#nextStepAt - start);
      const isDone = this.#indexMore();
      const end = performance.now();
      this.#nextStepAt = end + (end - start) * busyShare;
      return isDone ? 0 : retryMs;
    }
    const due = this.#erasure.due();
    if (due === undefined) return undefined;
    if (due.soon > 0) return due.soon;
    if (!isQuiet && due.latest > 0) return quietMs;
    this.#erasure.finish();
    return 0;
  }

  /** It waits for no disk: what a crash takes back is indexed again. */
  #indexMore(): boolean {
    const database = this.#database;
    database.pragma("synchronous = NORMAL");
    try {
      database.transaction(() => this.#index.work(this.#ledger.newest)).immediate();
      return true;
    } catch (error) {
      this.#index.forget();
      if (troubleOf(error) === undefined) throw error;
      return false;
    } finally {
      database.pragma("synchronous = FULL");
    }
  }
}
