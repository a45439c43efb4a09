// The store's role: it keeps users, logs and cursors, and decides in one transaction what only the
// truth can decide (who holds a name, who may write, which seq). The core asks by effects and is
// answered by inputs; an adapter is anything that carries out these calls.

import type { Query } from "../search/query.js";
import type { StoreLimits } from "../tables/limits.js";
import type { RefusalCode } from "../tables/refusals.js";
import type { Act } from "../words/acts.js";
import type { ConnectionId, ConversationId, NameKey, Seq, UserId, WallMillis } from "../words/ids.js";
import type {
  Address,
  Entry,
  MessageEntry,
  Peer,
  Place,
  RoomFacts,
  Skipped,
  Standing,
  StandingMessage,
} from "../words/log.js";
import type { HistorySetting, Reading, Role, RoomStanding, Status } from "../words/rooms.js";

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
 * `nameHoldMs` goes to whoever asks; who held it leaves their rooms. Tokens are stored hashed only,
 * compared in constant time. A new user's cursor in everyone stands at its head, and with the setting
 * `since_join` that is where everyone begins for them.
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
  /** The rooms they are a member of, by conversation id; exact in the order of the writing calls. */
  readonly rooms: readonly Membership[];
  /** The first seq of everyone that they may see: 1, or with `since_join` where they began. */
  readonly everyoneFrom: Seq;
  readonly profile: Profile;
  readonly left: readonly Left[];
}

/** A room of a user, as it stands when this is answered. */
export interface Membership {
  readonly facts: RoomFacts;
  readonly role: Role;
  /** Their latest join: what was before it they see only where the room shows its past. */
  readonly from: Seq;
  readonly head: Seq;
}

/** What a user has chosen, kept as long as they are. */
export interface Profile {
  readonly status: Status;
  /** What they say about it; "" = nothing. */
  readonly text: string;
  readonly reading: Reading;
  /** Whom they have blocked. */
  readonly blocked: readonly UserId[];
}

/** An entry by which somebody left a room because they lost their name, or a role that passed on then. */
export interface Left {
  readonly place: Place;
  readonly entry: Entry;
}

/**
 * The user's last connection has gone: without a token the name is free and they leave their rooms,
 * with one its hold begins. `seen` = when others saw them last, absent if they were invisible.
 */
export interface Release {
  readonly type: "release";
  readonly user: UserId;
  readonly at: WallMillis;
  readonly seen?: WallMillis;
}
export interface Released {
  readonly ok: true;
  readonly left: readonly Left[];
}

/**
 * Does one thing in a conversation, once per (author, nonce); everything but `unchanged` is one entry.
 * In this order: a known nonce with the same conversation and the same act answers as it did the first
 * time, with `duplicate: true`, whatever has changed since; with anything else: `nonce_reused`. Then
 * the address is found (`away`: a message to somebody who had the name and can't be reached;
 * `unknown_user`: nobody ever had it; `unknown_conversation`), then it is judged by `refusalOf` (rules/rights.ts), then by
 * whom it is done to (`unknown_user`; `not_member`: only a member has a role) and what is there
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
 * Answered after the commit is on disk; answers of one conversation come in the order of the calls.
 */
export interface Append {
  readonly type: "append";
  readonly author: UserId;
  readonly to: Address;
  readonly act: Act;
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
  /** It was so already: nothing was written. */
  readonly unchanged?: true;
  /** What was written; absent for a duplicate, for `unchanged`, and for a message without `replyTo` and `mentions`. */
  readonly entry?: Entry;
  /** Entries that followed from it, at the next places. */
  readonly followed?: readonly Entry[];
  /** The room as it is now, after anything but what is done to messages; absent for a duplicate. */
  readonly facts?: RoomFacts;
}

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

/** A viewer who may not read a conversation is told why as `refusalOf("read")` has it. */
type Unreadable = "unknown_conversation" | "not_member" | "banned" | "forbidden";

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

/**
 * Changes what a user has chosen for themselves. `unknown_user`: nobody ever had the name;
 * `limit_reached`: too many blocked; `token_needed`: who blocks, or is blocked, must be kept.
 */
export interface Choose {
  readonly type: "choose";
  readonly user: UserId;
  readonly at: WallMillis;
  readonly what:
    | { readonly kind: "block"; readonly who: NameKey; readonly on: boolean }
    | { readonly kind: "mute"; readonly of: Address; readonly on: boolean }
    | { readonly kind: "status"; readonly status: Status; readonly text: string }
    | { readonly kind: "reading"; readonly reading: Reading };
}
export interface Chosen {
  readonly ok: true;
  /** Who was blocked, or what was muted. */
  readonly peer?: Peer;
  readonly place?: Place;
}

