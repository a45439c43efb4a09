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
    // A server that died had not come to it.
    if (index.hasStale) erasure.begin();
  }

  /**
   * Does one step if there is one and this is the time for it, and tells in how many milliseconds to ask
   * again; nothing: not before the next pack. `idleMs`: how long ago the last pack was.
   * @throws what is no passing trouble
   */
  step(idleMs: number): number | undefined {
    const isQuiet = idleMs >= quietMs;
    const due = this.#erasure.due();
    const isLate = due !== undefined && due.latest <= 0;
    if (due !== undefined && (isLate || (isQuiet && due.soon <= 0)) && !this.#index.hasStale) {
      this.#erasure.finish();
      return 0;
    }
    if (this.#index.isBehind(this.#ledger.newest)) return this.#indexUnlessBusy(idleMs, isLate);
    return due === undefined ? undefined : Math.max(due.soon, quietMs - idleMs);
  }

  #indexUnlessBusy(idleMs: number, isLate: boolean): number {
    const start = performance.now();
    const isBusy = idleMs < quietMs && start < this.#nextStepAt;
    if (isBusy && !(isLate && this.#index.hasStale))
      return Math.min(quietMs - idleMs, this.#nextStepAt - start);
    const isDone = this.#indexMore();
    const end = performance.now();
    this.#nextStepAt = end + (end - start) * busyShare;
    return isDone ? 0 : retryMs;
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
