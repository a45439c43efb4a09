// What stands in the frames of the events dialect, server to client: the shapes of WIRE §1. The
// codec writes them, the client core reads them, and nothing else knows them.

import type { ErrorPayload } from "../tables/refusals.js";
import type { HistorySetting, Reading, Role, Status, Visibility } from "../words/rooms.js";

/** Pairs a command with its answer on one connection; echoed as it came. */
export type CommandId = string | number;

/** What every entry has. `from` = who did it. */
export interface EntryPayload {
  readonly conversation: string;
  readonly seq: number;
  readonly at: number;
  readonly from: string;
  /** UTC time of day, HH:MM:SS. */
  readonly sent: string;
  /** Whom it is for; only if it is private. */
  readonly to?: string;
  /** Only when replayed to its author. */
  readonly nonce?: string;
}

export interface NewMessagePayload extends EntryPayload {
  /** "" once it was deleted. */
  readonly message: string;
  readonly reply_to?: number;
  /** The message that its thread begins with. */
  readonly thread?: number;
  readonly mentions?: readonly string[];
  /** 2 after the first edit. */
  readonly version?: number;
  /** When it was edited last. */
  readonly edited?: number;
  readonly deleted?: true;
}

/** A message as it stands: what was done to it is counted in. */
export interface StandingMessagePayload extends NewMessagePayload {
  readonly reactions?: readonly ReactionRow[];
  readonly replies?: number;
  readonly pinned?: true;
}

export interface ReactionRow {
  readonly emoji: string;
  readonly count: number;
  /** Mine is one of them. */
  readonly mine?: true;
}

export interface MessageEditedPayload extends EntryPayload {
  readonly message_seq: number;
  readonly message: string;
  readonly version: number;
  readonly mentions?: readonly string[];
}

export interface MessageDeletedPayload extends EntryPayload {
  readonly message_seq: number;
}

export interface ReactionPayload extends EntryPayload {
  readonly message_seq: number;
  readonly emoji: string;
  readonly on: boolean;
}

export interface MessagePinnedPayload extends EntryPayload {
  readonly message_seq: number;
  readonly on: boolean;
}

/** `from` has joined. */
export interface MemberJoinedPayload extends EntryPayload {
  readonly role: Role;
}

export interface MemberInvitedPayload extends EntryPayload {
  readonly username: string;
}

export interface MemberLeftPayload extends EntryPayload {
  readonly username: string;
  readonly why: "left" | "kicked" | "gone";
}

export interface RoleChangedPayload extends EntryPayload {
  readonly username: string;
  readonly role: Role;
}

export interface MemberBannedPayload extends EntryPayload {
  readonly username: string;
  readonly on: boolean;
}

/** What has changed of the room, and nothing else. */
export interface RoomUpdatedPayload extends EntryPayload {
  readonly topic?: string;
  readonly history?: HistorySetting;
  readonly archived?: boolean;
}

/** What was asked for is committed. `conversation` and `seq` = where, if it is an entry. */
export interface AckPayload {
  readonly conversation?: string;
  readonly seq?: number;
  readonly at: number;
  readonly nonce?: string;
  /** It was stored before, at this place; nothing was stored now. */
  readonly duplicate?: true;
  /** It was so already; nothing was stored. `seq` is the head. */
  readonly unchanged?: true;
  /** Of a private message: are they connected, or does it wait for them? */
  readonly recipient?: "here" | "away";
}

export interface ConversationRow {
  readonly conversation: string;
  readonly head: number;
  readonly read: number;
  readonly unread: number;
  /** How many of the unread ones mention you. */
  readonly mentions: number;
  readonly muted?: true;
  /** Yours, in a room. */
  readonly role?: Role;
}

