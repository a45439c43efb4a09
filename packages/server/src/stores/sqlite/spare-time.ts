// What the writing worker does when nobody waits for it: it forgets what is too old, indexes what was written,
// and cuts off what the log beside the database still has of what was deleted. One small step at a time,
// since a commit may come at any moment.

import type { Database } from "better-sqlite3";
import type { Books } from "./books.js";
import { troubleOf } from "./trouble.js";

/** Without a pack for this long nobody waits. */
const quietMs = 100;
/** Of the time in which somebody does, one part in so many goes into the index: a busy server is indexed too. */
const busyShare = 50;
/** And one in so many into forgetting; when nobody does, every other one. */
const busyForgetting = 25;
const quietForgetting = 1;
/** After there was no room. */
const retryMs = 1_000;

export class SqliteSpareTime {
  readonly #database: Database;
  readonly #ledger: Books["ledger"];
  readonly #index: Books["index"];
  readonly #erasure: Books["erasure"];
  readonly #forgetting: Books["forgetting"];
  /** While there are packs: not before. */
  #nextStepAt = 0;

  constructor(database: Database, { ledger, index, erasure, forgetting }: Books) {
    this.#database = database;
    this.#ledger = ledger;
    this.#index = index;
    this.#erasure = erasure;
    this.#forgetting = forgetting;
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
    const forgets = this.#forgetting.due();
    if (forgets !== undefined && forgets <= 0) {
      this.#forget(isQuiet);
      return 0;
    }
    if (this.#index.isBehind(this.#ledger.newest))
      return soonest(this.#indexUnlessBusy(idleMs, isLate), forgets);
    return soonest(due && Math.max(due.soon, quietMs - idleMs), forgets);
  }

  #forget(isQuiet: boolean): void {
    const start = performance.now();
    let hasForgotten = false;
    const isDone = this.#inBackground(() => {
      hasForgotten = this.#forgetting.work();
    });
    const share = isQuiet ? quietForgetting : busyForgetting;
    if (!isDone) this.#forgetting.rest(retryMs);
    else if (hasForgotten) this.#forgetting.rest((performance.now() - start) * share);
    else this.#forgetting.rest();
  }

  #indexUnlessBusy(idleMs: number, isLate: boolean): number {
    const start = performance.now();
    const isBusy = idleMs < quietMs && start < this.#nextStepAt;
    if (isBusy && !(isLate && this.#index.hasStale))
      return Math.min(quietMs - idleMs, this.#nextStepAt - start);
    const isDone = this.#inBackground(() => this.#index.work(this.#ledger.newest));
    const end = performance.now();
    this.#nextStepAt = end + (end - start) * busyShare;
    return isDone ? 0 : retryMs;
  }

  /** It waits for no disk: what a crash takes back is done again. Tells whether there was room for it. */
  #inBackground(work: () => void): boolean {
    const database = this.#database;
    database.pragma("synchronous = NORMAL");
    try {
      database.transaction(work).immediate();
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

function soonest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}
