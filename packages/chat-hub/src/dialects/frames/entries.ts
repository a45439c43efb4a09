// What stands in the frames of entries: everything that a log keeps.

import type { HistorySetting, Role } from "../../words/rooms.js";

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
  /** When it ends by itself. */
  readonly until?: number;
}

/** They may not write here, or may again. */
export interface MemberSilencedPayload extends EntryPayload {
  readonly username: string;
  readonly on: boolean;
  /** When it ends by itself. */
  readonly until?: number;
}

/** What has changed of the room, and nothing else. */
export interface RoomUpdatedPayload extends EntryPayload {
  readonly topic?: string;
  readonly history?: HistorySetting;
  readonly archived?: boolean;
  /** Seconds between two messages of one member; 0 = as they like. */
  readonly slow_mode?: number;
  /** Seconds that what is written there is kept; 0: as everywhere. */
  readonly keep_s?: number;
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
  readonly member_silenced: MemberSilencedPayload;
  readonly room_updated: RoomUpdatedPayload;
}
export type EntryType = keyof EntryPayloads;
