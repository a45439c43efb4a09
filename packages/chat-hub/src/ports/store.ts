// The store's role: it keeps users, logs and cursors, and decides in one transaction what only the
// truth can decide (who holds a name, who may write, which seq). The core asks by effects and is
// answered by inputs; an adapter is anything that carries out these calls.

import type { RefusalCode } from "../tables/refusals.js";
import type { ConnectionId, ConversationId, NameKey, Seq, UserId, WallMillis } from "../words/ids.js";
import type { Address, Entry, Place, Standing } from "../words/log.js";

/** A call that was understood but not carried out. */
export interface StoreRefusal<Code extends RefusalCode = never> {
  readonly ok: false;
  /** `storage_full` and `unavailable` may answer any call; nothing was kept then. */
  readonly code: Code | "storage_full" | "unavailable";
}

/**
 * Takes a name for somebody who wants to log in.
 * Without a token: a new user, unless the name is held. With the holder's token: that user again
 * (`fresh: false`), under the spelling they first used. A kept name that nobody has used for
 * `nameHoldMs` goes to whoever asks. Tokens are stored hashed only, compared in constant time.
 * A new user's cursor in everyone stands at its head.
 */
export interface Identify {
  readonly type: "identify";
  readonly key: NameKey;
  readonly name: string;
  readonly token?: string;
  readonly at: WallMillis;
}
export interface Identified {
  readonly ok: true;
  readonly user: UserId;
  readonly name: string;
  /** A token holds this name. */
  readonly kept: boolean;
  /** Nobody was this user before. */
  readonly fresh: boolean;
}

/** The user's last connection has gone: without a token the name is free, with one its hold begins. */
export interface Release {
  readonly type: "release";
  readonly user: UserId;
  readonly at: WallMillis;
}

/**
 * Appends one message, once per (author, nonce).
 * In this order: a known nonce with the same conversation, message and replyTo answers as it did
 * the first time, with `duplicate: true`, whatever has changed since; with anything else:
 * `nonce_reused`. Then the address is found (`away`: somebody had the name and can't be reached;
 * `unknown_user`: nobody ever had it), then `replyTo` must be there already, then it is written.
 * A private conversation begins with its first entry. A refused one takes no seq.
 * Its numbers begin at 1, unless either name had an earlier holder: then they begin above all that
 * was ever numbered between these two names, one above a round number, so that a client's cursor in
 * `@bob` skips nothing that a later bob says. `first` is that seq, both cursors stand before it, and
 * `replyTo` names nothing below it.
 * In the same transaction the author's own cursors pass the entry, each if it stood at the one before:
 * what one has just said is not unread, and nothing that others said is passed.
 * Answered after the commit is on disk; answers of one conversation come in the order of the calls.
 */
export interface Append {
  readonly type: "append";
  readonly author: UserId;
  readonly to: Address;
  readonly message: string;
  readonly replyTo?: Seq;
  readonly nonce?: string;
  readonly origin: ConnectionId;
  readonly at: WallMillis;
}
export interface Appended extends Place {
  readonly ok: true;
  readonly seq: Seq;
  /** The time of the first append, also for a duplicate. */
  readonly at: WallMillis;
  readonly duplicate: boolean;
}

/** Where to read: after a seq (ascending to the head), before one, around one, or the newest. */
export type Window =
  | { readonly kind: "after"; readonly seq: Seq }
  | { readonly kind: "before"; readonly seq: Seq }
  | { readonly kind: "around"; readonly seq: Seq }
  | { readonly kind: "newest" };

/**
 * Reads a page of a log, of what is still kept of it: a window that begins before `first` gives what
 * there is from `first` on. Entries ascend and are consecutive; at most `rows`, and no more once their
 * messages pass `bytes` (but always one, if there is one): what is left out is left out at the far
 * end from where the window starts. `around` gives what stands before, at and after the seq.
 * An entry shows in a page only after its append was answered: a reader that has got to `head` and
 * then listens misses nothing and hears nothing twice.
 */
