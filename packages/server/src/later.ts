// What can wait: jobs that are done in the order in which they came, a little in each loop turn. So a crowd
// that comes at once is let in behind whatever else there is to do, and nobody else waits for it.

import { Queue } from "./stores/queue.js";

/** So much of a loop turn goes to what can wait, in milliseconds; a job that has begun is finished. */
const laterMs = 2;
/** Then so many turns go to all else; in each of them Node takes one new connection from the system. */
const otherTurns = 8;

export class Later {
  readonly #jobs = new Queue<() => void>();
  /** Turns of others until the next of its own. */
  #rests: number | undefined;

  /** How many wait. */
  get length(): number {
    return this.#jobs.length;
  }

  push(job: () => void): void {
    this.#jobs.push(job);
    this.#wake();
  }

  /** Does all of it at once, also what comes of it. */
  finish(): void {
    for (let job = this.#jobs.shift(); job !== undefined; job = this.#jobs.shift()) job();
  }

  #wake(): void {
    if (this.#rests !== undefined) return;
    this.#rests = 0;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    if (this.#rests === 0) this.#rests = this.#work();
    else if (this.#rests !== undefined) this.#rests -= 1;
    if (this.#rests !== undefined) setImmediate(() => this.#turn());
  }

  /** Gives how many turns are to be left to others now; none are counted where nothing was done. */
  #work(): number | undefined {
    if (this.#jobs.length === 0) return undefined;
    const until = performance.now() + laterMs;
    for (let job = this.#jobs.shift(); job !== undefined; job = this.#jobs.shift()) {
      job();
      if (performance.now() >= until) break;
    }
    return otherTurns;
  }
}
