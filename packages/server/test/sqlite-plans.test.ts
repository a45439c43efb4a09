// Every statement finds its rows by an index: what it costs does not grow with what is stored.

import Database from "better-sqlite3";
import { defaultLimits } from "chat-hub";
import { expect, test } from "vitest";
import { openBooks } from "../dist/stores/sqlite/books.js";
import { openDirectory } from "../dist/stores/sqlite/directory.js";
import { SqliteSnapshots } from "../dist/stores/sqlite/snapshots.js";
import { newDirectory } from "./sqlite-place.js";

const orders = { nameHoldMs: 1, limits: defaultLimits.store, everyoneHistory: "all" } as const;
/** What has one row, is a query's own, is a queue or the full text index, or an index of nobody but who is here. */
const allowed =
  /^SCAN (indexed|swept|stale|CONSTANT ROW|\(subquery-\d+\)|words VIRTUAL TABLE .*|users USING INDEX users_here)$/;

/** All statements that the store prepares. */
function statements(): { readonly database: Database.Database; readonly sql: readonly string[] } {
  const { file } = openDirectory(newDirectory(), orders);
  const database = new Database(file);
  const sql = new Set<string>();
  const prepare = database.prepare.bind(database);
  database.prepare = ((source: string) => {
    sql.add(source);
    return prepare(source);
  }) as typeof database.prepare;
  openBooks(database, orders);
  new SqliteSnapshots(database);
  return { database, sql: [...sql] };
}

test("no statement looks through a whole table", () => {
  const { database, sql } = statements();
  const explained = sql.filter((source) => /^\s*(SELECT|INSERT|UPDATE|DELETE)/.test(source));
  expect(explained.length).toBeGreaterThan(80);
  const scans: string[] = [];
  for (const source of explained) {
    for (const detail of plan(database, source)) {
      if (detail.startsWith("SCAN") && !allowed.test(detail))
        scans.push(`${detail} in ${source.replace(/\s+/g, " ")}`);
    }
  }
  expect(scans).toEqual([]);
});

/** The steps of a statement. What it is asked for makes no difference to them. */
function plan(database: Database.Database, source: string): string[] {
  const named = source.match(/(?<=\$)\w+/g) ?? [];
  const values = Array.from(source.match(/\?/g) ?? [], () => 1);
  const parameters = named.length === 0 ? values : [Object.fromEntries(named.map((name) => [name, 1]))];
  const explain = database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${source}`);
  return explain.all(...parameters).map(({ detail }) => detail);
}
