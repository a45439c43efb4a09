// A crowd that comes back all at once: each asks for what was said while it was away, and must get exactly that, in order.

import { setTimeout as sleep } from "node:timers/promises";
import { memberPath } from "./crowd.js";
import { dialects } from "./dialects.js";
import type { LatencySummary } from "./latencies.js";
import { Latencies } from "./latencies.js";
import { Session } from "./session.js";

export interface StormPlan {
  readonly port: number;
  readonly connections: number;
  /** The last place of the log that they have. */
  readonly since: number;
  /** How many there are after that. */
  readonly messages: number;
}

export interface StormCount {
  /** From the first connection that was opened until the last one had everything. */
  readonly ms: number;
  /** Until each had everything, from the same moment: they all want to come back then. */
  readonly eachMs: LatencySummary;
  /** How much of one core the load used meanwhile, 0 to 1. */
  readonly loadCpu: number;
}

const { delivered } = dialects.events;
const resumed = '{"type":"resumed"';
const place = '"seq":';
const stalledMs = 60_000;
/** Nobody says anything more: whatever comes after this time is one too many. */
const afterMs = 300;

export class Storm {
  readonly #plan: StormPlan;
  readonly #got: Uint32Array;
  readonly #eachMs = new Latencies();
  readonly #finished = Promise.withResolvers<void>();
  #complete = 0;
  #begun = 0;

  constructor(plan: StormPlan) {
    this.#plan = plan;
    this.#got = new Uint32Array(plan.connections);
    this.#finished.promise.catch(() => {});
  }

  /** @throws if one of them is refused, cut off, or gets anything else than what it has missed */
  async run(): Promise<{ readonly count: StormCount; readonly sessions: readonly Session[] }> {
    const { port, connections, since } = this.#plan;
    const failed = (error: Error) => this.#finished.reject(error);
    this.#begun = performance.now();
    const cpu = process.cpuUsage();
    const sessions = Array.from({ length: connections }, (_, number) => {
      const path = memberPath(number, `&since=everyone:${since}`);
      const heard = (bytes: Buffer, from: number, to: number) => this.#heard(number, bytes, from, to);
      return new Session({ port, path, heard, failed });
    });
    const late = setTimeout(() => failed(new Error(this.#describe())), stalledMs);
    await this.#finished.promise;
    clearTimeout(late);
    const eachMs = this.#eachMs.summary();
    const { user, system } = process.cpuUsage(cpu);
    const loadCpu = (user + system) / 1000 / eachMs.max;
    await sleep(afterMs);
    this.#checkAll();
    return { count: { ms: eachMs.max, eachMs, loadCpu }, sessions };
  }

  #heard(number: number, bytes: Buffer, from: number, to: number): void {
    if (starts(bytes, from, to, delivered)) {
      const at = bytes.indexOf(place, from + delivered.length) + place.length;
      const seq = Number.parseInt(bytes.toString("latin1", at, at + 16), 10);
      const got = (this.#got[number] as number) + 1;
      this.#got[number] = got;
      if (seq !== this.#plan.since + got)
        this.#finished.reject(new Error(`${number} got place ${seq} instead of ${this.#plan.since + got}`));
    } else if (starts(bytes, from, to, resumed)) {
      this.#check(number);
      this.#eachMs.add(performance.now() - this.#begun);
      this.#complete += 1;
      if (this.#complete === this.#plan.connections) this.#finished.resolve();
    } else if (starts(bytes, from, to, '{"type":"error"')) {
      this.#finished.reject(new Error(`${number} is refused: ${bytes.toString("utf8", from, to)}`));
    }
  }

  #check(number: number): void {
    const { messages } = this.#plan;
    if (this.#got[number] === messages) return;
    this.#finished.reject(new Error(`${number} got ${this.#got[number]} of ${messages} messages`));
  }

  #checkAll(): void {
    const wrong = this.#got.findIndex((got) => got !== this.#plan.messages);
    if (wrong !== -1)
      throw new Error(`${wrong} got ${this.#got[wrong]} messages, not ${this.#plan.messages}`);
  }

  #describe(): string {
    return `${this.#complete} of ${this.#plan.connections} had everything after ${stalledMs} ms`;
  }
}

/** Without making a string of each frame. */
function starts(bytes: Buffer, from: number, to: number, text: string): boolean {
  if (to - from < text.length) return false;
  for (let n = 0; n < text.length; n++) if (bytes[from + n] !== text.charCodeAt(n)) return false;
  return true;
}
