// Pages of the logs. Every entry is checked before it is shown: what is not what was written is
// never served.

import type { Database, Statement } from "better-sqlite3";
import type { ConversationId, Entry, Read, Seq, StoreCalls } from "chat-hub";
import { pageSpan } from "./page-span.js";
import type { EntryRow } from "./sqlite-entry.js";
import { checksum } from "./sqlite-entry.js";
import type { SqlitePlaces } from "./sqlite-places.js";

interface KeptRow extends EntryRow {
  readonly from: string;
  readonly checksum: number;
}

export class SqlitePages {
  readonly #places: SqlitePlaces;
  readonly #extent: Statement<[{ conversation: ConversationId }], { first: Seq | null; head: Seq | null }>;
  readonly #entry: Statement<[ConversationId, Seq], KeptRow>;

  constructor(database: Database, places: SqlitePlaces) {
    this.#places = places;
    this.#extent = database.prepare(
      `SELECT (SELECT min(seq) FROM entries WHERE conversation = $conversation) AS first,
              (SELECT max(seq) FROM entries WHERE conversation = $conversation) AS head`,
    );
    this.#entry = database.prepare(
      `SELECT conversation, seq, at, author, users.name AS "from", message, reply_to AS replyTo, nonce,
              origin, messages, checksum
       FROM entries JOIN users ON users.id = author
       WHERE conversation = ? AND seq = ?`,
    );
  }

  /** @throws if an entry of the page is damaged */
  page(call: Read): StoreCalls["read"]["answer"] {
    const conversation = this.#places.find(call.viewer, call.of);
    if (conversation === undefined) return { ok: false, code: "unknown_conversation" };
    const extent = this.#extent.get({ conversation });
    const head = extent?.head ?? (0 as Seq);
    const first = extent?.first ?? (1 as Seq);
    const found = new Map<Seq, KeptRow>();
    const span = pageSpan(call, { first, head }, (seq) => {
      const row = this.#checked(conversation, seq);
      found.set(seq, row);
      return Buffer.byteLength(row.message);
    });
    const entries: Entry[] = [];
    for (let seq = span.from; seq <= span.to; seq = (seq + 1) as Seq) {
      const row = found.get(seq);
      if (row !== undefined) entries.push(entryOf(row));
    }
    return {
      ok: true,
      ...this.#places.place(call.viewer, conversation),
      entries,
      first,
      head,
      more: span.more,
    };
  }

  #checked(conversation: ConversationId, seq: Seq): KeptRow {
    const row = this.#entry.get(conversation, seq);
    if (row !== undefined && row.checksum === checksum(row)) return row;
    throw new Error(
      `entry ${seq} of conversation ${conversation} is damaged and is not shown: restore a backup`,
    );
  }
}

function entryOf({ seq, at, author, from, message, replyTo, nonce, origin }: KeptRow): Entry {
  const entry: { -readonly [Field in keyof Entry]: Entry[Field] } = {
    seq,
    at,
    type: "message",
    author,
    from,
    message,
    origin,
  };
  if (replyTo !== null) entry.replyTo = replyTo;
  if (nonce !== null) entry.nonce = nonce;
  return entry;
}
