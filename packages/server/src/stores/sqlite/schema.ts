// The tables, and how a database of an earlier version gets to them. A step that was released is
// never changed: what comes later is another step.

import type { Database } from "better-sqlite3";
import { skeleton } from "chat-hub";
import { cannotOpen } from "./obstacles.js";
import { threadReplies } from "./old-replies.js";

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
 *
 * Version 2 has rooms and what is done to messages.
 * users.seen: when others saw them last; 0 = never.
 * conversations.key and what follows: of a room; history also of everyone.
 * entries.kind: see entry.ts; NULL for a message, as is then everything after it, unless the message replies,
 * calls somebody, or was edited or deleted: so a plain message costs what it did. thread: the seq of the message
 * that the thread begins with. detail: JSON of what only this kind has. `messages` counts messages only.
 * members: what cursors was, with how the user stands to the conversation (standing.ts; in everyone and in
 * private they are members), the seq that they see from where only what was written since is shown, and in a
 * room the key of their name, unless they are a former member.
 * What is done to messages has tables of its own, and not one index more on entries: each would cost every
 * insert, also one that it has nothing of.
 * reaction_counts.first: where the emoji was first given since nobody gave it.
 * mentions.user: 0 = everyone in the room.
 * words: the index of the search (search-index.ts); indexed: the id of the newest entry that is in it;
 * stale: what it still has of messages that were edited or deleted.
 *
 * Version 3 has what is kept beside the logs. records.until: from then on it is as if it were not there.
 * conversations.slow: seconds between two messages of one member. members.spoke: when they wrote there last while
 * messages were slowed down; members.until: when a ban ends by itself.
 *
 * Version 4: users.account, of whoever has one; their token is a hash of it, so that all who are kept have one.
 *
 * Version 5 has what each name looks like. users.skeleton: of the spelling; indexed for those who can hold a name.
 *
 * Version 6 forgets (forgetting.ts). conversations.forgotten: of what was said up to this seq only the places are kept.
 * conversations.keep: for so many seconds entries are kept there; 0 = as everywhere. entries.deleted: 2 = forgotten.
 * swept: the id of the newest entry that was too old to be kept anywhere.
 *
 * Version 7: the user of an account is found by it.
 */
const steps: readonly (string | ((database: Database) => void))[] = [
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
  (database) => {
    database.exec(secondVersion);
    threadReplies(database);
  },
  `
  CREATE TABLE records (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    until INTEGER,
    PRIMARY KEY (kind, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX records_by_end ON records (until) WHERE until IS NOT NULL;

  CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    about TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;

  ALTER TABLE conversations ADD COLUMN slow INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE members ADD COLUMN spoke INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE members ADD COLUMN until INTEGER;
  `,
  "ALTER TABLE users ADD COLUMN account TEXT;",
  (database) => {
    database.function("skeleton", { deterministic: true }, (name) => skeleton(String(name)));
    database.exec(`
      ALTER TABLE users ADD COLUMN skeleton TEXT NOT NULL DEFAULT '';
      UPDATE users SET skeleton = skeleton(name);
      CREATE INDEX users_by_looks ON users (skeleton) WHERE away_since IS NULL OR token IS NOT NULL;
    `);
  },
  `
  ALTER TABLE conversations ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE conversations ADD COLUMN keep INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX forgetful_rooms ON conversations (id) WHERE keep > 0;
  CREATE TABLE swept (newest INTEGER NOT NULL) STRICT;
  INSERT INTO swept VALUES (0);
  `,
  "CREATE INDEX users_by_account ON users (account) WHERE account IS NOT NULL;",
];

