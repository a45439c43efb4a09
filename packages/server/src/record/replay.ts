// A record, played to a fresh hub: input by input, with what comes of it now beside what came of it then.

import type { Effect, Input } from "chat-hub";
import { createHub } from "chat-hub";
import type { RecordHeader } from "./header.js";
import type { Outcome } from "./outcome.js";
import { outcomeOf, thrown } from "./outcome.js";

/** What came of one input. */
export interface Replayed {
  /** In full; none if the hub threw. */
  readonly effects: readonly Effect[];
  readonly outcome: Outcome;
  /** What it threw, with its stack. */
  readonly error?: unknown;
}

/** Plays the inputs of one record, in their order. Never throws: what the hub throws is an outcome. */
export function createReplay({ hub: options }: RecordHeader): (input: Input) => Replayed {
  const hub = createHub(options);
  return (input) => {
    try {
      const effects = hub.handle(input);
      return { effects, outcome: outcomeOf(effects, hub.deadline()) };
    } catch (error) {
      return { effects: [], outcome: thrown(error), error };
    }
  };
}

/** Byte for byte, as far as a digest of 72 bits can tell. */
export function isSameOutcome(one: Outcome, other: Outcome): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
