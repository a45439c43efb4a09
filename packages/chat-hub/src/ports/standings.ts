// How far users have got in their conversations.

import type { ConversationId, Seq, UserId } from "../words/ids.js";
import type { Address, Standing } from "../words/log.js";

/** Which of a user's conversations. */
export type Selection =
  /** Just these; one that does not exist or isn't theirs is left out of the answer. */
  | { readonly kind: "these"; readonly of: readonly (Address | ConversationId)[] }
  /** Everyone, then those with something unread, the newest first. */
  | { readonly kind: "unread"; readonly most: number }
  /** Everyone, then all, by conversation id; `after` = that conversation, for the next page. */
  | { readonly kind: "all"; readonly after?: Address | ConversationId; readonly most: number }
  /** Those with an entry that was committed after this `mark`, by conversation id. */
  | {
      readonly kind: "changed";
      readonly since: number;
      readonly after?: Address | ConversationId;
      readonly most: number;
    };

/**
 * Where a user stands in their conversations: everyone, private ones, rooms they are in. The rows of
 * `these` carry the address' place in `of`. Like a page, it counts no entry whose append was not
 * answered, and none that the user may not see.
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
  /** What is committed after this was not looked at: the next `since`. */
  readonly mark: number;
}

/**
 * Moves cursors forward; a lower value changes nothing, one past the head counts as the head.
 * `from` is the first seq that the move speaks for: a cursor that stands before `from - 1` stays,
 * since what lies between was never got. Nothing moves where the user isn't (any more).
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
