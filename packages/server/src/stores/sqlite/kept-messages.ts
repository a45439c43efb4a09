// The messages that are kept, for the one who changes them: their rows, and the threads that they are in.

import type { Database } from "better-sqlite3";
import type { ConversationId, Seq } from "chat-hub";
import type { EntryRow } from "./entry.js";
import { checksum } from "./entry.js";
import type { SqliteErasure } from "./erasure.js";
import type { SqliteLedger } from "./ledger.js";
import type { SqliteIndex } from "./search-index.js";
import type { ShownRow } from "./shown.js";
import { refuseDamaged, shownColumns, shownTables } from "./shown.js";

export interface MessageRow extends ShownRow {
  readonly id: number;
}

export class SqliteMessages {
  readonly #ledger: SqliteLedger;
  readonly #index: SqliteIndex;
  readonly #erasure: SqliteErasure;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(database: Database, ledger: SqliteLedger, index: SqliteIndex, erasure: SqliteErasure) {
    this.#ledger = ledger;
    this.#index = index;
    this.#erasure = erasure;
    this.#statements = prepare(database);
  }

  /** The message at a place, deleted or not; nothing if there is none, if it is forgotten, or another entry. */
  find(conversation: ConversationId, seq: Seq): MessageRow | undefined {
    this.#ledger.settle();
    return this.#statements.find.get(conversation, seq);
  }

  /**
   * Puts another text in the place of a message's own; `null` takes it out for good. What the index
   * of the search and the log beside the database have of what it was goes when there is time (erasure.ts).
   * @throws if the row is damaged: nothing is made of what was not written
   */
  rewrite(row: MessageRow, message: string | null, detail: string | null): MessageRow {
    refuseDamaged(row.conversation, row.seq, row);
    const deleted = message === null ? 1 : null;
    const changed: EntryRow = { ...row, message: message ?? "", detail, deleted };
    const sum = checksum(changed);
    this.#statements.rewrite.run(changed.message, detail, deleted, sum, row.id);
    if (message === null) this.#statements.delete.run(row.conversation, row.seq);
    this.#index.replace(row);
    this.#erasure.begin();
    return { ...row, ...changed, checksum: sum };
  }

  /** One more message in a thread. */
  addReply(conversation: ConversationId, root: Seq, seq: Seq): void {
    this.#statements.addReply.run(conversation, root, seq);
    this.#statements.countReply.run(conversation, root);
  }
}

function prepare(database: Database) {
  return {
    find: database.prepare<[ConversationId, Seq], MessageRow>(
      `SELECT entries.id, ${shownColumns} FROM ${shownTables}
       WHERE conversation = +? AND seq = +? AND kind IS NULL AND deleted IS NOT 2`,
    ),
    rewrite: database.prepare(
      "UPDATE entries SET message = ?, detail = ?, deleted = ?, checksum = ? WHERE id = ?",
    ),
    delete: database.prepare<[ConversationId, Seq]>(
      "INSERT INTO deletions (conversation, target) VALUES (?, ?)",
    ),
    addReply: database.prepare<[ConversationId, Seq, Seq]>(
      "INSERT INTO replies (conversation, root, seq) VALUES (?, ?, ?)",
    ),
    countReply: database.prepare<[ConversationId, Seq]>(
      `INSERT INTO threads (conversation, root, replies) VALUES (?, ?, 1)
       ON CONFLICT DO UPDATE SET replies = replies + 1`,
    ),
  };
}
