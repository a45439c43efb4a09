// How long to wait before the next try: full jitter, so that many who lost the same server do not come
// back at the same moment.

import type { Millis } from "../words/ids.js";

export interface Backoff {
  /** The longest wait after the first failure; it doubles with each, up to the cap. */
  readonly baseMs: number;
  readonly capMs: number;
}

/** Somewhere between now and the longest wait after so many failures, as chance (0 ≤ c < 1) has it. */
export function backoffMs(backoff: Backoff, failures: number, chance: number): number {
  const longest = Math.min(backoff.capMs, backoff.baseMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(longest * chance);
}

export function later(at: Millis, ms: number): Millis {
  return (at + ms) as Millis;
}

/** The earlier of two moments that may not be. */
export function sooner(one: Millis | undefined, other: Millis | undefined): Millis | undefined {
  if (one === undefined) return other;
  return other === undefined || one < other ? one : other;
}
