// What a hub counts as it goes: plain numbers, which whoever runs it may look at. Nothing is decided by them.

import type { Closing } from "../tables/closings.js";
import type { RefusalCode } from "../tables/refusals.js";

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
