// The small records beside the logs, and the audit log: for the one who writes them, and for those who
// list them.

import type { Database } from "better-sqlite3";
import type {
  AuditLine,
  AuditListed,
  Keep,
  Kept,
  KeptRecord,
  ListAudit,
  ListRecords,
  Recall,
  Recalled,
  RecordChange,
  RecordKind,
  RecordsListed,
  WallMillis,
} from "chat-hub";
import { HouseRules, lackIn, mindedKinds } from "chat-hub";

export class SqliteRecords {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepareToKeep>;
  #rules: HouseRules | undefined;

  constructor(database: Database) {
    this.#database = database;
    this.#statements = prepareToKeep(database);
  }

  /** After a rollback: what is remembered may not have been kept. */
  forget(): void {
    this.#rules = undefined;
  }

  /** What they have made of the house. What has ended by itself is told apart whenever it is asked. */
  get rules(): HouseRules {
    this.#rules ??= new HouseRules(mindedRecords(this.#database, 0 as WallMillis));
    return this.#rules;
  }

  keep({ changes, audit, requires = [], at }: Keep): Kept {
    const lacks = lackIn(this.rules, requires, at);
    if (lacks >= 0) return { ok: true, kept: false, lacks };
    const fits = changes.every(({ kind, key, was }) => {
      return was === undefined || (this.#statements.find.get(kind, key, at)?.value ?? null) === was;
    });
    if (!fits) return { ok: true, kept: false };
    for (const change of changes) this.change(change, at);
    if (changes.length > 0) this.#statements.sweep.run(at);
    if (audit !== undefined) this.note(audit, at);
    return { ok: true, kept: true };
  }

  /** Adds a line to the audit log. */
  note({ by, action, about, detail }: AuditLine, at: WallMillis): void {
    this.#statements.note.run(at, by, action, about, detail);
  }

  find(kind: RecordKind, key: string, at: WallMillis): KeptRow | undefined {
    return this.#statements.find.get(kind, key, at);
  }

  recall({ kind, key, at }: Recall): Recalled {
    const row = this.find(kind, key, at);
    return row === undefined ? { ok: true } : { ok: true, record: recordOf(row) };
  }

  change(change: RecordChange, at: WallMillis): void {
    const { kind, key, value, until } = change;
    this.rules.note(change, at);
    if (value === undefined) this.#statements.remove.run(kind, key);
    else this.#statements.put.run(kind, key, value, until ?? null);
  }
}

export class SqliteRecordLists {
  readonly #statements: ReturnType<typeof prepareToList>;

  constructor(database: Database) {
    this.#statements = prepareToList(database);
  }

  /** Those with one prefix stand side by side: the first that has another ends the page. */
  list({ kind, prefix, after = "", most, at }: ListRecords): RecordsListed {
    const rows: KeptRow[] = [];
    for (const row of this.#statements.from.iterate({ kind, prefix, after, at })) {
      if (!row.key.startsWith(prefix) || rows.push(row) > most) break;
    }
    return { ok: true, records: rows.slice(0, most).map(recordOf), more: rows.length > most };
  }

  lines({ before = Number.MAX_SAFE_INTEGER, most }: ListAudit): AuditListed {
    const lines = this.#statements.lines.all(before, most + 1);
    return { ok: true, lines: lines.slice(0, most), more: lines.length > most };
  }
}

/** Everything that a hub keeps in mind. */
export function mindedRecords(database: Database, at: WallMillis): KeptRecord[] {
  const { of } = prepareToList(database);
  return mindedKinds.flatMap((kind) => of.all(kind, at).map(recordOf));
}

interface KeptRow {
  readonly kind: RecordKind;
  readonly key: string;
  readonly value: string;
  readonly until: WallMillis | null;
}

function recordOf({ kind, key, value, until }: KeptRow): KeptRecord {
  return until === null ? { kind, key, value } : { kind, key, value, until };
}

const isKept = "(until IS NULL OR until > +?)";

function prepareToKeep(database: Database) {
  return {
    find: database.prepare<[RecordKind, string, WallMillis], KeptRow>(
      `SELECT kind, key, value, until FROM records WHERE kind = ? AND key = ? AND ${isKept}`,
    ),
    put: database.prepare<[RecordKind, string, string, WallMillis | null]>(
      "INSERT OR REPLACE INTO records (kind, key, value, until) VALUES (?, ?, ?, ?)",
    ),
    remove: database.prepare<[RecordKind, string]>("DELETE FROM records WHERE kind = ? AND key = ?"),
    // More than come, so that what has expired does not pile up; few, so that nobody waits for it.
    sweep: database.prepare<[WallMillis]>(
      `DELETE FROM records WHERE (kind, key) IN
         (SELECT kind, key FROM records WHERE until IS NOT NULL AND until <= ? LIMIT 10)`,
    ),
    note: database.prepare<[WallMillis, string, string, string, string]>(
      "INSERT INTO audit (at, by, action, about, detail) VALUES (?, ?, ?, ?, ?)",
    ),
  };
}

interface ListedFrom extends Pick<ListRecords, "kind" | "prefix" | "at"> {
  readonly after: string;
}

function prepareToList(database: Database) {
  return {
    of: database.prepare<[RecordKind, WallMillis], KeptRow>(
      `SELECT kind, key, value, until FROM records WHERE kind = ? AND ${isKept} ORDER BY key`,
    ),
    from: database.prepare<[ListedFrom], KeptRow>(
      `SELECT kind, key, value, until FROM records
       WHERE kind = $kind AND key >= max($prefix, $after) AND key <> $after
         AND (until IS NULL OR until > $at)
       ORDER BY key`,
    ),
    lines: database.prepare<[number, number], AuditListed["lines"][number]>(
      "SELECT id, at, by, action, about, detail FROM audit WHERE id < ? ORDER BY id DESC LIMIT +?",
    ),
  };
}
