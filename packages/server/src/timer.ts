// One timer for the next time at which something is due. It may ring too early, never too late.

import type { Millis } from "chat-hub";

export class Timer {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;
  #due = Number.POSITIVE_INFINITY;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** `due` is what is due next; a later ring that was set before is not taken back. */
  set(due: Millis | undefined): void {
    if (due === undefined || due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(
      () => {
        this.#due = Number.POSITIVE_INFINITY;
        this.#ring();
      },
      Math.max(0, due - performance.now()) + 1,
    );
  }

  /** For good. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#due = Number.NEGATIVE_INFINITY;
  }
}
