// Makes a database of what `export` wrote. Its tables are made as they were in the version that wrote
// it, and then taken to the newest one, as an old database would be.

import { closeSync, existsSync, openSync, readSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Database, Statement } from "better-sqlite3";
import { StoreError } from "../../store-error.js";
import { connect } from "../connection.js";
import { lockDirectory } from "../directory.js";
import { opening } from "../obstacles.js";
import { migrate, schemaVersion } from "../schema.js";
import type { ExportEnd, ExportHead, ExportRow, ExportValue } from "./export.js";
import { keptTables } from "./export.js";
import { asStoreError, putInPlace } from "./files.js";

/** The longest line of an export, in bytes: a message of 10,000 code points, escaped, is far shorter. */
const lineBytes = 1024 * 1024;
const readBytes = 64 * 1024;

/**
 * Fills a directory in which there is no database yet with what the file has, or stdin (`-`).
 * @returns how many rows
 * @throws StoreError with the number of the line that is wrong, StoreError
 */
export function importLines(directory: string, file: string): number {
  const lock = opening(directory, () => lockDirectory(directory));
  const draft = join(directory, "chat.importing");
  try {
    const database = join(directory, "chat.db");
    if (existsSync(database))
      throw new StoreError(`there are messages in ${directory}: import into a new directory, with --data`);
    const rows = fill(draft, file);
    putInPlace(draft, database);
    return rows;
  } catch (error) {
    throw asStoreError(directory, error);
  } finally {
    for (const tail of ["", "-journal"]) rmSync(draft + tail, { force: true });
    lock.close();
  }
}

function fill(draft: string, file: string): number {
  rmSync(draft, { force: true });
  closeSync(openSync(draft, "wx", 0o600));
  const database = connect(draft);
  try {
    return database.transaction(() => takeAll(database, file))();
  } finally {
    database.close();
  }
}

function takeAll(database: Database, file: string): number {
  const lines = linesOf(file);
  const head = readHead(lines.next().value);
  makeTables(database, head.version);
  const inserts = new Inserts(database);
  let rows = 0;
  let number = 1;
  let end: ExportEnd | undefined;
  for (const text of lines) {
    number += 1;
    if (end !== undefined) throw wrong(number, "nothing may follow the last line");
    const line = parse(text, number) as Partial<ExportRow & ExportEnd>;
    if (line.end !== undefined) {
      end = line as ExportEnd;
    } else {
      inserts.take(line, number);
      rows += 1;
    }
  }
  if (end?.end.rows !== rows)
    throw new StoreError(`the export was cut short after line ${number}: export it again`);
  migrate(database);
  return rows;
}

/** As they were, and empty: what a version makes by itself is in the export as well. */
function makeTables(database: Database, version: number): void {
  migrate(database, version);
  for (const table of keptTables(database)) database.exec(`DELETE FROM "${table}"`);
}

function readHead(text: string | undefined): ExportHead {
  const head = text === undefined ? {} : (parse(text, 1) as Partial<ExportHead>);
  const { chat_hub_export: format, version } = head;
  if (format !== 1 || typeof version !== "number" || !Number.isInteger(version) || version < 1)
    throw new StoreError("line 1: this is no export of chat-server");
  if (version > schemaVersion)
    throw new StoreError("a newer version of this server wrote it: import it with that one");
  return head as ExportHead;
}

/** A statement for each table and the columns that a row has. */
class Inserts {
  readonly #database: Database;
  readonly #tables: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #prepared = new Map<string, Statement<unknown[]>>();

  constructor(database: Database) {
    this.#database = database;
    const columns = (table: string) =>
      new Set(
        (database.pragma(`table_info("${table}")`) as { readonly name: string }[]).map(({ name }) => name),
      );
    this.#tables = new Map(keptTables(database).map((table) => [table, columns(table)]));
  }

  take({ table, row }: Partial<ExportRow>, number: number): void {
    const columns = table === undefined ? undefined : this.#tables.get(table);
    if (table === undefined || columns === undefined) throw wrong(number, `there is no table ${table}`);
    if (typeof row !== "object" || row === null) throw wrong(number, "there is no row");
    const names = Object.keys(row);
    const unknown = names.find((name) => !columns.has(name));
    if (unknown !== undefined) throw wrong(number, `${table} has no column ${unknown}`);
    const values = Object.values(row).map((value) => imported(value, number));
    try {
      this.#insert(table, names).run(...values);
    } catch (error) {
      throw wrong(number, error instanceof Error ? error.message : String(error));
    }
  }

  #insert(table: string, names: readonly string[]): Statement<unknown[]> {
    const key = [table, ...names].join();
    const known = this.#prepared.get(key);
    if (known !== undefined) return known;
    const columns = names.map((name) => `"${name}"`).join();
    const places = names.map(() => "?").join();
    const made = this.#database.prepare<unknown[]>(`INSERT INTO "${table}" (${columns}) VALUES (${places})`);
    this.#prepared.set(key, made);
    return made;
  }
}

function imported(value: ExportValue, number: number): unknown {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (/^([0-9a-f]{2})*$/.test(value.hex)) return Buffer.from(value.hex, "hex");
  throw wrong(number, "a value is neither text, number, null nor hex");
}

function parse(text: string, number: number): object {
  try {
    const line: unknown = JSON.parse(text);
    if (typeof line === "object" && line !== null) return line;
  } catch {
    // Said below.
  }
  throw wrong(number, "this is no JSON object");
}

function wrong(number: number, what: string): StoreError {
  return new StoreError(`line ${number}: ${what}`);
}

function* linesOf(file: string): Generator<string, undefined> {
  const descriptor = opened(file);
  const chunk = Buffer.alloc(readBytes);
  let rest = Buffer.alloc(0);
  try {
    for (let read = take(descriptor, chunk); read > 0; read = take(descriptor, chunk)) {
      rest = Buffer.concat([rest, chunk.subarray(0, read)]);
      for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
        yield rest.toString("utf8", 0, end);
        rest = rest.subarray(end + 1);
      }
      if (rest.length > lineBytes)
        throw new StoreError("a line is too long: this is no export of chat-server");
    }
    if (rest.length > 0) yield rest.toString("utf8");
  } finally {
    if (descriptor !== 0) closeSync(descriptor);
  }
  return undefined;
}

function opened(file: string): number {
  if (file === "-") return 0;
  if (!existsSync(file)) throw new StoreError(`there is no file ${file}`);
  return openSync(file, "r");
}

/** Nothing at the end. A terminal or a pipe may have nothing for now. */
function take(descriptor: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
