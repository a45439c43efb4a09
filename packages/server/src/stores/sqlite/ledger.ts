// The logs, for the one who writes them. It remembers the heads of the conversations that were
// written to lately, so that an append costs an insert and nothing else.

import type { Database } from "better-sqlite3";
import type { Append, ConversationId, Seq, UserId } from "chat-hub";
import { everyone } from "chat-hub";
import { Recent } from "../recent.js";
import type { EntryRow } from "./entry.js";
import { checksum } from "./entry.js";

export interface Log {
  readonly conversation: ConversationId;
  head: Seq;
  /** How many messages there are up to the head. */
  messages: number;
}

const rememberedLogs = 10_000;

export class SqliteLedger {
  readonly #statements: ReturnType<typeof prepare>;
  readonly #privates = new Recent<string, Log>(rememberedLogs);
  #everyone: Log | undefined;
  #newest: number | undefined;

  constructor(database: Database) {
    this.#statements = prepare(database);
  }

  /** After a rollback: what is remembered may not have been kept. */
  forget(): void {
    this.#privates.clear();
    this.#everyone = undefined;
    this.#newest = undefined;
  }

  /** The id of the newest entry. */
  get newest(): number {
    this.#newest ??= this.#statements.newest.get() ?? 0;
    return this.#newest;
  }

  everyone(): Log {
    this.#everyone ??= this.#log(everyone);
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
    const log = this.#log(conversation);
    this.#privates.set(pair, log);
    return log;
  }

  /** Begins the private log of two users who have none. */
  begin(a: UserId, b: UserId): Log {
    const [lower, higher] = a < b ? [a, b] : [b, a];
    const conversation = Number(this.#statements.begin.run(lower, higher).lastInsertRowid) as ConversationId;
    for (const user of new Set([a, b])) this.#statements.enter.run(user, conversation);
    const log = { conversation, head: 0 as Seq, messages: 0 };
    this.#privates.set(`${lower} ${higher}`, log);
    return log;
  }

  /** Writes the next entry; `fingerprint` where there is a nonce. */
  write(log: Log, { at, author, message, replyTo, nonce, origin }: Append, fingerprint: string | null): Seq {
    const row: EntryRow = {
      conversation: log.conversation,
      seq: (log.head + 1) as Seq,
      at,
      author,
      message,
      replyTo: replyTo ?? null,
      nonce: nonce ?? null,
      origin,
      messages: log.messages + 1,
    };
    const id = this.newest + 1;
    this.#statements.write.run(
      id,
      row.conversation,
      row.seq,
      row.at,
      row.author,
      row.message,
      row.replyTo,
      row.nonce,
      fingerprint,
      row.origin,
      row.messages,
      checksum(row),
    );
    this.#newest = id;
    log.head = row.seq;
    log.messages = row.messages;
    return row.seq;
  }

  #log(conversation: ConversationId): Log {
    return { conversation, ...(this.#statements.head.get(conversation) ?? { head: 0 as Seq, messages: 0 }) };
  }
}

function prepare(database: Database) {
  return {
    newest: database.prepare<[], number | null>("SELECT max(id) FROM entries").pluck(),
    head: database.prepare<[ConversationId], { head: Seq; messages: number }>(
      "SELECT seq AS head, messages FROM entries WHERE conversation = +? ORDER BY seq DESC LIMIT 1",
    ),
    between: database
      .prepare<[UserId, UserId], ConversationId>(
        "SELECT id FROM conversations WHERE lower = ? AND higher = ?",
      )
      .pluck(),
    begin: database.prepare<[UserId, UserId]>("INSERT INTO conversations (lower, higher) VALUES (?, ?)"),
    enter: database.prepare<[UserId, ConversationId]>(
      "INSERT INTO cursors (user, conversation, delivered, read) VALUES (?, ?, 0, 0)",
    ),
    write: database.prepare(
      `INSERT INTO entries (id, conversation, seq, at, author, message, reply_to, nonce, fingerprint,
                            origin, messages, checksum)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  };
}