export interface Read {
  readonly type: "read";
  readonly viewer: UserId;
  readonly of: Address | ConversationId;
  readonly window: Window;
  readonly rows: number;
  readonly bytes: number;
}
export interface Page extends Place {
  readonly ok: true;
  readonly entries: readonly Entry[];
  /** The oldest seq that is still kept (head + 1 if none is), and the newest there is. */
  readonly first: Seq;
  readonly head: Seq;
  /** There were entries before `first`, which are not kept any more. */
  readonly forgotten: boolean;
  /** There is more beyond the far end of this page. For `around`: at either end. */
  readonly more: boolean;
}

/** Which of a user's conversations. */
export type Selection =
  /** Just these; one that does not exist or isn't theirs is left out of the answer. */
  | { readonly kind: "these"; readonly of: readonly Address[] }
  /** Everyone, then those with something unread, the newest first. */
  | { readonly kind: "unread"; readonly most: number }
  /** Everyone, then all, by conversation id; `after` = that address, for the next page. */
  | { readonly kind: "all"; readonly after?: Address; readonly most: number };

/**
 * Where a user stands in their conversations. The rows of `these` carry the address' place in `of`.
 * Like a page, it counts no entry whose append was not answered.
 */
export interface Stand {
  readonly type: "stand";
  readonly user: UserId;
  readonly select: Selection;
}
export interface Stood {
  readonly ok: true;
  readonly standings: readonly (Standing & { readonly index?: number })[];
  readonly more: boolean;
}

/**
 * Moves cursors forward; a lower value changes nothing, one past the head counts as the head.
 * `from` is the first seq that the move speaks for: a cursor that stands before `from - 1` stays,
 * since what lies between was never got.
 */
export interface Advance {
  readonly type: "advance";
  readonly moves: readonly Move[];
}
export interface Move {
  readonly user: UserId;
  readonly conversation: ConversationId;
  readonly from: Seq;
  readonly delivered: Seq;
  readonly read: Seq;
}

interface Done {
  readonly ok: true;
}

/** Every call, with what answers it. */
export interface StoreCalls {
  readonly identify: { readonly call: Identify; readonly answer: Identified | StoreRefusal<"name_taken"> };
  readonly release: { readonly call: Release; readonly answer: Done | StoreRefusal };
  readonly append: {
    readonly call: Append;
    readonly answer:
      | Appended
      | StoreRefusal<"away" | "unknown_user" | "unknown_message" | "nonce_reused" | "unknown_conversation">;
  };
  readonly read: { readonly call: Read; readonly answer: Page | StoreRefusal<"unknown_conversation"> };
  readonly stand: { readonly call: Stand; readonly answer: Stood | StoreRefusal };
  readonly advance: { readonly call: Advance; readonly answer: Done | StoreRefusal };
}
export type StoreCall = StoreCalls[keyof StoreCalls]["call"];
export type StoreAnswer = StoreCalls[keyof StoreCalls]["answer"];

/** What a store says of itself when it is open. */
export interface StoreFacts {
  /** What was acked survives a crash of this machine. */
  readonly durable: boolean;
  /** Names the numbering; another one means that the store was put back to an older state. */
  readonly epoch: string;
  /** The newest seq of everyone. */
  readonly head: Seq;
}

/** What every adapter is opened with, beside what its technology needs. */
export interface StoreOptions<Ask> {
  /** Gets each answer, with the ask it belongs to. */
  answer(ask: Ask, answer: StoreAnswer): void;
  /**
   * The store can't promise anything any more (a commit or fsync failed): every open call has been
   * answered `unavailable`, and the process must end, so that a new one reads what is on disk.
   */
  failed(reason: Error): void;
  /** A line for whoever runs the server: the store goes on, but not as it should. */
  warn?(line: string): void;
  /** How long a kept name stays with its token while nobody uses it. */
  readonly nameHoldMs: number;
}

/**
 * An open store. Calls are carried out in the order given, but `read` and `stand` may overtake and
 * be overtaken. Every call is answered exactly once, also when it can't be carried out; an answer
 * may come before `ask` returns. Users without a token, left over from a crash, are released before
 * it opens.
 */
export interface Store<Ask = unknown> {
  readonly facts: StoreFacts;
  ask(ask: Ask, call: StoreCall): void;
  /** Finishes what was asked, answers it, and lets go of everything. */
  close(): Promise<void>;
}
