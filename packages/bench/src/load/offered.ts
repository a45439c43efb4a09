// Sends at a fixed rate, whatever the server does: a message that falls due while the one before it is still waiting is
// sent all the same, and its latency counts from when it was due, so that no pause hides the messages it held up.

import { setTimeout as sleep } from "node:timers/promises";
import { memberPath } from "./crowd.js";
import type { DialectName } from "./dialects.js";
import { dialects } from "./dialects.js";
import type { LatencySummary } from "./latencies.js";
import { Latencies } from "./latencies.js";
import type { Marked } from "./loads.js";
import { nameOf } from "./raw-client.js";
import { firstId, ReadyFrames } from "./ready-frames.js";
import { Session } from "./session.js";
import { Turns } from "./turns.js";

export interface OfferedPlan {
  readonly port: number;
  readonly dialect: DialectName;
  /** They send in turn, and all of them receive everything. */
  readonly clients: number;
  readonly perSecond: number;
  readonly messageBytes: number;
  readonly warmUpMs: number;
  readonly countedMs: number;
}

export interface OfferedCount {
  readonly seconds: number;
  /** Messages that fell due in the counted time; every one of them was acked. */
  readonly offered: number;
  /** From when a message was due until its ack was read. */
  readonly ackMs: LatencySummary;
  /** From when it was due until it was written: the load's own part of the above. */
  readonly lateMs: LatencySummary;
  readonly deliveries: number;
  readonly loadBusy: number;
}

const settleMs = 600;
const stalledMs = 10_000;
/** Ids come around after so many messages of one client; so many may also be written at once. */
const ids = 10_000;
const ackStart = '{"type":"ack","id":';

/** @throws if an ack is missing, doubled, refused or out of order, or if two messages got one place in the log */
export async function offered(plan: OfferedPlan, marked: Marked): Promise<OfferedCount> {
  const run = new OfferedRun(plan);
  try {
    return await Promise.race([run.failure, run.go(marked)]);
  } finally {
    run.end();
  }
}

interface Client {
  readonly session: Session;
  readonly frames: ReadyFrames;
  acked: number;
}

class OfferedRun {
  readonly #plan: OfferedPlan;
  readonly #clients: readonly Client[];
  readonly #failure = Promise.withResolvers<never>();
  readonly #turns = new Turns(() => this.#offer());
  readonly #acks = new Latencies();
  readonly #late = new Latencies();
  readonly #places = new Set<number>();
  #begun = Number.POSITIVE_INFINITY;
  /** The first message that is counted, and the first that is none any more. */
  readonly #counted: readonly [from: number, to: number];
  #offered = 0;
  #acked = 0;
  #deliveries = 0;

