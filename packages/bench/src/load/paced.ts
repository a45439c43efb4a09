// The paced load: messages at fixed moments, in turn from all members, whether or not the last ones have arrived. A message
// that the server, or this load, is late with is counted from the moment at which it was due.

import { setTimeout as sleep } from "node:timers/promises";
import type { DialectName } from "./dialects.js";
import { dialects } from "./dialects.js";
import type { ClientOptions, Look } from "./gathering.js";
import { busyBetween, Gathering } from "./gathering.js";
import type { LatencySummary } from "./latencies.js";
import { Latencies } from "./latencies.js";
import type { Marked } from "./loads.js";
import { nameOf } from "./raw-client.js";
import { postFrame } from "./ready-frames.js";

export interface PacedPlan {
  readonly port: number;
  readonly dialect: DialectName;
  readonly members: number;
  readonly messagesPerSecond: number;
  readonly messageBytes: number;
  readonly warmUpMs: number;
  readonly countedMs: number;
}

export interface PacedCount {
  readonly seconds: number;
  readonly deliveries: number;
  readonly frameBytes: number;
  readonly loadBusy: number;
  /** Of all deliveries of the messages that were due in the counted time. */
  readonly latencyMs: LatencySummary;
  /** How late the load itself was in sending, at the worst. */
  readonly lateMs: number;
  readonly frame: string;
}

/** As many messages are told apart by their marks. */
export const mostPaced = 10_000;

/** @throws if the peer closes, stalls, or does not deliver every message to every member once */
export async function paced(plan: PacedPlan, marked: Marked): Promise<PacedCount> {
  const run = new PacedRun(plan);
  try {
    return await Promise.race([run.failure, run.go(marked)]);
  } finally {
    run.end();
  }
}

class PacedRun {
  readonly #plan: PacedPlan;
  readonly #gathering = new Gathering(() => this.#sendDue());
  readonly #frames: readonly Buffer[];
  readonly #warmUp: number;
  readonly #intervalMs: number;
  readonly #latencies = new Latencies();
  #beganAt = Number.POSITIVE_INFINITY;
  #sent = 0;
  #lateMs = 0;
  #frame = "";

  constructor(plan: PacedPlan) {
    this.#plan = plan;
    this.#intervalMs = 1000 / plan.messagesPerSecond;
    this.#warmUp = Math.ceil(plan.warmUpMs / this.#intervalMs);
    const count = this.#warmUp + Math.ceil(plan.countedMs / this.#intervalMs);
    if (count > mostPaced) throw new Error(`${count} messages in a round; ${mostPaced} can be told apart`);
    const { messageBytes: bytes, members } = plan;
    this.#frames = Array.from({ length: count }, (_, n) =>
      postFrame(dialects[plan.dialect], { from: nameOf(n % members), marked: n, bytes, withId: false }),
    );
  }

  get failure(): Promise<never> {
    return this.#gathering.failure;
  }

  end(): void {
    this.#gathering.end();
  }

  async go(marked: Marked): Promise<PacedCount> {
    const { members, countedMs } = this.#plan;
    const all = Array.from({ length: members }, (_, number) => this.#client(number));
    // Between two reads too: to hear one message at a thousand members takes some of the time until the next is due.
    await this.#gathering.enter(all, () => this.#sendDue());
    const [first] = this.#gathering.clients;
    first?.send(1);
    await this.#reached("all hear", 1);
    await this.#gathering.settle();
    this.#beganAt = performance.now();
    await this.#dueAt(this.#warmUp);
    marked("counting");
    const before = this.#gathering.look();
    await sleep(countedMs);
    const after = this.#gathering.look();
    marked("counted");
    await this.#reached("every message reaches every member", this.#frames.length);
    return this.#count(before, after);
  }

  #count(before: Look, after: Look): PacedCount {
    const deliveries = after.deliveries - before.deliveries;
    return {
      seconds: (after.atMs - before.atMs) / 1000,
      deliveries,
      frameBytes: (after.bytes - before.bytes) / deliveries,
      loadBusy: busyBetween(before, after),
      latencyMs: this.#latencies.summary(),
      lateMs: this.#lateMs,
      frame: this.#frame,
    };
  }

  #client(number: number): ClientOptions {
    return {
      port: this.#plan.port,
      dialect: dialects[this.#plan.dialect],
      number,
      messageBytes: this.#plan.messageBytes,
      withId: false,
      window: 1,
      sampleEvery: mostPaced,
      sampled: (frame) => {
        this.#frame = frame;
      },
      marked: (message) => this.#arrive(message),
    };
  }

  #arrive(message: number): void {
    if (message < this.#warmUp || this.#sent === 0) return;
    this.#latencies.add(performance.now() - this.#dueTime(message));
  }

  #dueTime(message: number): number {
    return this.#beganAt + message * this.#intervalMs;
  }

  #dueAt(message: number): Promise<void> {
    return sleep(this.#dueTime(message) - performance.now());
  }

  #sendDue(): void {
    const now = performance.now();
    while (this.#sent < this.#frames.length && this.#dueTime(this.#sent) <= now) {
      const message = this.#sent++;
      this.#lateMs = Math.max(this.#lateMs, now - this.#dueTime(message));
      this.#gathering.clients[message % this.#plan.members]?.sendFrame(this.#frames[message] as Buffer);
    }
  }

  #reached(what: string, messages: number): Promise<void> {
    return this.#gathering.until(what, () =>
      this.#gathering.clients.every(({ hopper }) => hopper.chat === messages),
    );
  }
}
