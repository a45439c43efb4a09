// The flood: all clients send, all receive, in a closed loop: who has its own message back sends the next one, so the
// backlog stays bounded by the windows. While it counts it proves that nothing was lost, doubled or reordered.

import { setTimeout as sleep } from "node:timers/promises";
import type { DialectName } from "./dialects.js";
import { dialects } from "./dialects.js";
import type { Marked } from "./loads.js";
import { RawClient } from "./raw-client.js";
import { Turns } from "./turns.js";

export interface FloodPlan {
  readonly port: number;
  readonly dialect: DialectName;
  readonly clients: number;
  /** Messages that each client has in flight. */
  readonly window: number;
  readonly messageBytes: number;
  /** Each message asks for an ack, and the window counts unacked messages instead of those not come back. */
  readonly acks: boolean;
  readonly warmUpMs: number;
  readonly countedMs: number;
}

/** What the clients saw between the two marks. */
export interface FloodCount {
  readonly seconds: number;
  readonly deliveries: number;
  readonly messages: number;
  readonly frameBytes: number;
  /** The part of the time in which the load had something to do, 0 to 1: near 1 it is the load that is measured. */
  readonly loadBusy: number;
  readonly samples: number;
  /** A delivered frame, to compare peers by. */
  readonly frame: string;
}

/** Presence is coalesced for 250 ms and more; after this pause nothing but the flood is under way. */
const settleMs = 600;
const stalledMs = 10_000;
const sampleEvery = 4999;

/** @throws if the peer closes, stalls, or does not deliver every message to every client once and in order */
export async function flood(plan: FloodPlan, marked: Marked): Promise<FloodCount> {
  const run = new FloodRun(plan);
  try {
    return await Promise.race([run.failure, run.go(marked)]);
  } finally {
    run.end();
  }
}

class FloodRun {
  readonly #plan: FloodPlan;
  readonly #clients: readonly RawClient[];
  readonly #failure = Promise.withResolvers<never>();
  readonly #turns = new Turns(() => this.#feed());
  readonly #hungry = new Set<RawClient>();
  readonly #firstSeq: (number | undefined)[] = [];
  #sending = false;
  #samples = 0;
  #frame = "";

  constructor(plan: FloodPlan) {
    this.#plan = plan;
    const failed = this.#failure.reject;
    this.#clients = Array.from(
      { length: plan.clients },
      (_, number) =>
        new RawClient({
          port: plan.port,
          dialect: dialects[plan.dialect],
          number,
          messageBytes: plan.messageBytes,
          withId: plan.acks,
          window: plan.window,
          sampleEvery,
          sampled: (frame, place) => this.#check(number, frame, place),
          heard: (client) => this.#heard(client),
          failed,
        }),
    );
  }

  /** Rejects as soon as one client fails. */
  get failure(): Promise<never> {
    return this.#failure.promise;
  }

  end(): void {
    this.#turns.end();
    for (const client of this.#clients) client.end();
  }

  async go(marked: Marked): Promise<FloodCount> {
    await this.#assemble();
    this.#sending = true;
    for (const client of this.#clients) client.fillWindow();
    await sleep(this.#plan.warmUpMs);
    marked("counting");
    const before = this.#look();
    await sleep(this.#plan.countedMs);
    const after = this.#look();
    marked("counted");
    this.#sending = false;
    await this.#allDelivered();
    const deliveries = after.deliveries - before.deliveries;
    return {
      seconds: (after.atMs - before.atMs) / 1000,
      deliveries,
      messages: after.messages - before.messages,
      frameBytes: (after.bytes - before.bytes) / deliveries,
      loadBusy: 1 - (after.idleMs - before.idleMs) / (after.atMs - before.atMs),
      samples: this.#samples,
      frame: this.#frame,
    };
  }

  /** Everyone is in and hears; whoever came later has heard less until now, so counting starts here. */
  async #assemble(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.upgraded));
    for (const client of this.#clients) client.send(1);
    await this.#until("all hear themselves", () => this.#clients.every((client) => client.hopper.own === 1));
    await sleep(settleMs);
    for (const client of this.#clients) client.restart();
  }

  #heard(client: RawClient): void {
    this.#turns.worked();
    this.#hungry.add(client);
  }

  /** One write per client and turn, however many pieces its backlog came in. */
  #feed(): void {
    if (this.#sending) for (const client of this.#hungry) client.fillWindow();
    this.#hungry.clear();
  }

  /** The n-th frame that a client gets must carry the n-th place of the log: then there is no hole and no double. */
  #check(client: number, frame: string, place: number): void {
    const first = dialects[this.#plan.dialect].seq(frame) - place;
    this.#firstSeq[client] ??= first;
    if (first !== this.#firstSeq[client]) {
      this.#failure.reject(
        new Error(`client ${client}: frame ${place} carries place ${first + place} of the log`),
      );
    }
    this.#samples += 1;
    this.#frame = frame;
  }

  async #allDelivered(): Promise<void> {
    const sent = this.#messages();
    await this.#until("all messages reach all clients", () =>
      this.#clients.every((client) => client.hopper.chat === sent),
    );
    if (this.#plan.acks) {
      await this.#until("all acks", () => this.#clients.every(({ hopper, sent }) => hopper.acks === sent));
    }
    if (new Set(this.#firstSeq.filter((seq) => seq !== undefined)).size > 1) {
      throw new Error("the clients got different messages first");
    }
  }

  /** Waits for a condition, for as long as frames still come. */
  async #until(what: string, reached: () => boolean): Promise<void> {
    let seen = -1;
    let movedAt = performance.now();
    while (!reached()) {
      await sleep(5);
      const { deliveries } = this.#look();
      if (deliveries !== seen) movedAt = performance.now();
      seen = deliveries;
      if (performance.now() - movedAt > stalledMs)
        throw new Error(`waited for: ${what}; ${this.#describe()}`);
    }
  }

  #describe(): string {
    const counts = this.#clients.map((client) => client.hopper.chat);
    const said = this.#clients.find((client) => client.hopper.lastOther !== "")?.hopper.lastOther;
    return `sent ${this.#messages()}, received ${Math.min(...counts)} to ${Math.max(...counts)}; the server last said ${said}`;
  }

  #messages(): number {
    return this.#clients.reduce((sum, client) => sum + client.sent, 0);
  }

  #look() {
    return {
      atMs: performance.now(),
      idleMs: this.#turns.idleMs,
      messages: this.#messages(),
      deliveries: this.#clients.reduce((sum, client) => sum + client.hopper.chat, 0),
      bytes: this.#clients.reduce((sum, client) => sum + client.hopper.chatBytes, 0),
    };
  }
}
