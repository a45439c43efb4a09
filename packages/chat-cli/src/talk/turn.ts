// What comes of an event or of something entered, and when it happened.

import type { ClientFact, Millis } from "chat-hub";
import type { Inert } from "../inert.js";

/** What is to be done after an event or an entered line. */
export interface Turn {
  /** Lines that stay. */
  readonly lines: readonly Inert[];
  readonly facts?: readonly ClientFact[];
  readonly leave?: true;
  /** This login is over, and what is kept of it of no use. */
  readonly forget?: true;
  /** Somebody calls: the bell, if it is wanted. */
  readonly ring?: true;
}

/** Now, by the clock that only goes on, and by the one that people read. */
export interface Moment {
  readonly at: Millis;
  readonly wall: number;
}

export const nothing: Turn = { lines: [] };

export function lines(...shown: readonly Inert[]): Turn {
  return { lines: shown };
}

export function together(...turns: readonly Turn[]): Turn {
  const facts = turns.flatMap((turn) => turn.facts ?? []);
  return {
    lines: turns.flatMap((turn) => turn.lines),
    ...(facts.length === 0 ? {} : { facts }),
    ...(turns.some(({ leave }) => leave) ? { leave: true } : {}),
    ...(turns.some(({ ring }) => ring) ? { ring: true } : {}),
  };
}
