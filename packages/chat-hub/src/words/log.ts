// The log's words: what an entry is, how a conversation is named before the store has found it, and
// what it is once it was found.

import type { ConnectionId, ConversationId, NameKey, Seq, UserId, WallMillis } from "./ids.js";
import type { HistorySetting, Role, Visibility } from "./rooms.js";

/** A conversation as a person names it. The store finds it, for the one who asks. */
export type Address =
  | { readonly kind: "everyone" }
  /**
   * The private one with whoever holds `key` now, or held it last while nobody does; `holder` n ≥ 1
   * means the n-th of its earlier holders instead (`@bob~1`).
   */
  | { readonly kind: "private"; readonly key: NameKey; readonly holder?: number }
  | { readonly kind: "room"; readonly key: NameKey };

/** The other side of a private conversation. `holder` as in `Address`: absent = the present one. */
export interface Peer {
  readonly user: UserId;
  readonly name: string;
  readonly key: NameKey;
  readonly holder?: number;
}

/** A room's name: as its maker spelled it, and as it is found. */
export interface RoomName {
  readonly key: NameKey;
  readonly name: string;
}

/** A conversation that was found: a private one has a `peer` (with oneself, oneself), a room its name. */
export interface Place {
  readonly conversation: ConversationId;
  readonly peer?: Peer;
  readonly room?: RoomName;
}

interface Written {
  readonly seq: Seq;
  readonly at: WallMillis;
  /** Who did it. */
  readonly author: UserId;
  /** The author's name as they spell it. */
  readonly from: string;
  readonly nonce?: string;
  /** The connection that sent it; its simple dialect leaves its own lines out, live and replayed. */
  readonly origin: ConnectionId;
}

/** Something done to somebody: `who` by their name as they spell it. */
interface DoneTo extends Written {
  readonly who: UserId;
  readonly username: string;
}

export interface MessageEntry extends Written {
  readonly type: "message";
  /** Always the newest text; "" once it was deleted. */
  readonly message: string;
  readonly replyTo?: Seq;
  /** The message that its thread begins with; wherever there is a `replyTo`. */
  readonly thread?: Seq;
  /** Names of people of the conversation, and `everyone` if a moderator called them all. */
  readonly mentions?: readonly string[];
  /** 2 after the first edit. */
  readonly version?: number;
  /** When it was edited last. */
  readonly edited?: WallMillis;
  readonly deleted?: true;
}

/** One place in a log. Absolute state: of two entries about one thing the later one counts. */
export type Entry =
  | MessageEntry
  /** `message`, `mentions` and `version` are the newest, whichever edit this was. */
  | (Written & {
      readonly type: "edit";
      readonly target: Seq;
      readonly message: string;
      readonly version: number;
      readonly mentions?: readonly string[];
    })
  | (Written & { readonly type: "deletion"; readonly target: Seq })
  | (Written & {
      readonly type: "reaction";
      readonly target: Seq;
      readonly emoji: string;
      readonly on: boolean;
    })
  | (Written & { readonly type: "pin"; readonly target: Seq; readonly on: boolean })
  /** Its author is in the room from here on. */
  | (Written & { readonly type: "join"; readonly role: Role })
  | (DoneTo & { readonly type: "invite" })
  /** `who` is not in the room any more; `gone` = they lost their name (nobody but themselves did that). */
  | (DoneTo & { readonly type: "leave"; readonly why: "left" | "kicked" | "gone" })
  | (DoneTo & { readonly type: "role"; readonly role: Role })
  /** With `on`, `who` is not in the room any more and can't come back. */
  | (DoneTo & { readonly type: "ban"; readonly on: boolean; readonly until?: WallMillis })
  /** `who` may not write here; with `until`, from then on they may again. */
  | (DoneTo & { readonly type: "silence"; readonly on: boolean; readonly until?: WallMillis })
  /** What was changed of the room, and nothing else. */
  | (Written & {
      readonly type: "update";
      readonly topic?: string;
      readonly history?: HistorySetting;
      readonly archived?: boolean;
      readonly slowMode?: number;
      readonly keepSeconds?: number;
    });

/** A place in a page that has nothing to say (any more) to whoever reads it. */
export interface Skipped {
  readonly type: "skip";
  readonly seq: Seq;
}

/** A message as it stands at the head of its log: what was done to it is counted in. */
export interface StandingMessage extends MessageEntry {
  /** By emoji, in the order in which each was first given since nobody gave it. */
  readonly reactions?: readonly { readonly emoji: string; readonly count: number; readonly mine: boolean }[];
  /** Of a thread's first message: those in it beside itself; deleted ones too. Absent if there are none. */
  readonly replies?: number;
  readonly pinned?: true;
}

/** How far a user has got in a conversation, and how far it goes. Cursors only grow. */
export interface Standing extends Place {
  readonly head: Seq;
  readonly delivered: Seq;
  readonly read: Seq;
  /**
   * Messages after `read`, without deleted ones; and how many of them mention this user: a store may
   * stop counting mentions at 1,000.
   */
  readonly unread: number;
  readonly mentions: number;
  /** When its newest entry was written; 0 if there is none. */
  readonly headAt: WallMillis;
  readonly muted: boolean;
  /** Only in a room. */
  readonly role?: Role;
}

/** A room as whoever may know of it sees it. */
export interface RoomFacts extends RoomName {
  readonly conversation: ConversationId;
  readonly visibility: Visibility;
  readonly history: HistorySetting;
  readonly topic: string;
  readonly archived: boolean;
  /** How many members it has. */
  readonly members: number;
  /** Seconds between two messages of one member; absent: as they like. */
  readonly slowMode?: number;
  /** Seconds that its entries are kept; absent: as everywhere. */
  readonly keepSeconds?: number;
}
