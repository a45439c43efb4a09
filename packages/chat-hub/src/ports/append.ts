// The one call that writes into a log.

import type { Act } from "../words/acts.js";
import type { ConnectionId, Seq, UserId, WallMillis } from "../words/ids.js";
import type { Address, Entry, Place, RoomFacts } from "../words/log.js";
import type { Unreadable } from "./refusal.js";

/**
 * Does one thing in a conversation, once per (author, nonce); everything but `unchanged` is one entry.
 * In this order: a known nonce with the same conversation and the same act answers as it did the first
 * time, with `duplicate: true`, whatever has changed since; with anything else: `nonce_reused`. Then
 * the house is looked at (`read_only`: only admins write now; `banned` from the house), then the address
 * is found (`away`: a message to somebody who had the name and can't be reached;
 * `unknown_user`: nobody ever had it; `unknown_conversation`), then it is judged by `refusalOf` (rules/rights.ts), then whether the
 * author may write there now (`silenced`, `slow_mode`, with `retryAfterMs`), then by whom it is done to (`unknown_user`; `not_member`: only a member has a role) and what is there
 * already (`room_taken`, `blocked`), then by the limits (`limit_reached`), then by what it is about
 * (`unknown_message`: no message has this seq there that is kept and its author may see; `deleted`),
 * then, if it would change nothing, answered `unchanged` with the head as `seq` and its time, then it
 * is written, with everything that follows from it, in one transaction. All but the nonce and the
 * address is one function that every store asks: `verdictOf` of the server.
 *
 * A private conversation begins with its first message; while either side has blocked the other only
 * a deletion is taken (`blocked`). Its numbers begin at 1, unless either name had an earlier holder: then they begin above
 * all that was ever numbered between these two names, one above a round number, so that a client's
 * cursor in `@bob` skips nothing that a later bob says. `first` is that seq, both cursors stand before
 * it, and `replyTo` names nothing below it.
 *
 * In the same transaction the author's own cursors pass the entry, each if it stood at the one before:
 * what one has just said is not unread, and nothing that others said is passed. Whoever joins stands
 * with both cursors at their join. `at` is never before the entry before.
 *
 * Whoever was in a room, invited or banned and is not any more is a former one there: a kick also
 * takes an invitation back. Of somebody who loses their name nothing is left in any room, and no block.
 *
 * A room's first entry is its maker's join. If its last owner leaves, the longest-serving moderator is
 * the next, else the longest-serving member whose name is kept: a `role` entry of its own right after,
 * in `followed`. An owner who would leave a room without an owner by `role` is refused (`last_owner`).
 * Who joins a public room without any member becomes its owner, if kept.
 *
 * An edit makes a new version; a deletion takes the text of a message out of the store and the search
 * for good, with its reactions, its pin and its mentions; its place stays. To delete it again, or to
 * edit a message into what it says, changes nothing; a reply to a deleted message is `deleted`.
 * What is done to others or to what they wrote is a line of the audit log, in the same transaction.
 * A silence in a room is a record (`houseKeys.silence`); a ban with an end is lifted by the first join or
 * invitation after it.
 * Answered after the commit is on disk; answers of one conversation come in the order of the calls.
 */
export interface Append {
  readonly type: "append";
  readonly author: UserId;
  readonly to: Address;
  readonly act: Act;
  readonly nonce?: string | undefined;
  readonly origin: ConnectionId;
  readonly at: WallMillis;
  /** The gate says that the author looks after the house; whoever does by a record does all the same. */
  readonly admin?: true;
}
export interface Appended extends Place {
  readonly ok: true;
  readonly seq: Seq;
  /** The time of the first append, also for a duplicate. */
  readonly at: WallMillis;
  readonly duplicate: boolean;
  /** It was so already: nothing was written. */
  readonly unchanged?: true;
  /** What was written; absent for a duplicate, for `unchanged`, and for a message without `replyTo` and `mentions`. */
  readonly entry?: Entry;
  /** Entries that followed from it, at the next places. */
  readonly followed?: readonly Entry[];
  /** The room as it is now, after anything but what is done to messages; absent for a duplicate. */
  readonly facts?: RoomFacts;
}

export type AppendRefusal =
  | Unreadable
  | "away"
  | "unknown_user"
  | "unknown_message"
  | "deleted"
  | "nonce_reused"
  | "token_needed"
  | "room_taken"
  | "archived"
  | "blocked"
  | "last_owner"
  | "read_only"
  | "silenced"
  | "slow_mode"
  | "limit_reached";
