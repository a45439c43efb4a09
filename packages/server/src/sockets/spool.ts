// The frames of one loop turn for one destination: gathered as they come, encoded together at its end.

import type { Tape } from "./tape.js";

export class Spool {
  #payloads: string[] = [];

  /** How many frames there are. */
  get length(): number {
    return this.#payloads.length;
  }

  push(payload: string): void {
    this.#payloads.push(payload);
  }

  /** Writes all frames on the tape, and is empty again. Gives where each of them ends on it. */
  unwind(tape: Tape): readonly number[] {
    const ends: number[] = [];
    for (const payload of this.#payloads) {
      tape.frame(payload);
      ends.push(tape.length);
    }
    this.#payloads = [];
    return ends;
  }
}
