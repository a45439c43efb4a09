// Carries out what reads. Each pack of calls is answered from one snapshot of the database, and says
// which was its newest entry: the main thread holds it back until that one's append is answered.

import type { Database, Statement } from "better-sqlite3";
import type { StoreAnswer, StoreCall } from "chat-hub";
import { SqliteAccess } from "./access.js";
import { SqliteBrowsing } from "./browse.js";
import { SqliteLists } from "./lists.js";
import type { FromWorker } from "./messages.js";
import { packAnswer, unpackCalls } from "./messages.js";
import type { Pack } from "./pack.js";
import { Packer } from "./pack.js";
import { SqlitePages } from "./pages.js";
import { SqlitePlaces } from "./places.js";
import { SqliteRecordLists } from "./records.js";
import { SqliteRows } from "./rows.js";
import { SqliteSearch } from "./search.js";
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
  readonly #browsing: SqliteBrowsing;
  readonly #standings: SqliteStandings;
  readonly #lists: SqliteLists;
  readonly #search: SqliteSearch;
  readonly #answers = new Packer();
  readonly #records: SqliteRecordLists;

  constructor(database: Database) {
    this.#database = database;
    this.#begin = database.prepare("BEGIN");
    this.#commit = database.prepare("COMMIT");
    this.#newest = database.prepare<[], number | null>("SELECT max(id) FROM entries").pluck();
    const places = new SqlitePlaces(database);
    const access = new SqliteAccess(database, places);
    const rows = new SqliteRows(database);
    this.#pages = new SqlitePages(access, rows);
    this.#browsing = new SqliteBrowsing(database, access, rows);
    this.#standings = new SqliteStandings(database, places);
    this.#lists = new SqliteLists(database, access, rows);
    this.#search = new SqliteSearch(database, access);
    this.#records = new SqliteRecordLists(database);
  }

  read(pack: Pack, warn: (line: string) => void): FromWorker {
    this.#begin.run();
    const newest = this.#newest.get() ?? 0;
    for (const call of unpackCalls(pack)) packAnswer(this.#answers, this.#answer(call, newest, warn));
    // Some errors of a read end its transaction too.
    if (this.#database.inTransaction) this.#commit.run();
    return { type: "answers", pack: this.#answers.take(), newest };
  }

  /** What can't be read is refused loudly, and the next call is answered. */
  #answer(call: StoreCall, newest: number, warn: (line: string) => void): StoreAnswer {
    try {
      return this.#carryOut(call, newest);
    } catch (error) {
      this.#warnOnce(error instanceof Error ? error.message : String(error), warn);
      return { ok: false, code: "unavailable" };
    }
  }

  #carryOut(call: StoreCall, newest: number): StoreAnswer {
    switch (call.type) {
      case "read":
        return this.#pages.page(call);
      case "browse":
        return this.#browsing.browse(call);
      case "stand":
        return this.#standings.stand(call, newest);
      case "search":
        return this.#search.search(call, newest);
      case "rooms":
        return this.#lists.rooms(call);
      case "members":
        return this.#lists.members(call);
      case "reactions":
        return this.#lists.reactions(call);
      case "whois":
        return this.#lists.whois(call);
      case "blocks":
        return this.#lists.blocks(call);
      case "records":
        return this.#records.list(call);
      case "audit":
        return this.#records.lines(call);
      default:
        throw new Error(`the writing worker answers ${call.type}`);
    }
  }

  #warnOnce(line: string, warn: (line: string) => void): void {
    if (this.#warned.has(line) || this.#warned.size >= mostWarnings) return;
    this.#warned.add(line);
    warn(line);
  }
}
