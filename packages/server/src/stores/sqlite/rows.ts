// Reads the rows of a log. Every one is checked before it is shown: what is not what was written is
// never served.

import type { Database } from "better-sqlite3";
import type { ConversationId, Seq, WallMillis } from "chat-hub";
import type { ShownRow } from "./shown.js";
import { refuseDamaged, shownColumns, shownTables } from "./shown.js";

/** How large a message is, and where. */
export interface SizeRow {
  readonly seq: Seq;
  readonly bytes: number;
}

export interface Sizes extends SizeRow {
  readonly kind: number | null;
  readonly target: Seq | null;
  readonly detail: string | null;
}

export class SqliteRows {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database) {
    this.#statements = prepare(database);
  }

  /** All entries from one seq to another. @throws if one is damaged or not there */
  between(conversation: ConversationId, from: Seq, to: Seq): ShownRow[] {
    if (from > to) return [];
    const rows = this.#statements.between.all(conversation, from, to);
    for (let seq = from; seq <= to; seq = (seq + 1) as Seq)
      refuseDamaged(conversation, seq, rows[seq - from]);
    return rows;
  }

  /** One entry, if it is there. @throws if it is damaged */
  find(conversation: ConversationId, seq: Seq): ShownRow | undefined {
    const row = this.#statements.find.get(conversation, seq);
    if (row !== undefined) refuseDamaged(conversation, seq, row);
    return row;
  }

  /** The messages among the entries from one seq to another. */
  messages(conversation: ConversationId, from: Seq, to: Seq): ShownRow[] {
    const rows = this.#statements.messages.all(conversation, from, to);
    for (const row of rows) refuseDamaged(conversation, row.seq, row);
    return rows;
  }

  sizes(conversation: ConversationId, from: Seq, to: Seq): Sizes[] {
    return this.#statements.sizes.all(conversation, from, to);
  }

  messageSizes(conversation: ConversationId, from: Seq, to: Seq): SizeRow[] {
    return this.#statements.messageSizes.all(conversation, from, to);
  }

  /** How many messages there are up to a seq, that one included. */
  countTo(conversation: ConversationId, seq: Seq): number {
    return this.#statements.count.get(conversation, seq) ?? 0;
  }

  /** When an entry was written. */
  at(conversation: ConversationId, seq: Seq): WallMillis | undefined {
    return this.#statements.at.get(conversation, seq);
  }
}

type Span = [ConversationId, Seq, Seq];

function prepare(database: Database) {
  const span = "conversation = +? AND seq BETWEEN +? AND +?";
  return {
    between: database.prepare<Span, ShownRow>(
      `SELECT ${shownColumns} FROM ${shownTables} WHERE ${span} ORDER BY seq`,
    ),
    find: database.prepare<[ConversationId, Seq], ShownRow>(
      `SELECT ${shownColumns} FROM ${shownTables} WHERE conversation = +? AND seq = +?`,
    ),
    messages: database.prepare<Span, ShownRow>(
      `SELECT ${shownColumns} FROM ${shownTables} WHERE ${span} AND kind IS NULL ORDER BY seq`,
    ),
    sizes: database.prepare<Span, Sizes>(
      `SELECT seq, octet_length(message) AS bytes, kind, target, iif(kind IS NULL, NULL, detail) AS detail
       FROM entries WHERE ${span} ORDER BY seq`,
    ),
    messageSizes: database.prepare<Span, SizeRow>(
      `SELECT seq, octet_length(message) AS bytes FROM entries WHERE ${span} AND kind IS NULL ORDER BY seq`,
    ),
    count: database
      .prepare<[ConversationId, Seq], number>(
        "SELECT messages FROM entries WHERE conversation = +? AND seq <= +? ORDER BY seq DESC LIMIT 1",
      )
      .pluck(),
    at: database
      .prepare<[ConversationId, Seq], WallMillis>("SELECT at FROM entries WHERE conversation = ? AND seq = ?")
      .pluck(),
  };
}
