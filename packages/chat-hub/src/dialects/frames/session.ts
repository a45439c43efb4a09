// What stands in the frames of a session: what one is told of oneself and of the server.

import type { AuthMode, Registration } from "../../ports/gate.js";
import type { Reading, Status } from "../../words/rooms.js";
import type { ConversationRow } from "./answers.js";
import type { HousePayload } from "./house.js";

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
  /** Of an announcement: how many connections it was sent to. */
  readonly reached?: number;
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
  readonly login_tries: number;
  readonly account_attempts: number;
  readonly account_attempt_ms: number;
  readonly address_attempts: number;
  readonly address_attempt_ms: number;
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
  readonly reason_chars: number;
  readonly term_seconds: number;
  readonly slow_mode_seconds: number;
  readonly retention_seconds: number;
  readonly search_chars: number;
  readonly search_terms: number;
  readonly search_rows: number;
  readonly typing_every_ms: number;
  readonly typing_for_ms: number;
  readonly receipt_members: number;
  readonly keep_s?: number;
  readonly messages_per_second?: number;
  readonly messages_burst?: number;
  readonly commands_per_second?: number;
  readonly commands_burst?: number;
  readonly address_messages_per_second?: number;
  readonly address_messages_burst?: number;
  readonly address_commands_per_second?: number;
  readonly address_commands_burst?: number;
  readonly connections_per_address?: number;
}

export interface WelcomePayload {
  readonly username: string;
  /** A token holds this name. */
  readonly kept: boolean;
  readonly protocol: 1;
  readonly auth: AuthMode;
  readonly durable: boolean;
  readonly epoch: string;
  readonly at: number;
  readonly limits: LimitsPayload;
  readonly features: readonly string[];
  /** How many people are here, this one included unless they are invisible. */
  readonly here: number;
  readonly settings: SettingsPayload;
  /** You look after the house. */
  readonly role?: "admin";
  /** What holds for all; absent while there is nothing. */
  readonly house?: HousePayload;
  readonly conversations: readonly ConversationRow[];
  readonly more: boolean;
  /** What this login is called among your `sessions`. */
  readonly session: string;
  /** What to show instead of your password from now on. */
  readonly token?: string;
  /** When this login ends unless it is refreshed. */
  readonly token_until?: number;
}

/** The login is good until then, if it ends at all; with what is to be shown from now on, if that is new. */
export interface RefreshPayload {
  readonly session: string;
  readonly token?: string;
  readonly token_until?: number;
}

/** A login of yours. */
export interface SessionRow {
  readonly session: string;
  readonly since?: number;
  readonly until?: number;
  /** How many connections are here by it. */
  readonly here: number;
  /** It is the one that asks. */
  readonly current?: true;
}

/** What you have chosen for yourself. */
export interface SettingsPayload {
  readonly status: Status;
  readonly text: string;
  readonly reading: Reading;
}

export interface ResumedPayload {
  readonly epoch: string;
  readonly replayed: number;
  /** Conversations of `since` that don't exist, or aren't yours. */
  readonly ignored?: readonly string[];
  /** Conversations whose cursor was past the head or of another epoch: fetch them anew. */
  readonly reset?: readonly string[];
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
  /** What a login must show. */
  readonly auth: AuthMode;
  /** Who may make an account; only where accounts have passwords. */
  readonly registration?: Registration;
  readonly limits: LimitsPayload;
}
