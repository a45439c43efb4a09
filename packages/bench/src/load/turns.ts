// The load's loop never sleeps. On one machine a server pays for waking the sleeper that it sends to (about 2 µs of a
// 6 µs write in a virtual machine); over a network it would not, and whoever writes seldom would look better than it is.
// So the load's CPU is always used up, and how busy it is must be told by the turns that had something to do.

export class Turns {
  #idleMs = 0;
  #worked = false;
  #at = performance.now();
  #next: NodeJS.Immediate;

  /** @param turned is called once in each turn of the loop, after everything that came in it has been read */
  constructor(turned: () => void) {
    const turn = () => {
      turned();
      const now = performance.now();
      if (!this.#worked) this.#idleMs += now - this.#at;
      this.#worked = false;
      this.#at = now;
      this.#next = setImmediate(turn);
    };
    this.#next = setImmediate(turn);
  }

  /** Time spent in turns in which nothing had come. */
  get idleMs(): number {
    return this.#idleMs;
  }

  /** Something has come in this turn. */
  worked(): void {
    this.#worked = true;
  }

  end(): void {
    clearImmediate(this.#next);
  }
}
