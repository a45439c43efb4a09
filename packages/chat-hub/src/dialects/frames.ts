// What stands in the frames of the events dialect, server to client: the shapes of WIRE §1. The
// codec writes them, the client core reads them, and nothing else knows them.

import type { ErrorPayload } from "../tables/refusals.js";

/** Pairs a command with its answer on one connection; echoed as it came. */
export type CommandId = string | number;

export interface NewMessagePayload {
  readonly message: string;
  readonly from: string;
  /** UTC time of day, HH:MM:SS. */
  readonly sent: string;
  /** Whom it is for; only if it is private. */
  readonly to?: string;
  readonly conversation: string;
  readonly seq: number;
  readonly at: number;
  readonly reply_to?: number;
  /** Only when replayed to its author. */
  readonly nonce?: string;
}

export interface AckPayload {
  readonly conversation: string;
  readonly seq: number;
  readonly at: number;
  readonly nonce?: string;
  /** It was stored before, at this place; nothing was stored now. */
  readonly duplicate?: true;
  /** Of a private message: are they connected, or does it wait for them? */
  readonly recipient?: "here" | "away";
}

export interface ConversationRow {
  readonly conversation: string;
  readonly head: number;
  readonly read: number;
  readonly unread: number;
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
  /** How many people are here, this one included. */
  readonly here: number;
  readonly conversations: readonly ConversationRow[];
  readonly more: boolean;
}

export interface HistoryPayload {
  readonly conversation: string;
  readonly messages: readonly NewMessagePayload[];
  /** The oldest seq that is kept, and the newest there is; apply only pushes above `head`. */
  readonly first: number;
  readonly head: number;
  readonly more: boolean;
}

export interface LogPayload {
  readonly conversation: string;
  readonly entries: readonly NewMessagePayload[];
  readonly head: number;
  readonly more: boolean;
}

export interface UserRow {
  readonly username: string;
  readonly status: "online" | "offline";
}

export interface UsersPayload {
  readonly users: readonly UserRow[];
  readonly count: number;
  readonly more: boolean;
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

/** Every frame that the server sends, by its `type`. */
export interface ServerPayloads {
  readonly welcome: WelcomePayload;
  readonly ack: AckPayload;
  readonly error: ErrorPayload;
  readonly new_message: NewMessagePayload;
  readonly history: HistoryPayload;
  readonly log: LogPayload;
  readonly conversations: { readonly conversations: readonly ConversationRow[]; readonly more: boolean };
  readonly users: UsersPayload;
  readonly presence: PresencePayload;
  readonly skip: { readonly conversation: string; readonly first: number; readonly last: number };
  readonly behind: { readonly conversation: string; readonly after: number; readonly head: number };
  readonly resumed: ResumedPayload;
  readonly reconnect: { readonly after_ms: number };
  readonly ping: { readonly at: number };
  readonly help: HelpPayload;
}

export interface HelpPayload {
  readonly commands: readonly { readonly type: string; readonly what: string; readonly example: string }[];
  readonly limits: LimitsPayload;
}

export type ServerFrame = {
  [Type in keyof ServerPayloads]: {
    readonly type: Type;
    readonly id?: CommandId;
    readonly payload: ServerPayloads[Type];
  };
}[keyof ServerPayloads];
