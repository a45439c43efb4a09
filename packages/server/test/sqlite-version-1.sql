-- A database of version 1, as the server of that version left it.

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

INSERT INTO marks VALUES ('epoch', '073dd96e4994f6e2');
INSERT INTO marks VALUES ('nonce_secret', '2eae7a68f0f63017d4375a7a985d3358cdc4c830c325ffb35a73f4d2416e3688');
INSERT INTO marks VALUES ('place', '349e2f2572c3dace');
INSERT INTO marks VALUES ('place_before', '34735f890f3611a3');
INSERT INTO marks VALUES ('token_secret', '9c925e464a88d2005bacea5bd147bace2d6fae1caa29c49571279330dbdfab60');
INSERT INTO users VALUES (1, 'alice', 1, 'Alice', x'0fe2b322f264fcf124b61dc349226f8443b8ff1c8be8e03d811118c272016cc5', NULL);
INSERT INTO users VALUES (2, 'bob', 1, 'Bob', x'5d7d03f2a08ce620314ca673e15a5f193d079b1f529980e621d682a22da47da5', NULL);
INSERT INTO users VALUES (3, 'guest', 1, 'guest', NULL, NULL);
INSERT INTO conversations VALUES (1, NULL, NULL, NULL);
INSERT INTO conversations VALUES (2, 1, 2, 'alice bob');
INSERT INTO entries VALUES (1, 1, 1, 2003, 1, 'the first', NULL, NULL, NULL, 7, 1, 3737855097);
INSERT INTO entries VALUES (2, 1, 2, 2004, 2, 'a reply', 1, NULL, NULL, 7, 2, 627234452);
INSERT INTO entries VALUES (3, 1, 3, 2005, 1, 'a reply to the reply', 2, 'nonce-0123456789', '36ba29002864faa9', 7, 3, 2935955112);
INSERT INTO entries VALUES (4, 1, 4, 2006, 3, 'by somebody without a token', NULL, NULL, NULL, 7, 4, 1924759647);
INSERT INTO entries VALUES (5, 1, 5, 2007, 2, 'another reply to the first', 1, NULL, NULL, 7, 5, 2567912996);
INSERT INTO entries VALUES (6, 2, 1, 2008, 2, 'hi', NULL, NULL, NULL, 7, 1, 3893912102);
INSERT INTO entries VALUES (7, 2, 2, 2009, 1, 'hello', 1, NULL, NULL, 7, 2, 3360210868);
INSERT INTO entries VALUES (8, 2, 3, 2010, 2, 'are you there?', NULL, NULL, NULL, 7, 3, 4004233509);
INSERT INTO cursors VALUES (1, 1, 1, 1);
INSERT INTO cursors VALUES (1, 2, 3, 2);
INSERT INTO cursors VALUES (2, 1, 4, 3);
INSERT INTO cursors VALUES (2, 2, 1, 1);
INSERT INTO cursors VALUES (3, 1, 0, 0);

PRAGMA application_id = 1667785076;
PRAGMA user_version = 1;
