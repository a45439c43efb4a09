// How every connection to the database is set.
//
// A rule for the queries: where one sorts, joins, limits or takes a maximum, its parameters are written `+?`.
// SQLite with STAT4, which this one has, plans such a query anew whenever a bare `?` gets another
// value, and that costs five times the query.

import Database from "better-sqlite3";

/** Longer than anybody but a foreign program would hold the database. */
export const busyMs = 5_000;
/** Pages in the log (4 KiB each) after which a commit also brings them into the database. */
const checkpointPages = 10_000;

/** What is not our own must be looked at before anything is set. */
export function connect(file: string): Database.Database {
  return new Database(file, { timeout: busyMs });
}

/** `FULL`: a commit is on disk when it returns. Once many share a commit, less would save nothing. */
export function prepareToWrite(database: Database.Database): void {
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  // What is deleted is overwritten where it stood. What the log beside the database has of it: erasure.ts.
  database.pragma("secure_delete = ON");
  database.pragma(`wal_autocheckpoint = ${checkpointPages}`);
}

export function connectToRead(file: string): Database.Database {
  return new Database(file, { timeout: busyMs, readonly: true });
}
