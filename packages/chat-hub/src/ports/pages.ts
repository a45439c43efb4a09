// Reading logs: entries as they were pushed, messages as they stand, and what a search finds.

import type { Query } from "../search/query.js";
import type { ConversationId, Seq, UserId, WallMillis } from "../words/ids.js";
import type { Address, Entry, MessageEntry, Place, Skipped, StandingMessage } from "../words/log.js";

/** Where to read: after a seq (ascending to the head), before one, around one, or the newest. */
export type Window =
  | { readonly kind: "after"; readonly seq: Seq }
  | { readonly kind: "before"; readonly seq: Seq }
  | { readonly kind: "around"; readonly seq: Seq }
  /** Ascending from after the one to before the other. */
  | { readonly kind: "between"; readonly after: Seq; readonly before: Seq }
  | { readonly kind: "newest" };

/**
 * The same by time: each bound is a time, and stands for the place just before the first entry that is
 * not before it. So `after` begins with that entry, `before` ends before it.
 */
export type TimeWindow =
  | { readonly kind: "after" | "before" | "around"; readonly at: WallMillis }
  | { readonly kind: "between"; readonly afterAt: WallMillis; readonly beforeAt: WallMillis };

/**
 * Reads a page of a log, entry by entry, of what is still kept of it and the viewer may see: a window
 * that begins before `first` gives what there is from `first` on. Entries ascend and are consecutive
 * (`skip` where there is nothing to say any more: an edit of, a reaction to or a pin of a message that
 * was deleted, or is not kept; and where there is nothing to say to this viewer: whatever was done to a
 * message from before where a log that hides its past begins for them, its deletion too); at
 * most `rows`, and no more once their texts pass `bytes` (but always one, if there is one): what is
 * left out is left out at the far end from where the window starts. `around` gives what stands
 * before, at and after the seq.
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
  readonly entries: readonly (Entry | Skipped)[];
  /** The oldest seq that is kept and that this viewer may see (head + 1 if there is none), and the newest there is. */
  readonly first: Seq;
  readonly head: Seq;
  /** There were entries before `first`, which are not kept any more. */
  readonly forgotten: boolean;
  /** There is more beyond the far end of this page. For `around`: at either end. */
  readonly more: boolean;
}

/**
 * Reads messages, and no other entries, as they stand at `head`. Rows and bytes as in `Read`; an
 * `around` is around the first message from its seq on, or else the last one.
 * `thread`: the messages of the thread that this one is in, its first message included, after a seq.
 * `pins`: the pinned ones after a seq, ascending.
 */
export interface Browse {
  readonly type: "browse";
  readonly viewer: UserId;
  readonly of: Address;
  readonly select:
    | { readonly kind: "seq"; readonly window: Window }
    | { readonly kind: "time"; readonly window: TimeWindow }
    | { readonly kind: "thread"; readonly of: Seq; readonly after: Seq }
    | { readonly kind: "pins"; readonly after: Seq };
  readonly rows: number;
  readonly bytes: number;
}
export interface Browsed extends Place {
  readonly ok: true;
  readonly messages: readonly StandingMessage[];
  readonly first: Seq;
  readonly head: Seq;
  readonly forgotten: boolean;
  readonly more: boolean;
}

/** Finds messages that the viewer may see, the newest first (by when they were committed). */
export interface Search {
  readonly type: "search";
  readonly viewer: UserId;
  readonly query: Query;
  /** `next` of the page before. */
  readonly before?: number;
  readonly most: number;
}
export interface Found {
  readonly ok: true;
  readonly hits: readonly {
    readonly place: Place;
    readonly message: MessageEntry;
    /** `before` = this goes on behind this hit: a page may be cut to what fits into a frame. */
    readonly next: number;
  }[];
  /** There may be more: ask again with `before` = this. A page may have no hit and still a `next`. */
  readonly next?: number;
}

/** Who gave which reaction to a message, in the order in which they did. */
export interface ListReactions {
  readonly type: "reactions";
  readonly viewer: UserId;
  readonly of: Address;
  readonly target: Seq;
  /** How many come before: those were told already. */
  readonly skip: number;
  readonly most: number;
}
export interface ReactionsListed extends Place {
  readonly ok: true;
  readonly reactions: readonly { readonly name: string; readonly emoji: string }[];
  readonly more: boolean;
}