/** The limits that a client can meet. Rates are absent where they are lifted. */
export interface LimitsPayload {
  readonly frame_bytes: number;
  readonly message_chars: number;
  readonly name_chars: number;
  readonly page_rows: number;
  readonly since_url_bytes: number;
  readonly since_frame_bytes: number;
  readonly login_ms: number;
  readonly ping_ms: number;
  readonly login_rooms: number;
  readonly rooms_per_user: number;
  readonly members_per_room: number;
  readonly devices_per_user: number;
  readonly reactions_per_message: number;
  readonly mentions_per_message: number;
  readonly pins: number;
  readonly blocks: number;
  readonly topic_chars: number;
  readonly status_chars: number;
  readonly search_chars: number;
  readonly search_terms: number;
  readonly search_rows: number;
  readonly typing_every_ms: number;
  readonly typing_for_ms: number;
  readonly receipt_members: number;
  readonly messages_per_second?: number;
  readonly messages_burst?: number;
  readonly commands_per_second?: number;
  readonly commands_burst?: number;
}

export interface WelcomePayload {
  readonly username: string;
  /** A token holds this name. */
  readonly kept: boolean;
  readonly protocol: 1;
  readonly auth: "open";
  readonly durable: boolean;
  readonly epoch: string;
  readonly at: number;
  readonly limits: LimitsPayload;
  readonly features: readonly string[];
  /** How many people are here, this one included unless they are invisible. */
  readonly here: number;
  readonly settings: SettingsPayload;
  readonly conversations: readonly ConversationRow[];
  readonly more: boolean;
}

/** What you have chosen for yourself. */
export interface SettingsPayload {
  readonly status: Status;
  readonly text: string;
  readonly reading: Reading;
}

/** Also the answer to `thread` and `pins`. */
export interface HistoryPayload {
  readonly conversation: string;
  readonly messages: readonly StandingMessagePayload[];
  /** The oldest seq that you may read, and the newest there is; apply only pushes above `head`. */
  readonly first: number;
  readonly head: number;
  readonly more: boolean;
}

/** An entry in a page: its push, or a hole that has nothing to say. */
export type LogRow =
  | {
      readonly [Type in EntryType]: { readonly type: Type; readonly payload: EntryPayloads[Type] };
    }[EntryType]
  | {
      readonly type: "skip";
      readonly payload: SkipPayload;
    };

export interface LogPayload {
  readonly conversation: string;
  /** As they were pushed, `{type, payload}` each. */
  readonly entries: readonly LogRow[];
  readonly head: number;
  readonly more: boolean;
}

export interface SkipPayload {
  readonly conversation: string;
  readonly first: number;
  readonly last: number;
}

export interface ConversationsPayload {
  readonly conversations: readonly ConversationRow[];
  readonly more: boolean;
  /** Give it as `changed_since` to ask for what has changed from now on. */
  readonly mark: number;
}

export interface UserRow {
  readonly username: string;
  readonly status: "online" | "away" | "busy" | "offline";
  /** What they say about it. */
  readonly text?: string;
}

export interface UsersPayload {
  readonly users: readonly UserRow[];
  readonly count: number;
  readonly more: boolean;
}

export interface RoomRow {
  readonly conversation: string;
  /** As its maker spelled it. */
  readonly name: string;
  readonly visibility: Visibility;
  readonly history: HistorySetting;
  readonly topic: string;
  readonly members: number;
  readonly archived?: true;
  /** How you stand to it: a role, `invited`, or absent. */
  readonly role?: Role | "invited";
}

export interface MemberRow {
  readonly username: string;
  readonly role: Role | "invited" | "banned";
  readonly status: UserRow["status"];
}

export interface MembersPayload {
  readonly conversation: string;
  readonly members: readonly MemberRow[];
  readonly count: number;
  readonly more: boolean;
}

export interface ReactionsPayload {
  readonly conversation: string;
  readonly message_seq: number;
  readonly reactions: readonly { readonly username: string; readonly emoji: string }[];
  readonly more: boolean;
}

/** How far a member has got; `read` is 0 for whoever keeps it private. */
export interface ReceiptRow {
  readonly username: string;
  readonly delivered: number;
  readonly read: number;
}