/** Public rooms and one's own (also those one is invited to), by key; `after` = the last key before. */
export interface ListRooms {
  readonly type: "rooms";
  readonly viewer: UserId;
  readonly after?: NameKey;
  readonly most: number;
}
export interface RoomsListed {
  readonly ok: true;
  readonly rooms: readonly (RoomFacts & { readonly standing: RoomStanding })[];
  readonly more: boolean;
}

/**
 * The people of a room, by key: its members, or (`outsiders`, judged by that right) who is invited or
 * banned. Of a private conversation: both sides, as members, with their cursors.
 */
export interface ListMembers {
  readonly type: "members";
  readonly viewer: UserId;
  readonly of: Address | ConversationId;
  readonly which: "members" | "invited" | "banned";
  readonly after?: NameKey;
  readonly most: number;
}
export interface MembersListed extends Place {
  readonly ok: true;
  readonly members: readonly Member[];
  /** How many members there are. */
  readonly count: number;
  readonly more: boolean;
}
export interface Member {
  readonly user: UserId;
  readonly key: NameKey;
  readonly name: string;
  readonly standing: RoomStanding;
  /** 0 for whoever is not in it. Of another who is invisible: no further than when they were seen last. */
  readonly delivered: Seq;
  /** The same; also 0 for whoever keeps it private, unless it is the viewer. */
  readonly read: Seq;
  /** They or the viewer have blocked the other: then both are 0. */
  readonly apart?: true;
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

/** Somebody by name: the present holder, or the last one. */
export interface Whois {
  readonly type: "whois";
  readonly viewer: UserId;
  readonly key: NameKey;
}
export interface WhoisFound {
  readonly ok: true;
  readonly user: UserId;
  readonly name: string;
  readonly kept: boolean;
  readonly status: Status;
  readonly text: string;
  /** When the viewer could see them last, which ends when they choose to be invisible; 0 = never, or one of the two has blocked the other. Whoever is here is seen now: the store doesn't know that. */
  readonly seen: WallMillis;
}

/** Whom a user has blocked, by key. */
export interface ListBlocks {
  readonly type: "blocks";
  readonly user: UserId;
  readonly after?: NameKey;
  readonly most: number;
}
export interface BlocksListed {
  readonly ok: true;
  readonly names: readonly string[];
  readonly more: boolean;
}

interface Done {
  readonly ok: true;
}

/** Every call, with what answers it. */
export interface StoreCalls {
  readonly identify: { readonly call: Identify; readonly answer: Identified | StoreRefusal<"name_taken"> };
  readonly release: { readonly call: Release; readonly answer: Released | StoreRefusal };
  readonly append: { readonly call: Append; readonly answer: Appended | StoreRefusal<AppendRefusal> };
  readonly advance: { readonly call: Advance; readonly answer: Done | StoreRefusal };
  readonly choose: {
    readonly call: Choose;
    readonly answer: Chosen | StoreRefusal<Unreadable | "unknown_user" | "limit_reached" | "token_needed">;
  };
  readonly read: { readonly call: Read; readonly answer: Page | StoreRefusal<Unreadable> };
  readonly browse: {
    readonly call: Browse;
    readonly answer: Browsed | StoreRefusal<Unreadable | "unknown_message">;
  };
  readonly search: { readonly call: Search; readonly answer: Found | StoreRefusal<Unreadable> };
  readonly stand: { readonly call: Stand; readonly answer: Stood | StoreRefusal };
  readonly rooms: { readonly call: ListRooms; readonly answer: RoomsListed | StoreRefusal };
  readonly members: { readonly call: ListMembers; readonly answer: MembersListed | StoreRefusal<Unreadable> };
  readonly reactions: {
    readonly call: ListReactions;
    readonly answer: ReactionsListed | StoreRefusal<Unreadable | "unknown_message">;
  };
  readonly whois: { readonly call: Whois; readonly answer: WhoisFound | StoreRefusal<"unknown_user"> };
  readonly blocks: { readonly call: ListBlocks; readonly answer: BlocksListed | StoreRefusal };
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
  | "limit_reached";
export type StoreCall = StoreCalls[keyof StoreCalls]["call"];
export type StoreAnswer = StoreCalls[keyof StoreCalls]["answer"];

/** The calls that write; the others may overtake and be overtaken. */
export const writingCalls = ["identify", "release", "append", "advance", "choose"] as const;

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
  /** What is counted where it is kept. */
  readonly limits: StoreLimits;
  /** What of everyone somebody new may read. */
  readonly everyoneHistory: HistorySetting;
}

/**
 * An open store. Calls that write are carried out, and answered, in the order given; the others may
 * overtake and be overtaken. Every call is answered exactly once, also when it can't be carried out; an answer
 * may come before `ask` returns. Users without a token, left over from a crash, are released before
 * it opens.
 */
export interface Store<Ask = unknown> {
  readonly facts: StoreFacts;
  ask(ask: Ask, call: StoreCall): void;
  /** Finishes what was asked, answers it, and lets go of everything. */
  close(): Promise<void>;
}
