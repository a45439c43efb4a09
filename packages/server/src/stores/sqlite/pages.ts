// Pages of the logs. Every entry is checked before it is shown: what is not what was written is
// never served.

import type { Database, Statement } from "better-sqlite3";
import type { ConversationId, Read, Seq, StoreCalls } from "chat-hub";
import { entryFrom } from "../entry.js";
import { pageSpan } from "../page-span.js";
import type { EntryRow } from "./entry.js";
import { checksum } from "./entry.js";
import type { SqlitePlaces } from "./places.js";

interface KeptRow extends EntryRow {
  readonly from: string;
  readonly checksum: number;
}

const between = "WHERE conversation = +? AND seq BETWEEN +? AND +? ORDER BY seq";

export class SqlitePages {
  readonly #places: SqlitePlaces;
  readonly #first: Statement<[ConversationId], Seq | null>;
  readonly #head: Statement<[ConversationId], Seq | null>;
  readonly #sizes: Statement<[ConversationId, Seq, Seq], number>;
  readonly #rows: Statement<[ConversationId, Seq, Seq], KeptRow>;

  constructor(database: Database, places: SqlitePlaces) {
    this.#places = places;
    this.#first = database
      .prepare<[ConversationId], Seq | null>("SELECT min(seq) FROM entries WHERE conversation = +?")
      .pluck();
    this.#head = database
      .prepare<[ConversationId], Seq | null>("SELECT max(seq) FROM entries WHERE conversation = +?")
      .pluck();
    this.#sizes = database
      .prepare<[ConversationId, Seq, Seq], number>(`SELECT octet_length(message) FROM entries ${between}`)
      .pluck();
    this.#rows = database.prepare(
      `SELECT conversation, seq, at, author, users.name AS "from", message, reply_to AS replyTo, nonce,
              origin, messages, checksum
       FROM entries JOIN users ON users.id = author ${between}`,
    );
  }

  /** @throws if an entry of the page is damaged */
  page(call: Read): StoreCalls["read"]["answer"] {
    const conversation = this.#places.find(call.viewer, call.of);
    if (conversation === undefined) return { ok: false, code: "unknown_conversation" };
    const head = this.#head.get(conversation) ?? (0 as Seq);
    const first = this.#first.get(conversation) ?? (1 as Seq);
    const sizesOf = (from: Seq, to: Seq) => this.#sizes.all(conversation, from, to);
    const { from, to, more } = pageSpan(call, { first, head }, sizesOf);
    const rows = from > to ? [] : this.#rows.all(conversation, from, to);
    for (let seq = from; seq <= to; seq = (seq + 1) as Seq)
      refuseDamaged(conversation, seq, rows[seq - from]);
    const place = this.#places.place(call.viewer, conversation);
    return { ok: true, ...place, entries: rows.map(entryFrom), first, head, forgotten: false, more };
  }
}

function refuseDamaged(conversation: ConversationId, seq: Seq, row: KeptRow | undefined): void {
  if (row?.seq === seq && row.checksum === checksum(row)) return;
  throw new Error(
    `entry ${seq} of conversation ${conversation} is damaged and is not shown: restore a backup`,
  );
}
