// The time by which a store forgets. It is the wall's, but it never runs more than twice as fast as time
// passes: where the clock leaps ahead, a log is not wiped for it. A clock that was wrong and is put right has
// cost at most twice as long as it was wrong; after a machine's sleep the time is caught up with. At its start
// it believes what the clock says.

import type { WallMillis } from "chat-hub";

const fastest = 2;

export class SteadyClock {
  readonly #wall: () => number;
  readonly #running: () => number;
  #now: number;
  #asked: number;

  /** The time of day in Unix ms, and how long this runs in ms. */
  constructor(wall: () => number = () => Date.now(), running: () => number = () => performance.now()) {
    this.#wall = wall;
    this.#running = running;
    this.#now = wall();
    this.#asked = running();
  }

  now(): WallMillis {
    const asked = this.#running();
    this.#now = Math.min(this.#wall(), this.#now + fastest * (asked - this.#asked));
    this.#asked = asked;
    return this.#now as WallMillis;
  }
}
