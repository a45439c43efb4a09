// What stands in the frames of the house: what holds in it, what is going on, and what was done.

/** What holds for all who are here. */
export interface HousePayload {
  /** Seconds between two messages of one person to everyone; 0 = as they like. */
  readonly slow_mode: number;
  /** Nobody but admins may write. */
  readonly read_only: boolean;
  /** Seconds that what is written to everyone is kept; absent: as everywhere. */
  readonly keep_s?: number;
  /** Why it is read-only. */
  readonly reason?: string;
}

/** What somebody who looks after the house has done about whoever is told. */
export interface AboutYouPayload {
  /** `kicked`: the connection ends now. */
  readonly what: "kicked" | "silenced" | "unsilenced" | "admin" | "member";
  /** The same for people, with the reason and the end. */
  readonly message: string;
  /** "server" = somebody at its shell. */
  readonly from: string;
  readonly at: number;
  /** When a silence ends; absent: when it is lifted. */
  readonly until?: number;
  readonly reason?: string;
}

/** How much is here at this moment, and how much there was since the server began. */
export interface StatsPayload {
  readonly at: number;
  /** Open connections; of these: without a name yet, read to from the log, not read for now. */
  readonly connections: number;
  readonly unnamed: number;
  readonly behind: number;
  readonly paused: number;
  readonly users: number;
  /** Rooms that somebody here is in. */
  readonly rooms: number;
  /** Messages stored since the server began, and a minute, by the last ten seconds or so. */
  readonly messages: number;
  readonly messages_per_minute: number;
  /** UTF-16 units of messages that the store has not answered. */
  readonly append_backlog: number;
  /** What is held in memory: questions to the store, cursors that are not stored, names and addresses. */
  readonly asks: number;
  readonly cursors: number;
  readonly names: number;
  readonly addresses: number;
  /** Bans of the house and silences that are kept in mind. */
  readonly bans: number;
  readonly silences: number;
}

export interface BansPayload {
  readonly bans: readonly BanRow[];
  /** How many are in force, also on other pages. */
  readonly count: number;
  readonly more: boolean;
}

/** A ban, or a silence, that is in force. */
export interface BanRow {
  /** Absent: only the address is banned. */
  readonly username?: string;
  /** Absent: the user is banned, or silenced. */
  readonly address?: string;
  /** Who decided it; "" = at the shell of the server. */
  readonly by: string;
  readonly reason?: string;
  /** Absent: until it is lifted. */
  readonly until?: number;
}

export interface AuditPayload {
  readonly lines: readonly AuditRow[];
  /** There are older ones: ask `before` the last `id`. */
  readonly more: boolean;
}

export interface AuditRow {
  readonly id: number;
  readonly at: number;
  /** Who did it; "" = at the shell of the server. */
  readonly by: string;
  readonly action: string;
  readonly about: string;
  readonly detail: string;
}
