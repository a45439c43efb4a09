// What a hub counts as it goes: plain numbers, which whoever runs it may look at. Nothing is decided by them.

import type { Closing } from "../tables/closings.js";
import type { RefusalCode } from "../tables/refusals.js";
import type { Millis } from "../words/ids.js";

export interface Tally {
  /** Messages that were stored, by where they were said; one that was sent again counts once. */
  readonly messages: { everyone: number; private: number; room: number };
  /** Logins that were decided: let in, or refused. */
  readonly logins: { letIn: number; refused: number };
  /** Refusals, by code. */
  readonly refusals: Partial<Record<RefusalCode, number>>;
  /** Connections that were ended from our side, by why. */
  readonly closings: Partial<Record<Closing, number>>;
}

export function emptyTally(): Tally {
  return {
    messages: { everyone: 0, private: 0, room: 0 },
    logins: { letIn: 0, refused: 0 },
    refusals: {},
    closings: {},
  };
}

export function count<Key extends string>(counts: Partial<Record<Key, number>>, key: Key): void {
  counts[key] = ((counts[key] as number | undefined) ?? 0) + 1;
}

/** How many messages come, without a word kept of each: those of this stretch, and the rate of the one before. */
export interface Flow {
  since: Millis;
  messages: number;
  before: number;
}

const stretchMs = 10_000;

export function flowed(flow: Flow, at: Millis): void {
  flow.messages += 1;
  if (at - flow.since >= stretchMs) begin(flow, at);
}

/** By the last ten seconds or so. */
export function messagesPerMinute(flow: Flow, at: Millis): number {
  if (at - flow.since >= stretchMs) begin(flow, at);
  return Math.round(flow.before);
}

function begin(flow: Flow, at: Millis): void {
  flow.before = (60_000 * flow.messages) / (at - flow.since);
  flow.since = at;
  flow.messages = 0;
}