const secondVersion = `
  ALTER TABLE users ADD COLUMN status TEXT NOT NULL DEFAULT 'online';
  ALTER TABLE users ADD COLUMN text TEXT NOT NULL DEFAULT '';
  ALTER TABLE users ADD COLUMN reading TEXT NOT NULL DEFAULT 'shared';
  ALTER TABLE users ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;

  ALTER TABLE conversations ADD COLUMN history TEXT NOT NULL DEFAULT 'all';
  ALTER TABLE conversations ADD COLUMN key TEXT;
  ALTER TABLE conversations ADD COLUMN name TEXT;
  ALTER TABLE conversations ADD COLUMN visibility TEXT;
  ALTER TABLE conversations ADD COLUMN topic TEXT;
  ALTER TABLE conversations ADD COLUMN archived INTEGER;
  ALTER TABLE conversations ADD COLUMN members INTEGER;
  CREATE UNIQUE INDEX rooms_by_key ON conversations (key) WHERE key IS NOT NULL;
  CREATE INDEX public_rooms ON conversations (key) WHERE visibility = 'public';

  ALTER TABLE entries ADD COLUMN kind INTEGER;
  ALTER TABLE entries ADD COLUMN target INTEGER;
  ALTER TABLE entries ADD COLUMN thread INTEGER;
  ALTER TABLE entries ADD COLUMN deleted INTEGER;
  ALTER TABLE entries ADD COLUMN detail TEXT;

  CREATE TABLE members (
    user INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    delivered INTEGER NOT NULL,
    read INTEGER NOT NULL,
    sees_from INTEGER NOT NULL DEFAULT 0,
    standing INTEGER NOT NULL DEFAULT 4,
    muted INTEGER NOT NULL DEFAULT 0,
    key TEXT,
    PRIMARY KEY (user, conversation)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO members (user, conversation, delivered, read)
    SELECT user, conversation, delivered, read FROM cursors;
  DROP TABLE cursors;
  CREATE INDEX people_of_room ON members (conversation, standing, key) WHERE key IS NOT NULL;
  CREATE INDEX rooms_of_user ON members (user, standing) WHERE key IS NOT NULL;

  CREATE TABLE deletions (
    conversation INTEGER NOT NULL,
    target INTEGER NOT NULL,
    PRIMARY KEY (conversation, target)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE replies (
    conversation INTEGER NOT NULL,
    root INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (conversation, root, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE threads (
    conversation INTEGER NOT NULL,
    root INTEGER NOT NULL,
    replies INTEGER NOT NULL,
    PRIMARY KEY (conversation, root)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE pins (
    conversation INTEGER NOT NULL,
    target INTEGER NOT NULL,
    PRIMARY KEY (conversation, target)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE reactions (
    conversation INTEGER NOT NULL,
    user INTEGER NOT NULL,
    target INTEGER NOT NULL,
    emoji TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (conversation, user, target, emoji)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX reactions_in_order ON reactions (conversation, target, seq);
  CREATE TABLE reaction_counts (
    conversation INTEGER NOT NULL,
    target INTEGER NOT NULL,
    emoji TEXT NOT NULL,
    count INTEGER NOT NULL,
    first INTEGER NOT NULL,
    PRIMARY KEY (conversation, target, emoji)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE mentions (
    user INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    author INTEGER NOT NULL,
    PRIMARY KEY (user, conversation, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE blocks (
    user INTEGER NOT NULL,
    key TEXT NOT NULL,
    who INTEGER NOT NULL,
    PRIMARY KEY (user, key, who)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX blocks_of ON blocks (who);

  CREATE VIRTUAL TABLE words USING fts5 (
    text, marks, content = '', columnsize = 0, prefix = '1 2 3', tokenize = 'ascii'
  );
  INSERT INTO words (words, rank) VALUES ('secure-delete', 1), ('automerge', 0), ('crisismerge', 400);
  CREATE TABLE stale (id INTEGER PRIMARY KEY, text TEXT NOT NULL, marks TEXT NOT NULL) STRICT;
  CREATE TABLE indexed (newest INTEGER NOT NULL) STRICT;
  INSERT INTO indexed VALUES (0);
`;

/** The newest version that this program knows. */
export const schemaVersion = steps.length;

/** Marks a file as ours (`application_id`): "chat" in ASCII. */
export const applicationId = 0x63686174;

export function versionOf(database: Database): number {
  return Number(database.pragma("user_version", { simple: true }));
}

/** @throws StoreError if it is another program's, or a newer version's; an empty one may be ours. */
export function refuseForeign(database: Database, file: string): void {
  const application = database.pragma("application_id", { simple: true });
  const isEmpty = database.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
  if (!isEmpty && application !== applicationId) throw cannotOpen(file, "foreign");
  if (versionOf(database) > schemaVersion) throw cannotOpen(file, "newer");
}

/** Takes the database to the newest version, or to `newest`, each step in a transaction of its own. */
export function migrate(database: Database, newest: number = schemaVersion): void {
  for (const [version, step] of steps.entries()) {
    if (version < versionOf(database) || version >= newest) continue;
    database
      .transaction(() => {
        if (typeof step === "string") database.exec(step);
        else step(database);
        database.pragma(`user_version = ${version + 1}`);
        database.pragma(`application_id = ${applicationId}`);
      })
      .exclusive();
  }
}