  constructor(plan: OfferedPlan) {
    this.#plan = plan;
    const dialect = dialects[plan.dialect];
    const count = (ms: number) => Math.round((ms * plan.perSecond) / 1000);
    this.#counted = [count(plan.warmUpMs), count(plan.warmUpMs + plan.countedMs)];
    this.#clients = Array.from({ length: plan.clients }, (_, number) => ({
      session: new Session({
        port: plan.port,
        path: memberPath(number),
        heard: (bytes, from, to) => this.#heard(number, bytes, from, to),
        failed: this.#failure.reject,
      }),
      frames: new ReadyFrames(
        dialect,
        { from: nameOf(number), marked: number, bytes: plan.messageBytes, withId: true },
        ids,
      ),
      acked: 0,
    }));
  }

  get failure(): Promise<never> {
    return this.#failure.promise;
  }

  end(): void {
    this.#turns.end();
    for (const { session } of this.#clients) session.cut();
  }

  async go(marked: Marked): Promise<OfferedCount> {
    const { warmUpMs, countedMs, clients } = this.#plan;
    await Promise.all(this.#clients.map(({ session }) => session.entered));
    await sleep(settleMs);
    this.#begun = performance.now();
    await sleep(warmUpMs);
    marked("counting");
    const before = this.#look();
    await sleep(countedMs);
    marked("counted");
    const after = this.#look();
    await this.#until("all acks", () => this.#acked === this.#counted[1]);
    await this.#until("all messages reach all clients", () => this.#deliveries === this.#acked * clients);
    this.#checkPlaces();
    const span = after.atMs - before.atMs;
    return {
      seconds: countedMs / 1000,
      offered: this.#counted[1] - this.#counted[0],
      ackMs: this.#acks.summary(),
      lateMs: this.#late.summary(),
      deliveries: after.deliveries - before.deliveries,
      loadBusy: 1 - (after.idleMs - before.idleMs) / span,
    };
  }

  /** Message n is due after n intervals, and is client n's, around and around. */
  #dueAt(n: number): number {
    return this.#begun + (n * 1000) / this.#plan.perSecond;
  }

  /** Writes what has fallen due, each client's in one piece. */
  #offer(): void {
    const now = performance.now();
    const due = Math.floor(((now - this.#begun) * this.#plan.perSecond) / 1000) + 1;
    const to = Math.min(due, this.#counted[1]);
    if (!(to > this.#offered)) return;
    const { length } = this.#clients;
    for (const [number, { session, frames }] of this.#clients.entries()) {
      const count = sentBy(number, to, length) - sentBy(number, this.#offered, length);
      if (count > 0) session.sends(frames.next(count));
    }
    for (; this.#offered < to; this.#offered++)
      if (this.#offered >= this.#counted[0]) this.#late.add(now - this.#dueAt(this.#offered));
    this.#turns.worked();
  }

  #heard(number: number, bytes: Buffer, from: number, to: number): void {
    this.#turns.worked();
    const frame = bytes.toString("latin1", from, to);
    if (!frame.startsWith(ackStart)) {
      if (frame.startsWith(dialects[this.#plan.dialect].delivered)) this.#deliveries += 1;
      else if (frame.startsWith('{"type":"error"')) this.#failure.reject(new Error(`refused: ${frame}`));
      return;
    }
    const client = this.#clients[number] as Client;
    const id = Number.parseInt(frame.slice(ackStart.length), 10);
    const expected = firstId + (client.acked % ids);
    if (id !== expected) this.#failure.reject(new Error(`the ack of ${expected} is missing: ${frame}`));
    const message = client.acked * this.#clients.length + number;
    client.acked += 1;
    this.#acked += 1;
    this.#places.add(Number.parseInt(frame.slice(frame.indexOf('"seq":') + '"seq":'.length), 10));
    if (message >= this.#counted[0]) this.#acks.add(performance.now() - this.#dueAt(message));
  }

  /** Nobody else speaks: the acked places are as many as the messages, without a hole. */
  #checkPlaces(): void {
    const places = [...this.#places];
    const first = places.reduce((least, place) => Math.min(least, place));
    const last = places.reduce((most, place) => Math.max(most, place));
    if (places.length === this.#acked && last - first + 1 === this.#acked) return;
    throw new Error(`${this.#acked} acks name ${places.length} places, from ${first} to ${last}`);
  }

  async #until(what: string, reached: () => boolean): Promise<void> {
    let seen = -1;
    let movedAt = performance.now();
    while (!reached()) {
      await sleep(5);
      const moved = this.#acked + this.#deliveries;
      if (moved !== seen) movedAt = performance.now();
      seen = moved;
      if (performance.now() - movedAt > stalledMs)
        throw new Error(
          `waited for: ${what}; sent ${this.#offered}, acked ${this.#acked}, received ${this.#deliveries}`,
        );
    }
  }

  #look() {
    return { atMs: performance.now(), idleMs: this.#turns.idleMs, deliveries: this.#deliveries };
  }
}

/** How many of the first `all` messages are this client's. */
export function sentBy(number: number, all: number, clients: number): number {
  return Math.max(0, Math.ceil((all - number) / clients));
}
