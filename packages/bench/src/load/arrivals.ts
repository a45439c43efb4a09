// People who come and go, as fast as the server lets them: a login, a goodbye, and the next one.

import { memberPath } from "./crowd.js";
import type { LatencySummary } from "./latencies.js";
import { Latencies } from "./latencies.js";
import { Session } from "./session.js";

export interface ArrivalsPlan {
  readonly port: number;
  /** So many come or go at a time. */
  readonly atOnce: number;
  /** They take turns: each of them has been here before. */
  readonly people: number;
}

export interface ArrivalsCount {
  readonly seconds: number;
  readonly entered: number;
  /** From when the connection was opened until one was in. */
  readonly latencyMs: LatencySummary;
  /** How much of one core the load used, 0 to 1. */
  readonly loadCpu: number;
}

export class Arrivals {
  readonly #plan: ArrivalsPlan;
  readonly #failed: (error: Error) => void;
  #latencies = new Latencies();
  #entered = 0;
  #ended = false;

  constructor(plan: ArrivalsPlan, failed: (error: Error) => void) {
    this.#plan = plan;
    this.#failed = failed;
  }

  /** Resolves when everybody has been in once; after that they keep coming and going. */
  async start(): Promise<void> {
    const allIn = Promise.withResolvers<void>();
    const keepComing = async () => {
      while (!this.#ended) {
        await this.#visit(this.#entered++ % this.#plan.people);
        if (this.#entered >= this.#plan.people + this.#plan.atOnce) allIn.resolve();
      }
    };
    for (let slot = 0; slot < this.#plan.atOnce; slot++) keepComing().catch(this.#failed);
    await allIn.promise;
  }

  /** What was counted in so many milliseconds from now on. */
  async count(ms: number): Promise<ArrivalsCount> {
    this.#latencies = new Latencies();
    const [begun, cpu] = [performance.now(), process.cpuUsage()];
    await new Promise((resolve) => setTimeout(resolve, ms));
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const latencyMs = this.#latencies.summary();
    return { seconds, entered: latencyMs.count, latencyMs, loadCpu: (user + system) / 1e6 / seconds };
  }

  end(): void {
    this.#ended = true;
  }

  async #visit(number: number): Promise<void> {
    const { port } = this.#plan;
    const begun = performance.now();
    const session = new Session({ port, path: memberPath(number), failed: this.#failed });
    await session.entered;
    this.#latencies.add(performance.now() - begun);
    await session.leave();
  }
}
