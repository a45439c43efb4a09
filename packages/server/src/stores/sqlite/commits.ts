// Carries out what writes. Each pack of calls is one transaction, answered when it is on disk;
// meanwhile the next pack fills up, so the load makes its own batches.

import type { Database, Statement } from "better-sqlite3";
import type { StoreAnswer, StoreCall } from "chat-hub";
import type { Books, StoreOrders } from "./books.js";
import { openBooks } from "./books.js";
import type { FromWorker } from "./messages.js";
import { packAnswer, unpackCalls } from "./messages.js";
import type { Pack } from "./pack.js";
import { Packer } from "./pack.js";
import { SqliteSpareTime } from "./spare-time.js";
import type { Trouble } from "./trouble.js";
import { troubleOf } from "./trouble.js";

const warnings: Readonly<Record<Trouble, string>> = {
  storage_full: "there is no room left for messages: they are refused until there is some",
  unavailable: "another program holds the database: messages are refused until it lets go",
};

export class SqliteCommits {
  readonly #database: Database;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #rollback: Statement;
  readonly #books: Books;
  readonly #spareTime: SqliteSpareTime;
  readonly #answers = new Packer();
  #trouble: Trouble | undefined;

  constructor(database: Database, orders: StoreOrders) {
    this.#database = database;
    this.#begin = database.prepare("BEGIN IMMEDIATE");
    this.#commit = database.prepare("COMMIT");
    this.#rollback = database.prepare("ROLLBACK");
    this.#books = openBooks(database, orders);
    this.#spareTime = new SqliteSpareTime(database, this.#books);
  }

  /** `failed` is the last thing it says: a commit or fsync that failed is never tried again. */
  commit(pack: Pack, warn: (line: string) => void): FromWorker {
    const calls = unpackCalls(pack);
    try {
      const answers = this.#carryOutAll(calls);
      if (this.#trouble !== undefined) warn("messages are kept again");
      this.#trouble = undefined;
      return answers;
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === undefined) return { type: "failed", reason: String(error) };
      if (this.#trouble !== trouble) warn(warnings[trouble]);
      this.#trouble = trouble;
      return this.#refuseAll(calls, trouble);
    }
  }

  /** Does a little of what can wait: as `SqliteSpareTime` has it. */
  rest(idleMs: number): number | undefined {
    return this.#spareTime.step(idleMs);
  }

  #carryOutAll(calls: readonly StoreCall[]): FromWorker {
    this.#begin.run();
    for (const call of calls) packAnswer(this.#answers, this.#carryOut(call));
    this.#books.ledger.settle();
    this.#books.members.write();
    this.#commit.run();
    return { type: "answers", pack: this.#answers.take(), newest: this.#books.ledger.newest };
  }

  #carryOut(call: StoreCall): StoreAnswer {
    const { appends, ledger, visits, members, choices, records } = this.#books;
    if (call.type === "append") return appends.append(call);
    ledger.settle();
    switch (call.type) {
      case "identify":
        return visits.identify(call);
      case "release":
        return visits.release(call);
      case "advance":
        return members.advance(call);
      case "choose":
        return choices.choose(call);
      case "keep":
        return records.keep(call);
      case "recall":
        return records.recall(call);
      default:
        throw new Error(`the reading worker answers ${call.type}`);
    }
  }

  #refuseAll(calls: readonly StoreCall[], code: Trouble): FromWorker {
    // What was answered before the trouble came is not true any more.
    this.#answers.take();
    try {
      if (this.#database.inTransaction) this.#rollback.run();
      this.#books.forget();
      for (const _ of calls) packAnswer(this.#answers, { ok: false, code });
      return { type: "answers", pack: this.#answers.take(), newest: this.#books.ledger.newest };
    } catch (error) {
      return { type: "failed", reason: String(error) };
    }
  }
}
