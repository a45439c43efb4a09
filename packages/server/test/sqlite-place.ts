// A data directory of a test's own, and the SQLite store in it.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { onTestFinished } from "vitest";
import { openSqlite } from "../dist/stores/sqlite.js";
import type { HouseSettings } from "./store-house.js";
import { House } from "./store-house.js";

/** A new directory, gone when the test is. */
export function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "chat-store-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function houseIn(directory: string, settings?: HouseSettings): House {
  return new House((options) => openSqlite({ ...options, directory }), settings);
}

/** Works on the database behind the store's back. */
export function tamper<Result>(directory: string, work: (database: Database.Database) => Result): Result {
  const database = new Database(join(directory, "chat.db"));
  try {
    return work(database);
  } finally {
    database.close();
  }
}
