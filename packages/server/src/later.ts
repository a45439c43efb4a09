// What can wait: jobs that are done in the order in which they came, a little in each loop turn. So a crowd
// that comes at once is let in behind whatever else there is to do, and nobody else waits for it.

import { Queue } from "./stores/queue.js";

/** So much of a loop turn goes to what can wait, in milliseconds; a job that has begun is finished. */
const laterMs = 2;

export class Later {
  readonly #jobs = new Queue<() => void>();
  #due = false;

  /** How many wait. */
  get length(): number {
    return this.#jobs.length;
  }

  push(job: () => void): void {
    this.#jobs.push(job);
    this.#wake();
  }

  #wake(): void {
    if (this.#due) return;
    this.#due = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#due = false;
    const until = performance.now() + laterMs;
    for (let job = this.#jobs.shift(); job !== undefined; job = this.#jobs.shift()) {
      job();
      if (performance.now() >= until) break;
    }
    if (this.#jobs.length > 0) this.#wake();
  }
}
