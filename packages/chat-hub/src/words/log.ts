// The log's words: what an entry is, and how a conversation is named before the store has found it.

import type { ConnectionId, ConversationId, NameKey, Seq, UserId, WallMillis } from "./ids.js";

/** A conversation as a person names it. The store finds it, for the one who asks. */
export type Address =
  | { readonly kind: "everyone" }
  /**
   * The private one with whoever holds `key` now, or held it last while nobody does; `holder` n ≥ 1
   * means the n-th of its earlier holders instead (`@bob~1`).
   */
  | { readonly kind: "private"; readonly key: NameKey; readonly holder?: number }
  /** A room; there are none yet: every store answers `unknown_conversation`. */
  | { readonly kind: "room"; readonly key: NameKey };

/** The other side of a private conversation. `holder` as in `Address`: absent = the present one. */
export interface Peer {
  readonly user: UserId;
  readonly name: string;
  readonly key: NameKey;
  readonly holder?: number;
}

/** A conversation that was found. `peer` only in a private one; with oneself it is oneself. */
export interface Place {
  readonly conversation: ConversationId;
  readonly peer?: Peer;
}

/** One place in a log. Its body is the newest there is. */
export interface Entry {
  readonly seq: Seq;
  readonly at: WallMillis;
  readonly type: "message";
  readonly author: UserId;
  /** The author's name as they spell it. */
  readonly from: string;
  readonly message: string;
  readonly replyTo?: Seq;
  readonly nonce?: string;
  /** The connection that sent it; its simple dialect leaves its own lines out, live and replayed. */
  readonly origin: ConnectionId;
}

/** How far a user has got in a conversation, and how far it goes. Cursors only grow. */
export interface Standing extends Place {
  readonly head: Seq;
  readonly delivered: Seq;
  readonly read: Seq;
  /** Messages after `read`. */
  readonly unread: number;
  /** When its newest entry was written; 0 if there is none. */
  readonly headAt: WallMillis;
}
