// How far the person has read: said at most every so often, only ever forward, and again after a
// connection was lost before it could be said.

import type { Millis } from "../words/ids.js";
import { later } from "./backoff.js";

export interface Reads {
  note(conversation: string, seq: number, at: Millis): void;
  /** The frames to send now. They ask for no answer: a lost one is made good by the next. */
  next(at: Millis): readonly string[];
  /** Its log is another one: what was read of the old one counts no more. */
  forget(conversation: string): void;
  deadline(): Millis | undefined;
}

export function createReads(readMs: number): Reads {
  const read = new Map<string, number>();
  const unsaid = new Set<string>();
  let due: Millis | undefined;

  return {
    note(conversation, seq, at) {
      if (seq <= (read.get(conversation) ?? 0)) return;
      read.set(conversation, seq);
      unsaid.add(conversation);
      due ??= later(at, readMs);
    },
    next(at) {
      if (due === undefined || at < due) return [];
      const frames = [...unsaid].map((conversation) =>
        JSON.stringify({ type: "read", payload: { conversation, seq: read.get(conversation) } }),
      );
      unsaid.clear();
      due = undefined;
      return frames;
    },
    forget(conversation) {
      read.delete(conversation);
      unsaid.delete(conversation);
    },
    deadline: () => due,
  };
}
