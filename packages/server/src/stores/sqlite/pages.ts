// Pages of the logs, entry by entry.

import type { ConversationId, Read, Seq, StoreCalls } from "chat-hub";
import { textOf } from "../entry.js";
import { pageSpan } from "../page-span.js";
import type { SqliteAccess } from "./access.js";
import { typeOf } from "./entry.js";
import type { Sizes, SqliteRows } from "./rows.js";
import type { ShownRow } from "./shown.js";
import { entryOf } from "./shown.js";

export class SqlitePages {
  readonly #access: SqliteAccess;
  readonly #rows: SqliteRows;

  constructor(access: SqliteAccess, rows: SqliteRows) {
    this.#access = access;
    this.#rows = rows;
  }

  /** @throws if an entry of the page is damaged */
  page(call: Read): StoreCalls["read"]["answer"] {
    const view = this.#access.view(call.viewer, call.of);
    if (typeof view === "string") return { ok: false, code: view };
    const { place, first, head, begins, forgotten } = view;
    const { conversation } = place;
    const targets = new Targets(this.#rows, conversation, first);
    const sizesOf = (from: Seq, to: Seq) =>
      this.#rows.sizes(conversation, from, to).map((row) => sizeOf(row, begins, targets));
    const { from, to, more } = pageSpan(call, { first, head }, sizesOf);
    const rows = this.#rows.between(conversation, from, to);
    const entries = rows.map((row) => entryOf(row, begins, (seq) => targets.get(seq)));
    return { ok: true, ...place, entries, first, head, forgotten, more };
  }
}

/** The messages that the entries of a page are about, each read once; those before `first` are not kept. */
class Targets {
  readonly #rows: SqliteRows;
  readonly #conversation: ConversationId;
  readonly #first: Seq;
  readonly #known = new Map<Seq, ShownRow | undefined>();

  constructor(rows: SqliteRows, conversation: ConversationId, first: Seq) {
    this.#rows = rows;
    this.#conversation = conversation;
    this.#first = first;
  }

  get(seq: Seq): ShownRow | undefined {
    if (seq < this.#first) return undefined;
    if (!this.#known.has(seq)) this.#known.set(seq, this.#rows.find(this.#conversation, seq));
    return this.#known.get(seq);
  }
}

/** The UTF-8 bytes of what an entry says; an edit says what its message says now, if that may be seen. */
function sizeOf({ bytes, kind, target, detail }: Sizes, begins: Seq, targets: Targets): number {
  if (kind === null) return bytes;
  if (target !== null && target < begins) return 0;
  const type = typeOf(kind);
  if (type === "edit" && target !== null) return Buffer.byteLength(targets.get(target)?.message ?? "");
  return type === "update" && detail !== null
    ? Buffer.byteLength(textOf({ type, ...JSON.parse(detail) }))
    : 0;
}
