// What can be done in a conversation. Each act that changes something is one entry of its log.

import type { NameKey, Seq } from "./ids.js";
import type { HistorySetting, Role, Visibility } from "./rooms.js";

export type Act =
  | MessageAct
  | {
      readonly type: "edit";
      readonly target: Seq;
      readonly message: string;
      readonly mentions?: Mentions;
    }
  | { readonly type: "deletion"; readonly target: Seq }
  | { readonly type: "reaction"; readonly target: Seq; readonly emoji: string; readonly on: boolean }
  | { readonly type: "pin"; readonly target: Seq; readonly on: boolean }
  /** Makes the room that the address names; its maker is its owner. `name` as they spell it. */
  | {
      readonly type: "create";
      readonly name: string;
      readonly visibility: Visibility;
      readonly history: HistorySetting;
      readonly topic: string;
    }
  | { readonly type: "join" }
  | { readonly type: "leave" }
  | { readonly type: "invite"; readonly who: NameKey }
  | ({ readonly type: "kick"; readonly who: NameKey } & Pick<Terms, "reason">)
  | ({ readonly type: "ban"; readonly who: NameKey; readonly on: boolean } & Terms)
  /** They may not write for a while. */
  | ({ readonly type: "silence"; readonly who: NameKey; readonly on: boolean } & Terms)
  | { readonly type: "role"; readonly who: NameKey; readonly role: Role }
  | { readonly type: "topic"; readonly topic: string }
  | { readonly type: "history"; readonly history: HistorySetting }
  | { readonly type: "archive"; readonly on: boolean }
  /** Seconds between two messages of one member; 0 = as they like. */
  | { readonly type: "slow"; readonly seconds: number }
  /** Seconds that what is written there is kept; 0 = as everywhere. */
  | { readonly type: "retention"; readonly seconds: number };

/** For how long something is decided, and why. */
export interface Terms {
  /** From when it is decided; absent: for good. */
  readonly forSeconds?: number;
  /** For those who look after the house: only the audit log has it. */
  readonly reason?: string;
}

export interface MessageAct {
  readonly type: "message";
  readonly message: string;
  readonly replyTo?: Seq;
  readonly mentions?: Mentions;
}

/** Names that a text calls, as they stand in it: which of them are people of the conversation the store knows. */
export interface Mentions {
  readonly names: readonly NameKey[];
  /** It calls `@everyone`; it counts if its author may. */
  readonly all: boolean;
}

export type ActType = Act["type"];
