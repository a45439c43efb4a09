// Carries out what reads. Each pack of calls is answered from one snapshot of the database, and says
// which was its newest entry: the main thread holds it back until that one's append is answered.

import type { Database, Statement } from "better-sqlite3";
import type { StoreAnswer, StoreCall } from "chat-hub";
import type { FromWorker } from "./messages.js";
import { packAnswer, unpackCalls } from "./messages.js";
import type { Pack } from "./pack.js";
import { Packer } from "./pack.js";
import { SqlitePages } from "./pages.js";
import { SqlitePlaces } from "./places.js";
import { SqliteStandings } from "./standings.js";

/** Different lines; what is read again and again would fill the server's log. */
const mostWarnings = 1_000;

export class SqliteSnapshots {
  readonly #warned = new Set<string>();
  readonly #database: Database;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #newest: Statement<[], number | null>;
  readonly #pages: SqlitePages;
  readonly #standings: SqliteStandings;

  constructor(database: Database) {
    this.#database = database;
    this.#begin = database.prepare("BEGIN");
    this.#commit = database.prepare("COMMIT");
    this.#newest = database.prepare<[], number | null>("SELECT max(id) FROM entries").pluck();
    const places = new SqlitePlaces(database);
    this.#pages = new SqlitePages(database, places);
    this.#standings = new SqliteStandings(database, places);
  }

  read(pack: Pack, warn: (line: string) => void): FromWorker {
    const answers = new Packer();
    this.#begin.run();
    const newest = this.#newest.get() ?? 0;
    for (const call of unpackCalls(pack)) packAnswer(answers, this.#answer(call, warn));
    // Some errors of a read end its transaction too.
    if (this.#database.inTransaction) this.#commit.run();
    return { type: "answers", pack: answers.take(), newest };
  }

  /** What can't be read is refused loudly, and the next call is answered. */
  #answer(call: StoreCall, warn: (line: string) => void): StoreAnswer {
    try {
      if (call.type === "read") return this.#pages.page(call);
      if (call.type === "stand") return this.#standings.stand(call);
      throw new Error(`the writing worker answers ${call.type}`);
    } catch (error) {
      this.#warnOnce(error instanceof Error ? error.message : String(error), warn);
      return { ok: false, code: "unavailable" };
    }
  }

  #warnOnce(line: string, warn: (line: string) => void): void {
    if (this.#warned.has(line) || this.#warned.size >= mostWarnings) return;
    this.#warned.add(line);
    warn(line);
  }
}
