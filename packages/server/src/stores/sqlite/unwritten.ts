// Plain messages that are appended but not in the database yet. They are the load, so many go in with one
// statement: one by one, binding and stepping cost more than what SQLite does then. Whoever looks at
// `entries` in between, or writes entries of another kind, has these written first.

import type { Database, Statement } from "better-sqlite3";
import type { EntryRow } from "./entry.js";
import { checksum } from "./entry.js";

/** Rows of one statement at most; a power of two, as all are. */
const mostRows = 64;

export class SqliteUnwritten {
  readonly #plain: Inserts;
  readonly #withNonces: Inserts;
  readonly #nonces = new Set<string>();
  #rows: EntryRow[] = [];
  #fingerprints: (string | null)[] = [];

  constructor(database: Database) {
    const columns = ["conversation", "seq", "at", "author", "message", "origin", "messages", "checksum"];
    this.#plain = new Inserts(database, columns);
    this.#withNonces = new Inserts(database, [...columns, "nonce", "fingerprint"]);
  }

  /** After a rollback. */
  forget(): void {
    this.#rows = [];
    this.#fingerprints = [];
    this.#nonces.clear();
  }

  /** `fingerprint`: where there is a nonce. */
  add(row: EntryRow, fingerprint: string | null): void {
    this.#rows.push(row);
    this.#fingerprints.push(fingerprint);
    if (row.nonce !== null) this.#nonces.add(row.nonce);
    if (this.#rows.length === mostRows) this.write();
  }

  /** Whether anybody's message with that nonce is among them. */
  has(nonce: string): boolean {
    return this.#nonces.has(nonce);
  }

  /** In the order in which they were appended: the database numbers its rows itself. */
  write(): void {
    const rows = this.#rows;
    if (rows.length === 0) return;
    const hasNonces = this.#nonces.size > 0;
    const values: unknown[] = [];
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] as EntryRow;
      const { conversation, seq, at, author, message, origin, messages } = row;
      values.push(conversation, seq, at, author, message, origin, messages, checksum(row));
      if (hasNonces) values.push(row.nonce, this.#fingerprints[index]);
    }
    (hasNonces ? this.#withNonces : this.#plain).run(values);
    this.forget();
  }
}

/** Writes rows by as few statements as there are powers of two in their number. */
class Inserts {
  readonly #database: Database;
  readonly #columns: readonly string[];
  readonly #byRows = new Map<number, Statement>();

  constructor(database: Database, columns: readonly string[]) {
    this.#database = database;
    this.#columns = columns;
  }

  /** `values`: of `mostRows` rows at most, in the order of the columns. */
  run(values: readonly unknown[]): void {
    const width = this.#columns.length;
    let start = 0;
    for (let rows = mostRows; rows >= 1; rows /= 2) {
      const end = start + rows * width;
      if (end > values.length) continue;
      // Spread: bound from an array they cost a third more.
      this.#insert(rows).run(...(start === 0 && end === values.length ? values : values.slice(start, end)));
      start = end;
    }
  }

  #insert(rows: number): Statement {
    const known = this.#byRows.get(rows);
    if (known !== undefined) return known;
    const row = `(${this.#columns.map(() => "?").join()})`;
    // Only damage can make a conflict. That it rolls back everything saves a journal for each statement.
    const insert = this.#database.prepare(
      `INSERT OR ROLLBACK INTO entries (${this.#columns.join()}) VALUES ${Array(rows).fill(row).join()}`,
    );
    this.#byRows.set(rows, insert);
    return insert;
  }
}
