// How long acks take: before the fault, while it lasts, and after it. A send that was under way when the
// fault began or ended counts as during.

import type { Findings, Latency } from "../fault.ts";

type Phase = "before" | "during" | "after";

export class Latencies {
  readonly #ms: Record<Phase, number[]> = { before: [], during: [], after: [] };
  #phase: Phase = "before";

  get phase(): Phase {
    return this.#phase;
  }

  enter(phase: Phase): void {
    this.#phase = phase;
  }

  /** An ack came, `ms` after its message was first sent, in the phase `sent`. */
  note(ms: number, sent: Phase): void {
    this.#ms[sent === this.#phase ? sent : "during"].push(ms);
  }

  /** Nothing if a phase has none. */
  summary(): Findings["latency"] {
    const { before, during, after } = this.#ms;
    if (before.length === 0 || during.length === 0 || after.length === 0) return undefined;
    return { before: summaryOf(before), during: summaryOf(during), after: summaryOf(after) };
  }
}

function summaryOf(measured: readonly number[]): Latency {
  const sorted = measured.toSorted((a, b) => a - b);
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}
