// What stands in the answers to questions about what was said.

import type { Role } from "../../words/rooms.js";
import type { EntryPayloads, EntryType, NewMessagePayload, StandingMessagePayload } from "./entries.js";

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

export interface ReactionsPayload {
  readonly conversation: string;
  readonly message_seq: number;
  readonly reactions: readonly { readonly username: string; readonly emoji: string }[];
  readonly more: boolean;
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
