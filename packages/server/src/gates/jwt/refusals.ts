// Why tokens were refused, for whoever runs the server. Who was refused is never told: each reason would help
// to forge a better one. One line in a while, since anybody can make any number of bad tokens.

import type { WallMillis } from "chat-hub";

const quietMs = 10_000;

export class Refusals {
  readonly #warn: (line: string) => void;
  #saidAt = Number.NEGATIVE_INFINITY;
  #unsaid = 0;

  constructor(warn: (line: string) => void) {
    this.#warn = warn;
  }

  note(why: string, at: WallMillis): void {
    if (Math.abs(at - this.#saidAt) < quietMs) {
      this.#unsaid += 1;
      return;
    }
    const others = this.#unsaid === 0 ? "" : ` (and ${this.#unsaid} more since the last such line)`;
    this.#warn(`a token was refused: ${why}${others}`);
    this.#saidAt = at;
    this.#unsaid = 0;
  }
}
