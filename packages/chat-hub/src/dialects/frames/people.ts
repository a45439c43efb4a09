// What stands in the frames about people and rooms.

import type { HistorySetting, Role, Visibility } from "../../words/rooms.js";

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
  /** Seconds between two messages of one member; absent: as they like. */
  readonly slow_mode?: number;
  /** Seconds that what is written there is kept; absent: as everywhere. */
  readonly keep_s?: number;
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

/** How far a member has got; `read` is 0 for whoever keeps it private. */
export interface ReceiptRow {
  readonly username: string;
  readonly delivered: number;
  readonly read: number;
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