export interface SearchPayload {
  readonly hits: readonly {
    readonly message: NewMessagePayload;
    /** A piece of the text, and where in it the words are (UTF-16, from–to). */
    readonly snippet: string;
    readonly marks: readonly (readonly [number, number])[];
  }[];
  /** Give it as `before` for the next page; absent on the last. */
  readonly next?: number;
}

export interface WhoisPayload {
  readonly username: string;
  readonly kept: boolean;
  readonly status: UserRow["status"];
  readonly text?: string;
  /** When they were here last; absent while they are, and if they never were. */
  readonly seen?: number;
}

export interface PresencePayload {
  /** Who changed; absent in a crowd. */
  readonly users?: readonly UserRow[];
  /** These are all who are here: forget who was here before. */
  readonly all?: true;
  readonly count: number;
}

export interface ResumedPayload {
  readonly epoch: string;
  readonly replayed: number;
  /** Conversations of `since` that don't exist, or aren't yours. */
  readonly ignored?: readonly string[];
  /** Conversations whose cursor was past the head or of another epoch: fetch them anew. */
  readonly reset?: readonly string[];
}

/** The entries of a log, by their push's `type`. */
export interface EntryPayloads {
  readonly new_message: NewMessagePayload;
  readonly message_edited: MessageEditedPayload;
  readonly message_deleted: MessageDeletedPayload;
  readonly reaction: ReactionPayload;
  readonly message_pinned: MessagePinnedPayload;
  readonly member_joined: MemberJoinedPayload;
  readonly member_invited: MemberInvitedPayload;
  readonly member_left: MemberLeftPayload;
  readonly role_changed: RoleChangedPayload;
  readonly member_banned: MemberBannedPayload;
  readonly room_updated: RoomUpdatedPayload;
}
export type EntryType = keyof EntryPayloads;

/** Every frame that the server sends, by its `type`. */
export interface ServerPayloads extends EntryPayloads {
  readonly welcome: WelcomePayload;
  readonly ack: AckPayload;
  readonly error: ErrorPayload;
  readonly history: HistoryPayload;
  readonly thread: HistoryPayload;
  readonly pins: HistoryPayload;
  readonly log: LogPayload;
  readonly conversations: ConversationsPayload;
  readonly users: UsersPayload;
  readonly rooms: { readonly rooms: readonly RoomRow[]; readonly more: boolean };
  readonly members: MembersPayload;
  readonly reactions: ReactionsPayload;
  readonly receipts: { readonly conversation: string; readonly receipts: readonly ReceiptRow[] };
  readonly search: SearchPayload;
  readonly whois: WhoisPayload;
  readonly blocks: { readonly usernames: readonly string[]; readonly more: boolean };
  readonly presence: PresencePayload;
  readonly typing: { readonly conversation: string; readonly username: string; readonly on: boolean };
  /** Somebody else has got further. */
  readonly receipt: { readonly conversation: string } & ReceiptRow;
  /** You have got further, on whichever device: where you stand now. */
  readonly unread: ConversationRow;
  /** You may join this room. */
  readonly invited: { readonly conversation: string; readonly from: string };
  /** What you have chosen, on whichever device. */
  readonly settings: SettingsPayload;
  readonly blocked: { readonly username: string; readonly on: boolean };
  readonly muted: { readonly conversation: string; readonly on: boolean };
  readonly skip: SkipPayload;
  readonly behind: { readonly conversation: string; readonly after: number; readonly head: number };
  readonly resumed: ResumedPayload;
  readonly reconnect: { readonly after_ms: number };
  readonly ping: { readonly at: number };
  readonly help: HelpPayload;
}

export interface HelpPayload {
  /** What whoever asks can do now. */
  readonly commands: readonly {
    readonly type: string;
    readonly what: string;
    readonly example: string;
    /** Only this is missing to do it. */
    readonly needs?: "token";
  }[];
  readonly limits: LimitsPayload;
}

export type ServerFrame = {
  [Type in keyof ServerPayloads]: {
    readonly type: Type;
    readonly id?: CommandId;
    readonly payload: ServerPayloads[Type];
  };
}[keyof ServerPayloads];
