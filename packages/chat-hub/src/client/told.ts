// What the client core tells the person's side of the program. Everything but the entries of a log is
// absolute state: what is told last of a thing is all there is to know of it.

import type { ConversationRow } from "../dialects/frames/answers.js";
import type { AboutYouPayload, HousePayload } from "../dialects/frames/house.js";
import type { RoomRow, UserRow } from "../dialects/frames/people.js";
import type { AckPayload, SettingsPayload, WelcomePayload } from "../dialects/frames/session.js";
import type { Millis } from "../words/ids.js";
import type { Answer } from "./asking.js";
import type { Deed } from "./deeds.js";
import type { ClientEntry } from "./entries.js";
import type { View } from "./lines.js";

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
  /**
   * The login was refused, and would be again; or, `login_expired` after it was online, it has ended.
   * Over: a new client is needed, with something else to show.
   */
  | { readonly state: "refused"; readonly error: Refusal }
  /** Over: the person left (code 1000), or the server closed and asks not to come back. */
  | { readonly state: "ended"; readonly code: number; readonly reason: string };

export type ClientEvent =
  | { readonly type: "connection"; readonly connection: Connection }
  /** Logged in, for the first time or again; comes before `connection` says online. */
  | { readonly type: "welcome"; readonly welcome: Omit<WelcomePayload, "token"> }
  /** The server gave this for a password, or in place of an older one: to be kept, and shown next time. */
  | { readonly type: "token"; readonly token: string }
  /** The login ends at `until`, and only a newer token puts that off: `renewed` brings it. */
  | { readonly type: "token_wanted"; readonly until: Millis }
  /** What was missed has all been told; from here on it is live. Only after a login with `since`. */
  | { readonly type: "resumed"; readonly replayed: number }
  | LogEvent
  | DeedEvent
  | StateEvent
  | { readonly type: "answered"; readonly ask: number; readonly answer: Answer }
  | { readonly type: "unanswered"; readonly ask: number; readonly error: Refusal }
  /** Somebody who looks after the house says this to all who are here; it is in no log. */
  | { readonly type: "announcement"; readonly message: string; readonly from: string; readonly at: number }
  /** The same have done something about us; `message` says it to people. */
  | ({ readonly type: "about_you" } & AboutYouPayload)
  /** Somebody asks us into a room; `join` goes there. */
  | { readonly type: "invited"; readonly conversation: string; readonly from: string }
  /** An error that answers nothing of ours, for people to read. */
  | { readonly type: "complaint"; readonly error: Refusal };

/** The logs, entry by entry, whether they are shown or not: for whoever prints what comes. */
export type LogEvent =
  /** The next entry of its conversation: in order, each once, none left out. */
  | { readonly type: "entry"; readonly entry: ClientEntry }
  /**
   * The log of this conversation is another one now (the server was put back to an older state): what
   * was told of it counts no more, and its newest entries follow.
   */
  | { readonly type: "reset"; readonly conversation: string }
  /** Entries between these two (exclusive) can't be had any more; the next entry is `before`. */
  | { readonly type: "gone"; readonly conversation: string; readonly after: number; readonly before: number };

/** What becomes of what was done here. */
export type DeedEvent =
  /**
   * It is committed, for good. `told`: its entry was told before this (without its nonce); otherwise
   * the entry comes, with its nonce, if the ack has a seq and is not `unchanged`.
   */
  | {
      readonly type: "acked";
      readonly nonce: string;
      readonly deed: Deed;
      readonly ack: AckPayload;
      readonly told: boolean;
    }
  /** It is not done and won't be; it stands among the unsent, failed, until it is `retracted`. */
  | { readonly type: "refused"; readonly nonce: string; readonly deed: Deed; readonly error: Refusal }
  /** It was not taken now; it is sent again at `until`, and the later ones wait behind it. */
  | { readonly type: "delayed"; readonly nonce: string; readonly error: Refusal; readonly until: Millis }
  /** All that was done here and has not shown in its log yet, in order; at most once per input. */
  | { readonly type: "unsent"; readonly unsent: readonly Unsent[] };

export interface Unsent {
  readonly nonce: string;
  readonly deed: Deed;
  readonly state: /** Not sent yet, or sent on a connection that was lost. Only `fresh` ones can be retracted. */
    | { readonly type: "waiting"; readonly fresh: boolean }
    | { readonly type: "sending" }
    /** A message that has its place; it stands here until its line stands in the log. */
    | { readonly type: "placed"; readonly seq: number; readonly at: number }
    | { readonly type: "failed"; readonly error: Refusal };
}

/** How things are now. Each is told when it has changed, at most once per input. */
export type StateEvent =
  /** What is here of a conversation that is shown. */
  | { readonly type: "view"; readonly conversation: string; readonly view: View }
  /**
   * One of our conversations. A new one, and all at the first login, come so too; until `listed`, there
   * may be more of them than were told.
   */
  | { readonly type: "standing"; readonly standing: ConversationState }
  | { readonly type: "listed" }
  /**
   * It is none of ours any more: we left, were removed or banned, here or elsewhere. Its view is gone,
   * and what waits to be sent there will be refused.
   */
  | { readonly type: "departed"; readonly conversation: string; readonly why: Departure }
  /** A room of ours, or one that was asked for: as far as it is known. */
  | { readonly type: "room"; readonly room: RoomRow }
  /**
   * Who is here. `here` and `users` are the whole list if `complete`, else (in a crowd) as far as it is
   * known; `came` and `left` are what just changed.
   */
  | {
      readonly type: "people";
      readonly here: readonly string[];
      readonly users: readonly UserRow[];
      readonly count: number;
      readonly complete: boolean;
      readonly came: readonly string[];
      readonly left: readonly string[];
    }
  /** Who is typing there now, without those we have blocked. */
  | { readonly type: "typing"; readonly conversation: string; readonly usernames: readonly string[] }
  /** What we have chosen, on whichever device. */
  | { readonly type: "settings"; readonly settings: SettingsPayload }
  /** What holds for all who are here; told once it is anything but the usual. */
  | { readonly type: "house"; readonly house: HousePayload }
  /** Everybody we have blocked. */
  | { readonly type: "blocked"; readonly usernames: readonly string[] };

export type Departure = "left" | "kicked" | "banned" | "gone";

/** A conversation of ours: the server's count and what came since are one sum. */
export interface ConversationState extends ConversationRow {
  /** Spelled as its people do: `bob` of `@bob`, `Dev` of `#dev`; of everyone and before it is known, absent. */
  readonly spelling?: string;
  /** When something last came, by the server's clock; absent until something does. */
  readonly at?: number;
}
