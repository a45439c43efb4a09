// The flood: all clients send in a closed loop: who has its own message back sends the next one, so the backlog stays
// bounded by the windows. While it counts it proves that nothing was lost, doubled or reordered.

import { setTimeout as sleep } from "node:timers/promises";
import type { DialectName } from "./dialects.js";
import { dialects } from "./dialects.js";
import type { ClientOptions } from "./gathering.js";
import { busyBetween, Gathering } from "./gathering.js";
import type { Marked } from "./loads.js";
import type { RawClient } from "./raw-client.js";

export interface FloodPlan {
  readonly port: number;
  readonly dialect: DialectName;
  readonly clients: number;
  /** Each talks to everyone, or in private to its partner: 0 with 1, 2 with 3 … */
  readonly audience: "everyone" | "partner";
  /** Messages that each client has in flight. */
  readonly window: number;
  readonly messageBytes: number;
  /** Each message asks for an ack, and the window counts unacked messages instead of those not come back. */
  readonly acks: boolean;
  /** The peer numbers each conversation without holes, so that places can be proved. */
  readonly placed: boolean;
  readonly warmUpMs: number;
  readonly countedMs: number;
}

/** What the clients saw between the two marks. */
export interface FloodCount {
  readonly seconds: number;
  readonly deliveries: number;
  readonly messages: number;
  readonly frameBytes: number;
  readonly loadBusy: number;
  /** Delivered frames whose place in the log was read. */
  readonly checked: number;
  /** A delivered frame, to compare peers by. */
  readonly frame: string;
}

const sampleEvery = 4999;

/** @throws if the peer closes, stalls, or does not deliver every message to each who must get it, once and in order */
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
  readonly #gathering = new Gathering(() => this.#feed());
  readonly #hungry = new Set<RawClient>();
  readonly #firstSeq: (number | undefined)[] = [];
  #sending = false;
  #checked = 0;
  #frame = "";

  constructor(plan: FloodPlan) {
    this.#plan = plan;
  }

  get failure(): Promise<never> {
    return this.#gathering.failure;
  }

  end(): void {
    this.#gathering.end();
  }

  async go(marked: Marked): Promise<FloodCount> {
    const all = Array.from({ length: this.#plan.clients }, (_, number) => this.#client(number));
    await this.#gathering.enter(all, (client) => this.#hungry.add(client));
    await this.#assemble();
    this.#sending = true;
    for (const client of this.#clients) client.fillWindow();
    await sleep(this.#plan.warmUpMs);
    marked("counting");
    const before = this.#gathering.look();
    await sleep(this.#plan.countedMs);
    const after = this.#gathering.look();
    marked("counted");
    this.#sending = false;
    await this.#allDelivered();
    const deliveries = after.deliveries - before.deliveries;
    return {
      seconds: (after.atMs - before.atMs) / 1000,
      deliveries,
      messages: after.messages - before.messages,
      frameBytes: (after.bytes - before.bytes) / deliveries,
      loadBusy: busyBetween(before, after),
      checked: this.#checked,
      frame: this.#frame,
    };
  }

  get #clients(): readonly RawClient[] {
    return this.#gathering.clients;
  }

  #client(number: number): ClientOptions {
    const { port, dialect, audience, messageBytes, acks, window } = this.#plan;
    return {
      port,
      dialect: dialects[dialect],
      number,
      ...(audience === "partner" && { partner: partnerOf(number) }),
      messageBytes,
      withId: acks,
      window,
      sampleEvery,
      sampled: (frame, place) => this.#sample(number, frame, place),
    };
  }

  /** Everyone is in and hears one message; whoever came later has heard less until now, so counting starts here. */
  async #assemble(): Promise<void> {
    const everyone = this.#plan.audience === "everyone";
    for (const [number, client] of this.#clients.entries()) {
      if (everyone ? number === 0 : number % 2 === 0) client.send(1);
    }
    await this.#gathering.until("all hear", () => this.#clients.every(({ hopper }) => hopper.chat === 1));
    await this.#gathering.settle();
  }

  /** One write per client and turn, however many pieces its backlog came in. */
  #feed(): void {
    if (this.#sending) for (const client of this.#hungry) client.fillWindow();
    this.#hungry.clear();
  }

  #sample(client: number, frame: string, place: number): void {
    this.#frame = frame;
    const { seq } = dialects[this.#plan.dialect] as { seq?: (frame: string) => number };
    if (this.#plan.placed && seq !== undefined) this.#check(client, seq(frame), place);
  }

  /** The n-th frame that a client gets must carry the n-th place of the log: then there is no hole and no double. */
  #check(client: number, seq: number, place: number): void {
    const first = seq - place;
    const expected = this.#firstSeq[client];
    if (expected === undefined) {
      this.#firstSeq[client] = first;
      return;
    }
    this.#checked += 1;
    if (first !== expected)
      this.#gathering.fail(new Error(`client ${client}: frame ${place} carries place ${seq} of the log`));
  }

  async #allDelivered(): Promise<void> {
    const { audience, acks } = this.#plan;
    const sent = this.#gathering.look().messages;
    await this.#gathering.until("all messages reach all who must get them", () =>
      this.#clients.every(
        ({ hopper }, number) => hopper.chat === (audience === "everyone" ? sent : this.#sentBetween(number)),
      ),
    );
    if (acks) {
      await this.#gathering.until("all acks", () =>
        this.#clients.every(({ hopper, sent }) => hopper.acks === sent),
      );
    }
    const firsts = new Set(this.#firstSeq.filter((seq) => seq !== undefined));
    if (audience === "everyone" && firsts.size > 1)
      throw new Error("the clients got different messages first");
  }

  #sentBetween(number: number): number {
    return (this.#clients[number]?.sent ?? 0) + (this.#clients[partnerOf(number)]?.sent ?? 0);
  }
}

function partnerOf(number: number): number {
  return number ^ 1;
}
