// What waits on time. Each kind of alarm always waits equally long, so that the order in which they
// were set is the order in which they ring: setting, clearing and finding the next take no search.

import type { Millis } from "../words/ids.js";

export interface Alarms<Kind extends string, Subject> {
  /** Sets it anew if it was set. */
  set(kind: Kind, subject: Subject, due: Millis): void;
  has(kind: Kind, subject: Subject): boolean;
  clear(kind: Kind, subject: Subject): void;
  /** When the next one rings. */
  next(): Millis | undefined;
  /** Takes one that is due, if there is one. */
  take(at: Millis): { readonly kind: Kind; readonly subject: Subject } | undefined;
}

export function createAlarms<Kind extends string, Subject>(kinds: readonly Kind[]): Alarms<Kind, Subject> {
  // A Map keeps the order of insertion: its first entry is the earliest.
  const queues = new Map(kinds.map((kind) => [kind, new Map<Subject, Millis>()]));
  const queue = (kind: Kind): Map<Subject, Millis> => queues.get(kind) as Map<Subject, Millis>;
  return {
    set(kind, subject, due) {
      queue(kind).delete(subject);
      queue(kind).set(subject, due);
    },
    has: (kind, subject) => queue(kind).has(subject),
    clear(kind, subject) {
      queue(kind).delete(subject);
    },
    next() {
      let earliest: Millis | undefined;
      for (const waiting of queues.values()) {
        for (const due of waiting.values()) {
          if (earliest === undefined || due < earliest) earliest = due;
          break;
        }
      }
      return earliest;
    },
    take(at) {
      for (const [kind, waiting] of queues) {
        for (const [subject, due] of waiting) {
          if (due > at) break;
          waiting.delete(subject);
          return { kind, subject };
        }
      }
      return undefined;
    },
  };
}
