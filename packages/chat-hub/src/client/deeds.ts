// What a person does that changes something: each is a command that is acked or refused.

import type { HistorySetting, Reading, Role, Status, Visibility } from "../words/rooms.js";

/**
 * A message: by its place, or, if it was said here and may have no place yet, by its nonce. What is done
 * to such a message waits for its ack, and is refused with it.
 */
export type Target = number | string;

export type Deed = LogDeed | OwnDeed | HouseDeed;

/** Done in a conversation: an entry of its log, if it changes anything. Who may: rules/rights.ts. */
export type LogDeed =
  | {
      readonly type: "message";
      readonly conversation: string;
      readonly message: string;
      readonly replyTo?: Target | undefined;
    }
  | {
      readonly type: "edit";
      readonly conversation: string;
      readonly target: Target;
      readonly message: string;
    }
  | { readonly type: "deletion"; readonly conversation: string; readonly target: Target }
  | {
      readonly type: "reaction";
      readonly conversation: string;
      readonly target: Target;
      readonly emoji: string;
      readonly on: boolean;
    }
  | { readonly type: "pin"; readonly conversation: string; readonly target: Target; readonly on: boolean }
  /** Makes a room: `#Dev` in the spelling that it is to have. */
  | {
      readonly type: "create";
      readonly conversation: string;
      readonly visibility?: Visibility | undefined;
      readonly history?: HistorySetting | undefined;
      readonly topic?: string | undefined;
    }
  | { readonly type: "join" | "leave"; readonly conversation: string }
  | { readonly type: "invite"; readonly conversation: string; readonly username: string }
  | {
      readonly type: "kick";
      readonly conversation: string;
      readonly username: string;
      readonly reason?: string | undefined;
    }
  | {
      readonly type: "ban";
      readonly conversation: string;
      /** Absent: only the address. */
      readonly username?: string | undefined;
      /** With everyone as the conversation: an address, or those that somebody is connected from. */
      readonly address?: string | true | undefined;
      readonly on: boolean;
      /** Absent: until it is lifted. */
      readonly forSeconds?: number | undefined;
      readonly reason?: string | undefined;
    }
  /** Lets somebody read and not write. With everyone as the conversation, as kick and ban too: the house. */
  | {
      readonly type: "silence";
      readonly conversation: string;
      readonly username: string;
      readonly on: boolean;
      /** Absent: until it is lifted. */
      readonly forSeconds?: number | undefined;
      readonly reason?: string | undefined;
    }
  /** One message of each in so many seconds; 0 = as they like. */
  | { readonly type: "slow"; readonly conversation: string; readonly seconds: number }
  /** What is written there is kept for so many seconds; 0 = as everywhere. */
  | { readonly type: "retention"; readonly conversation: string; readonly seconds: number }
  | {
      readonly type: "role";
      readonly conversation: string;
      readonly username: string;
      /** With everyone as the conversation: `admin`, or `member` again. */
      readonly role: Role | "admin";
    }
  | { readonly type: "topic"; readonly conversation: string; readonly topic: string }
  | { readonly type: "history"; readonly conversation: string; readonly history: HistorySetting }
  | { readonly type: "archive"; readonly conversation: string; readonly on: boolean };

/** What an admin says or orders for all. */
export type HouseDeed =
  | { readonly type: "announce"; readonly message: string }
  | { readonly type: "readOnly"; readonly on: boolean; readonly reason?: string | undefined };

/** Chosen for oneself: no entry of any log. The later one counts. */
export type OwnDeed =
  /** What is absent stays as it is. */
  | { readonly type: "status"; readonly status?: Status | undefined; readonly text?: string | undefined }
  /** Whether others are told how far one has read. */
  | { readonly type: "privacy"; readonly reading: Reading }
  | { readonly type: "block"; readonly username: string; readonly on: boolean }
  | { readonly type: "mute"; readonly conversation: string; readonly on: boolean };
