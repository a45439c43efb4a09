// The door of the client core: the facts it is told, the deeds it asks for, and what it tells the
// person's side of the program. It is sans-IO on the same terms as the hub: no socket, no clock, no
// chance of its own. The terminal, the page and the simulator are its shells.

import type {
  AckPayload,
  ConversationRow,
  HelpPayload,
  HistoryPayload,
  NewMessagePayload,
  UsersPayload,
  WelcomePayload,
} from "../dialects/frames.js";
import type { Millis } from "../words/ids.js";
import type { ClientLimits } from "./limits.js";

export interface ClientOptions {
  /** Where the events dialect is spoken, such as `ws://localhost:8001/ws`. Never holds the token. */
  readonly url: string;
  readonly username: string;
  /** The secret that holds the name; without one the name is only held while connected. */
  readonly token?: string | undefined;
  /**
   * What the first login asks to be replayed, as WIRE §4 writes it: `unread`, `everyone:-20`, … Absent:
   * live only. Every later login asks for what came after what was told here, and `*:unread`.
   */
  readonly since?: string | undefined;
  /** The shell says `read` itself; otherwise what was delivered counts as read. */
  readonly receipts?: boolean | undefined;
  readonly limits?: Partial<ClientLimits> | undefined;
}

export interface Client {
  /**
   * Takes one fact and gives back, in order, what the shell must now do. Never throws on peer input.
   * It is not called while its effects are carried out.
   */
  handle(input: ClientInput): readonly ClientEffect[];
  /** When the shell should next send `elapsed`; `undefined` while nothing waits on time. */
  deadline(): Millis | undefined;
}

/** A fact, the time at which it is told, and a number from 0 up to 1 that nobody can foresee. */
export type ClientInput = ClientFact & { readonly at: Millis; readonly chance: number };

/**
 * `opened`, `received` and `closed` are about the socket of the last `open`; after a `disconnect` or a
 * `closed` nothing more is told of it. A failed attempt to connect is a `closed` with code 1006.
 */
export type ClientFact =
  | { readonly type: "started" }
  | { readonly type: "opened" }
  | { readonly type: "received"; readonly frame: string }
  | { readonly type: "closed"; readonly code: number; readonly reason: string }
  /**
   * The person said something. `to` is a conversation: `everyone`, `@bob`, `#dev`. The nonce is the
   * line's name until its place is known: 16–64 visible ASCII characters, best a UUIDv7.
   */
  | {
      readonly type: "said";
      readonly nonce: string;
      readonly to: string;
      readonly message: string;
      readonly replyTo?: number | undefined;
    }
  /** A question; `ask` is the shell's own number for it, and comes back in `answered` or `unanswered`. */
  | { readonly type: "asked"; readonly ask: number; readonly question: Question }
  /** Everything up to `seq` was before the person's eyes. */
  | { readonly type: "read"; readonly conversation: string; readonly seq: number }
  | { readonly type: "elapsed" }
  /** The network is back, or the person asks for it: what waits to connect again does it now. */
  | { readonly type: "woken" }
  /** The person leaves. What was not acked by now is given up. */
  | { readonly type: "stopped" };

export type Question =
  | {
      readonly type: "history";
      readonly conversation: string;
      /** At most one of these; none = the newest. */
      readonly before?: number;
      readonly after?: number;
      readonly around?: number;
      readonly limit?: number;
    }
  | { readonly type: "users"; readonly after?: string; readonly limit?: number }
  | { readonly type: "conversations"; readonly after?: string; readonly limit?: number }
  | { readonly type: "help" };

export type Answer =
  | ({ readonly type: "history" } & HistoryPayload)
  | ({ readonly type: "users" } & UsersPayload)
  | {
      readonly type: "conversations";
      readonly conversations: readonly ConversationRow[];
      readonly more: boolean;
    }
  | ({ readonly type: "help" } & HelpPayload);

/** A deed. They are carried out in the order given. */
export type ClientEffect =
  | { readonly type: "open"; readonly url: string }
  | { readonly type: "send"; readonly frame: string }
  /** Close the socket, and tell nothing more of it. */
  | { readonly type: "disconnect" }
  | { readonly type: "tell"; readonly event: ClientEvent };

/** What the server says no with; its `code` may be newer than the table of refusals that is known here. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly example?: string;
  /** The same, later, may succeed. */
  readonly retryable: boolean;
  readonly retry_after_ms?: number;
  /** How many frames this one answer stands for. */
  readonly refused?: number;
}

/** How it stands with the server. */
export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "online" }
  /** The connection was lost, or none came about; the next try begins at `until`. */
  | {
      readonly state: "waiting";
      readonly until: Millis;
      readonly code: number;
      readonly reason: string;
      /** Tries that failed since the last time it was online for good. */
      readonly failures: number;
    }
  /** The login was refused, and would be again. Over: a new client is needed. */
  | { readonly state: "refused"; readonly error: Refusal }
  /** Over: the person left (code 1000), or the server closed and asks not to come back. */
  | { readonly state: "ended"; readonly code: number; readonly reason: string };

/** What the person's side is told. */
export type ClientEvent =
  | { readonly type: "connection"; readonly connection: Connection }
  /** Logged in, for the first time or again; comes before `connection` says online. */
  | { readonly type: "welcome"; readonly welcome: WelcomePayload }
  /** What was missed has all been told; from here on it is live. Only after a login with `since`. */
  | { readonly type: "resumed"; readonly replayed: number }
  /** The next entry of its conversation: in order, each once, none left out. */
  | { readonly type: "entry"; readonly entry: ClientEntry }
  /**
   * A line of ours is in the log, for good. `told`: its entry was told before this (without its
   * nonce); otherwise the entry comes, with its nonce.
   */
  | { readonly type: "acked"; readonly nonce: string; readonly ack: AckPayload; readonly told: boolean }
  /** A line of ours is not in the log and won't be. */
  | { readonly type: "refused"; readonly nonce: string; readonly error: Refusal }
  /** A line of ours was not taken now; it is sent again at `until`, and the later ones wait behind it. */
  | { readonly type: "delayed"; readonly nonce: string; readonly error: Refusal; readonly until: Millis }
  /**
   * Who is here. `here` is the whole list if `complete`, else (in a crowd) as far as it is known;
   * `came` and `left` are what just changed.
   */
  | {
      readonly type: "people";
      readonly here: readonly string[];
      readonly count: number;
      readonly complete: boolean;
      readonly came: readonly string[];
      readonly left: readonly string[];
    }
  | { readonly type: "answered"; readonly ask: number; readonly answer: Answer }
  | { readonly type: "unanswered"; readonly ask: number; readonly error: Refusal }
  /**
   * The log of this conversation is another one now (the server was put back to an older state): what
   * was told of it counts no more, and its newest entries follow.
   */
  | { readonly type: "reset"; readonly conversation: string }
  /** Entries between these two (exclusive) can't be had any more; the next entry is `before`. */
  | { readonly type: "gone"; readonly conversation: string; readonly after: number; readonly before: number }
  /** An error that answers nothing of ours, for people to read. */
  | { readonly type: "complaint"; readonly error: Refusal };

/** One entry of a conversation's log, as far as a client understands it. */
export type ClientEntry = MessageEntry | OtherEntry;

export interface MessageEntry extends NewMessagePayload {
  readonly kind: "message";
  /** We wrote it, here or on another device. `nonce` is there if it was said here. */
  readonly own: boolean;
}

/** An entry of a type that this client is too old for: it has a place, and nothing to show. */
export interface OtherEntry {
  readonly kind: "other";
  readonly type: string;
  readonly conversation: string;
  readonly seq: number;
}
