// Decides appends: a nonce that is known, then whom it is for, then what it replies to, then the seq.

import type { Database, Statement } from "better-sqlite3";
import type { Append, ConversationId, Seq, StoreCalls, UserId, WallMillis } from "chat-hub";
import { isNameOf } from "../address.js";
import type { SqliteCursors } from "./cursors.js";
import { fingerprint } from "./entry.js";
import type { Log, SqliteLedger } from "./ledger.js";
import { mark } from "./marks.js";
import type { SqlitePeople } from "./people.js";
import { SqlitePlaces } from "./places.js";

type Answer = StoreCalls["append"]["answer"];

/** What is kept of the first append with a nonce. */
interface First {
  readonly conversation: ConversationId;
  readonly seq: Seq;
  readonly at: WallMillis;
  readonly fingerprint: string;
}

export class SqliteAppends {
  readonly #people: SqlitePeople;
  readonly #ledger: SqliteLedger;
  readonly #cursors: SqliteCursors;
  readonly #secret: string;
  readonly #first: Statement<[UserId, string], First>;
  readonly #places: SqlitePlaces;

  constructor(database: Database, people: SqlitePeople, ledger: SqliteLedger, cursors: SqliteCursors) {
    this.#people = people;
    this.#ledger = ledger;
    this.#cursors = cursors;
    this.#secret = mark(database, "nonce_secret");
    this.#first = database.prepare<[UserId, string], First>(
      "SELECT conversation, seq, at, fingerprint FROM entries WHERE author = ? AND nonce = ?",
    );
    this.#places = new SqlitePlaces(database);
  }

  append(call: Append): Answer {
    if (call.nonce === undefined) return this.#write(call, null);
    const content = fingerprint(this.#secret, call);
    const first = this.#first.get(call.author, call.nonce);
    return first === undefined ? this.#write(call, content) : this.#repeat(call, content, first);
  }

  #repeat({ author, to }: Append, content: string, first: First): Answer {
    const place = this.#places.place(author, first.conversation);
    if (content !== first.fingerprint || !isNameOf(to, place)) return { ok: false, code: "nonce_reused" };
    return { ok: true, ...place, seq: first.seq, at: first.at, duplicate: true };
  }

  #write(call: Append, content: string | null): Answer {
    const { author, to, at } = call;
    const peer = to.kind === "private" ? this.#people.reachable(to) : undefined;
    if (typeof peer === "string") return { ok: false, code: peer };
    if (to.kind === "room") return { ok: false, code: "unknown_conversation" };
    const log = peer === undefined ? this.#ledger.everyone() : this.#private(author, peer.user, call.replyTo);
    if (log === undefined || !isThere(call.replyTo, log)) return { ok: false, code: "unknown_message" };
    const seq = this.#ledger.write(log, call, content);
    const { conversation } = log;
    this.#cursors.passOwn(author, conversation, seq);
    if (peer === undefined) return { ok: true, conversation, seq, at, duplicate: false };
    return { ok: true, conversation, peer, seq, at, duplicate: false };
  }

  /** Begins one, unless its first entry would be a reply to nothing. */
  #private(author: UserId, peer: UserId, replyTo: Seq | undefined): Log | undefined {
    const begun = this.#ledger.between(author, peer);
    return begun === undefined && replyTo === undefined ? this.#ledger.begin(author, peer) : begun;
  }
}

function isThere(replyTo: Seq | undefined, { base, head }: Log): boolean {
  return replyTo === undefined || (replyTo > base && replyTo <= head);
}
