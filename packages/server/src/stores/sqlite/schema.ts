// The tables, and how a database of an earlier version gets to them. A step that was released is
// never changed: what comes later is another step.

import type { Database } from "better-sqlite3";

/**
 * Step n makes version n + 1 (`user_version`).
 *
 * Entries have a rowid of their own, in the order in which they were committed, whatever their
 * conversation: so an insert goes to the end of the table (16 times faster at the median than a table
 * clustered by conversation), and the newest rowid tells what a snapshot can see.
 *
 * users.away_since: NULL while the user is here. users.token: a keyed hash.
 * conversations: of two users, the lower id first; NULLs for everyone (id 1). names: the two keys,
 * in order, so that its numbers can begin above those of all that were called the same.
 * entries.messages: how many messages there are up to this one. entries.fingerprint: of the original
 * content, where there is a nonce. entries.checksum: see entry.ts.
 * cursors: one row for each user of a conversation, so it says as well who is in it.
 */
const steps = [
  `
  CREATE TABLE marks (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    generation INTEGER NOT NULL,
    name TEXT NOT NULL,
    token BLOB,
    away_since INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX users_by_name ON users (key, generation);
  CREATE INDEX users_here ON users (id) WHERE away_since IS NULL;

  CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    lower INTEGER,
    higher INTEGER,
    names TEXT
  ) STRICT;
  CREATE UNIQUE INDEX conversations_by_users ON conversations (lower, higher);
  CREATE INDEX conversations_by_names ON conversations (names);
  INSERT INTO conversations (id) VALUES (1);

  CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    author INTEGER NOT NULL,
    message TEXT NOT NULL,
    reply_to INTEGER,
    nonce TEXT,
    fingerprint TEXT,
    origin INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    checksum INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX entries_by_place ON entries (conversation, seq);
  CREATE UNIQUE INDEX entries_by_nonce ON entries (author, nonce) WHERE nonce IS NOT NULL;

  CREATE TABLE cursors (
    user INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    delivered INTEGER NOT NULL,
    read INTEGER NOT NULL,
    PRIMARY KEY (user, conversation)
  ) STRICT, WITHOUT ROWID;
  `,
] as const;

/** The newest version that this program knows. */
export const schemaVersion = steps.length;

/** Marks a file as ours (`application_id`): "chat" in ASCII. */
export const applicationId = 0x63686174;

export function versionOf(database: Database): number {
  return Number(database.pragma("user_version", { simple: true }));
}

/** Takes the database to the newest version, each step in a transaction of its own. */
export function migrate(database: Database): void {
  for (const [version, step] of steps.entries()) {
    if (version < versionOf(database)) continue;
    database
      .transaction(() => {
        database.exec(step);
        database.pragma(`user_version = ${version + 1}`);
        database.pragma(`application_id = ${applicationId}`);
      })
      .exclusive();
  }
}
