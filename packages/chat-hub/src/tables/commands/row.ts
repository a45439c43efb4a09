// What is known of a command of the events dialect, and what many of them have in common.

import type { ServerPayloads } from "../../dialects/frames.js";
import type { AuthMode } from "../../ports/gate.js";
import type { ObjectShape } from "../../shapes/object.js";
import { flag } from "../../shapes/plain.js";
import type { Optional } from "../../shapes/shape.js";
import { optional } from "../../shapes/shape.js";
import { nonce as nonceShape } from "../../shapes/words.js";
import type { Role } from "../../words/rooms.js";

export interface CommandRow {
  /** What it does, for people. */
  readonly what: string;
  /** A frame that can be sent as it stands. */
  readonly example: string;
  readonly payload: ObjectShape<unknown>;
  /** Who may send it at all: anybody, whoever has a name, whoever has a name that a token keeps, or who looks after the house. */
  readonly needs: "nothing" | "login" | "token" | "admin";
  /** The modes in which it means anything; absent: all. */
  readonly modes?: readonly AuthMode[];
  /** The least role in the room that it is about; `rights` has the whole of it. */
  readonly role?: Role;
  /** What it takes of its connection's rate; a page is work for the store and bytes for the wire. */
  readonly cost: number;
  /** What answers it if it has an `id`. */
  readonly answer: "ack" | keyof ServerPayloads;
}

/** What a page costs of the rate, a question or a change, and what asks nothing of the store. */
export const costs = { page: 10, ask: 2, little: 1 } as const;

/** It writes, so its answer is an ack. */
export const writes = { needs: "login", cost: costs.ask, answer: "ack" } as const;

/** The fields of many commands. */
export const nonce: Optional<string, undefined> = optional(nonceShape);
export const on: Optional<boolean, boolean> = optional(flag, true);
