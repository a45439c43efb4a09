// How every connection to the database is set.

import Database from "better-sqlite3";

/** Longer than anybody but a foreign program would hold the database. */
const busyMs = 5_000;
/** Pages in the log (4 KiB each) after which a commit also brings them into the database. */
const checkpointPages = 10_000;

/** `FULL`: a commit is on disk when it returns. Once many share a commit, less would save nothing. */
export function connectToWrite(file: string): Database.Database {
  const database = new Database(file, { timeout: busyMs });
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  return database;
}

export function connectToRead(file: string): Database.Database {
  return new Database(file, { timeout: busyMs, readonly: true });
}
