// What the database says of itself, by name.

import type { Database } from "better-sqlite3";

type Mark =
  | "epoch"
  /** What the file beside the database says too, unless the database was put back (epoch.ts). */
  | "place"
  | "place_before"
  /** The keys of the hashes that tokens and nonces are kept as. */
  | "token_secret"
  | "nonce_secret"
  /** How the words of the search's index were made. */
  | "words";

export function readMark(database: Database, name: Mark): string | undefined {
  const read = database.prepare<[Mark], string>("SELECT value FROM marks WHERE name = ?");
  return read.pluck().get(name);
}

export function writeMark(database: Database, name: Mark, value: string): void {
  database.prepare("INSERT OR REPLACE INTO marks (name, value) VALUES (?, ?)").run(name, value);
}

/** A mark that every prepared database has. */
export function mark(database: Database, name: Mark): string {
  const value = readMark(database, name);
  if (value === undefined) throw new Error(`the database has no ${name}`);
  return value;
}
