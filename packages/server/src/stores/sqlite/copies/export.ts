// All that a database has, as lines of JSON that other programs read too. The first line says of which
// version its tables are, the last how many rows there were: so a file that was cut short is known.

import { closeSync, openSync, writeSync } from "node:fs";
import type { Database } from "better-sqlite3";
import { connectToRead } from "../connection.js";
import { readMark } from "../marks.js";
import { opening } from "../obstacles.js";
import { refuseForeign, versionOf } from "../schema.js";
import { databaseOf } from "./backup.js";
import { asStoreError, makeFile } from "./files.js";

/** The first line of an export. */
export interface ExportHead {
  readonly chat_hub_export: 1;
  /** Of which version the tables are (`user_version`). */
  readonly version: number;
  readonly epoch: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}
/** Every other line but the last. A BLOB is `{"hex":"…"}`. */
export interface ExportRow {
  readonly table: string;
  readonly row: Readonly<Record<string, ExportValue>>;
}
export type ExportValue = string | number | null | { readonly hex: string };
export interface ExportEnd {
  readonly end: { readonly rows: number };
}

/** Lines are written together, so many characters at a time. */
const writtenChars = 256 * 1024;

/**
 * Writes everything of `directory` into a new file, or to stdout (`-`), as it is at this moment, also
 * while a server uses it. The index of the search is left out, since it is made anew from the rest.
 * @returns how many rows
 * @throws StoreError
 */
export function exportLines(directory: string, file: string, now: Date): number {
  const source = databaseOf(directory);
  return opening(source, () => {
    const database = connectToRead(source);
    try {
      refuseForeign(database, source);
      // One snapshot for all of it.
      return database.transaction(() =>
        file === "-" ? toStdout(database, now) : makeFile(file, (draft) => writeAll(database, draft, now)),
      )();
    } finally {
      database.close();
    }
  });
}

function toStdout(database: Database, now: Date): number {
  try {
    return writeTo(database, 1, now);
  } catch (error) {
    throw asStoreError("to stdout", error);
  }
}

function writeAll(database: Database, file: string, now: Date): number {
  const descriptor = openSync(file, "w");
  try {
    return writeTo(database, descriptor, now);
  } finally {
    closeSync(descriptor);
  }
}

function writeTo(database: Database, descriptor: number, now: Date): number {
  let lines = "";
  const say = (line: ExportHead | ExportRow | ExportEnd): void => {
    lines += `${JSON.stringify(line)}\n`;
    if (lines.length < writtenChars) return;
    writeWhole(descriptor, lines);
    lines = "";
  };
  const epoch = readMark(database, "epoch") ?? "";
  say({ chat_hub_export: 1, version: versionOf(database), epoch, at: now.toISOString() });
  let rows = 0;
  for (const table of keptTables(database)) {
    for (const row of database.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).iterate()) {
      say({ table, row: exported(row) });
      rows += 1;
    }
  }
  say({ end: { rows } });
  writeWhole(descriptor, lines);
  return rows;
}

/** A pipe may take a part only, or nothing for now. */
function writeWhole(descriptor: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function exported(row: Record<string, unknown>): ExportRow["row"] {
  const values = Object.entries(row).map(([name, value]) => [
    name,
    Buffer.isBuffer(value) ? { hex: value.toString("hex") } : (value as ExportValue),
  ]);
  return Object.fromEntries(values) as ExportRow["row"];
}

/** What belongs to the search's index; it is made again from the entries. */
const madeAgain = /^(words|stale$|indexed$)/;

/** The tables whose rows say something that no other's do, in an order that is always the same. */
export function keptTables(database: Database): readonly string[] {
  const names = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  return names.filter((name) => !madeAgain.test(name) && !name.startsWith("sqlite_"));
}
