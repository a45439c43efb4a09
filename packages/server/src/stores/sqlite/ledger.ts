// The logs, for the one who writes them. It remembers the heads of the conversations that were
// written to lately, so that an append costs a row of an insert and nothing else.

import type { Database } from "better-sqlite3";
import type { ConnectionId, ConversationId, Seq, UserId, WallMillis } from "chat-hub";
import { everyone } from "chat-hub";
import { baseAbove } from "../numbering.js";
import { Recent } from "../recent.js";
import type { EntryRow, Extras } from "./entry.js";
import { checksum } from "./entry.js";
import { SqliteUnwritten } from "./unwritten.js";

export interface Log {
  readonly conversation: ConversationId;
  /** Its numbers begin above. */
  readonly base: Seq;
  head: Seq;
  /** When the entry at the head was written; 0 if there is none. */
  headAt: WallMillis;
  /** How many messages there are up to the head. */
  messages: number;
}

interface Names {
  readonly names: string;
  /** 1 if one of them had another holder before. */
  readonly takenOver: 0 | 1;
}

/** What is written, beside its place. */
export interface Line {
  readonly at: WallMillis;
  readonly author: UserId;
  readonly origin: ConnectionId;
  readonly message: string;
  readonly replyTo: Seq | null;
  readonly nonce: string | null;
  /** Where there is a nonce. */
  readonly fingerprint: string | null;
}

export const plain: Extras = { kind: null, target: null, thread: null, deleted: null, detail: null };

const rememberedLogs = 10_000;

export class SqliteLedger {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #unwritten: SqliteUnwritten;
  readonly #privates = new Recent<string, Log>(rememberedLogs);
  #everyone: Log | undefined;
  #newest: number | undefined;

  constructor(database: Database) {
    this.#statements = prepare(database);
    this.#unwritten = new SqliteUnwritten(database);
  }

  /** After a rollback: what is remembered may not have been kept. */
  forget(): void {
    this.#unwritten.forget();
    this.#privates.clear();
    this.#everyone = undefined;
    this.#newest = undefined;
  }

  /** The id of the newest entry. */
  get newest(): number {
    this.#newest ??= this.#statements.newest.get() ?? 0;
    return this.#newest;
  }

  /** Puts all that is appended into the database; before each commit, and before anything looks at entries. */
  settle(): void {
    this.#unwritten.write();
  }

  /** Whether what somebody appended with that nonce may not be in the database yet. */
  isUnsettled(nonce: string): boolean {
    return this.#unwritten.has(nonce);
  }

  everyone(): Log {
    this.#everyone ??= this.open(everyone);
    return this.#everyone;
  }

  /** The private log of two users, if there is one. */
  between(a: UserId, b: UserId): Log | undefined {
    const [lower, higher] = a < b ? [a, b] : [b, a];
    const pair = `${lower} ${higher}`;
    const known = this.#privates.get(pair);
    if (known !== undefined) return known;
    const conversation = this.#statements.between.get(lower, higher);
    if (conversation === undefined) return undefined;
    const log = this.open(conversation);
    this.#privates.set(pair, log);
    return log;
  }

  /** Begins the private log of two users who have none. It gets its first entry in the same commit. */
  begin(a: UserId, b: UserId): Log {
    const [lower, higher] = a < b ? [a, b] : [b, a];
    const { names, takenOver } = this.#statements.names.get(lower, higher) as Names;
    this.settle();
    // The newest of the same names stands above all earlier ones, and those can't grow any more.
    const base = baseAbove(this.#statements.newestOf.get(names) ?? 0, takenOver === 1);
    const begun = this.#statements.begin.run(lower, higher, names);
    const conversation = Number(begun.lastInsertRowid) as ConversationId;
    for (const user of new Set([a, b])) this.#statements.enter.run(user, conversation, base, base);
    const log = { conversation, base, head: base, headAt: 0 as WallMillis, messages: 0 };
    this.#privates.set(`${lower} ${higher}`, log);
    return log;
  }

  /** The log of a conversation, for whoever remembers it: of one log there must not be two. */
  open(conversation: ConversationId): Log {
    this.settle();
    const base = ((this.#statements.first.get(conversation) ?? 1) - 1) as Seq;
    const newest = this.#statements.newestIn.get(conversation);
    return { conversation, base, ...(newest ?? { head: base, headAt: 0 as WallMillis, messages: 0 }) };
  }

  /** Writes the next entry and tells its row. Time in a log never goes back. */
  write(log: Log, line: Line, extras: Extras = plain): EntryRow {
    const row: EntryRow = {
      conversation: log.conversation,
      seq: (log.head + 1) as Seq,
      at: Math.max(line.at, log.headAt) as WallMillis,
      author: line.author,
      message: line.message,
      replyTo: line.replyTo,
      nonce: line.nonce,
      origin: line.origin,
      messages: extras.kind === null ? log.messages + 1 : log.messages,
      kind: extras.kind,
      target: extras.target,
      thread: extras.thread,
      deleted: null,
      detail: extras.detail,
    };
    // The database numbers its rows in the order in which they come.
    this.#newest = this.newest + 1;
    if (extras === plain) this.#unwritten.add(row, line.fingerprint);
    else {
      this.settle();
      this.#statements.write.run({ fingerprint: line.fingerprint, checksum: checksum(row), ...row });
    }
    log.head = row.seq;
    log.headAt = row.at;
    log.messages = row.messages;
    return row;
  }
}

function prepare(database: Database) {
  return {
    newest: database.prepare<[], number | null>("SELECT max(id) FROM entries").pluck(),
    first: database
      .prepare<[ConversationId], Seq | null>("SELECT min(seq) FROM entries WHERE conversation = +?")
      .pluck(),
    newestIn: database.prepare<[ConversationId], { head: Seq; headAt: WallMillis; messages: number }>(
      `SELECT seq AS head, at AS headAt, messages FROM entries
       WHERE conversation = +? ORDER BY seq DESC LIMIT 1`,
    ),
    between: database
      .prepare<[UserId, UserId], ConversationId>(
        "SELECT id FROM conversations WHERE lower = ? AND higher = ?",
      )
      .pluck(),
    // No key has a space in it.
    names: database.prepare<[UserId, UserId], Names>(
      `SELECT min(a.key, b.key) || ' ' || max(a.key, b.key) AS names,
              a.generation > 1 OR b.generation > 1 AS takenOver
       FROM users AS a, users AS b WHERE a.id = +? AND b.id = +?`,
    ),
    newestOf: database
      .prepare<[string], Seq | null>(
        `SELECT max(seq) FROM entries
         WHERE conversation = (SELECT max(id) FROM conversations WHERE names = +?)`,
      )
      .pluck(),
    begin: database.prepare<[UserId, UserId, string]>(
      "INSERT INTO conversations (lower, higher, names) VALUES (?, ?, ?)",
    ),
    enter: database.prepare<[UserId, ConversationId, Seq, Seq]>(
      "INSERT INTO members (user, conversation, delivered, read) VALUES (?, ?, ?, ?)",
    ),
    write: database.prepare(
      `INSERT INTO entries (conversation, seq, at, author, message, reply_to, nonce, fingerprint, origin,
                            messages, checksum, kind, target, thread, detail)
       VALUES ($conversation, $seq, $at, $author, $message, $replyTo, $nonce, $fingerprint,
               $origin, $messages, $checksum, $kind, $target, $thread, $detail)`,
    ),
  };
}
