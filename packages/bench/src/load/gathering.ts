// The clients of a load: they come in in portions, are watched while they wait for something, and go all at once.

import { setTimeout as sleep } from "node:timers/promises";
import type { RawClientOptions } from "./raw-client.js";
import { RawClient } from "./raw-client.js";
import { Turns } from "./turns.js";

/** So many connect at once: fewer than a server lets wait at its door. */
const portion = 100;
const stalledMs = 10_000;
const enteringMs = 60_000;
/** Presence is coalesced for 250 ms, among more than 500 people for a second; after this pause nothing of it is under way. */
const settleMs = { few: 600, many: 1500 };
const many = 500;

export type ClientOptions = Omit<RawClientOptions, "heard" | "failed">;

/** All counts of all clients at one moment. */
export interface Look {
  readonly atMs: number;
  readonly idleMs: number;
  readonly messages: number;
  readonly deliveries: number;
  readonly bytes: number;
}

export class Gathering {
  readonly clients: RawClient[] = [];
  readonly #failure = Promise.withResolvers<never>();
  readonly #turns: Turns;

  /** @param turned is called once in each turn of the load's loop */
  constructor(turned: () => void) {
    this.#turns = new Turns(turned);
  }

  /** Rejects as soon as one client fails. */
  get failure(): Promise<never> {
    return this.#failure.promise;
  }

  fail(error: Error): void {
    this.#failure.reject(error);
  }

  /** @param heard is told that something has come to a client */
  async enter(all: readonly ClientOptions[], heard: (client: RawClient) => void): Promise<void> {
    const failed = (error: Error) => this.fail(error);
    const late = setTimeout(() => failed(new Error(`not all were in after ${enteringMs} ms`)), enteringMs);
    for (let first = 0; first < all.length; first += portion) {
      const next = all.slice(first, first + portion).map(
        (options) =>
          new RawClient({
            ...options,
            failed,
            heard: (client) => {
              this.#turns.worked();
              heard(client);
            },
          }),
      );
      this.clients.push(...next);
      await Promise.all(next.map((client) => client.entered));
    }
    clearTimeout(late);
  }

  /** Until nothing but the load is under way; then everyone counts from zero. */
  async settle(): Promise<void> {
    await sleep(this.clients.length > many ? settleMs.many : settleMs.few);
    for (const client of this.clients) client.restart();
  }

  /** Waits for a condition, for as long as frames still come. */
  async until(what: string, reached: () => boolean): Promise<void> {
    let seen = -1;
    let movedAt = performance.now();
    while (!reached()) {
      await sleep(5);
      const { deliveries } = this.look();
      if (deliveries !== seen) movedAt = performance.now();
      seen = deliveries;
      if (performance.now() - movedAt > stalledMs)
        throw new Error(`waited for: ${what}; ${this.#describe()}`);
    }
  }

  look(): Look {
    return {
      atMs: performance.now(),
      idleMs: this.#turns.idleMs,
      messages: this.#sum(({ sent }) => sent),
      deliveries: this.#sum(({ hopper }) => hopper.chat),
      bytes: this.#sum(({ hopper }) => hopper.chatBytes),
    };
  }

  end(): void {
    this.#turns.end();
    for (const client of this.clients) client.end();
  }

  #describe(): string {
    const counts = this.clients.map((client) => client.hopper.chat);
    const said = this.clients.find((client) => client.hopper.lastOther !== "")?.hopper.lastOther;
    const [least, most] = [Math.min(...counts), Math.max(...counts)];
    return `sent ${this.look().messages}, received ${least} to ${most}; the server last said ${said}`;
  }

  #sum(of: (client: RawClient) => number): number {
    return this.clients.reduce((sum, client) => sum + of(client), 0);
  }
}

/** The part of the time between two looks in which the load had something to do, 0 to 1: near 1 it is the load that is measured. */
export function busyBetween(before: Look, after: Look): number {
  return 1 - (after.idleMs - before.idleMs) / (after.atMs - before.atMs);
}
