// The main thread's end of a worker. Calls wait here, packed, while the worker is busy; they go over
// at the end of a loop turn, so that a turn costs one message, however many calls it made.

import { Worker } from "node:worker_threads";
import type { StoreCall } from "chat-hub";
import { Queue } from "../queue.js";
import type { FromWorker, ToWorker, WorkerOrders } from "./messages.js";
import { packCall } from "./messages.js";
import type { Pack } from "./pack.js";
import { Packer } from "./pack.js";

/** One pack that is worked on, and a full one more so that the worker need not wait for it. */
const packsUnderWay = 2;
/** What a pack, and so a transaction, holds at most, in characters. */
const packChars = 1024 * 1024;

export interface Listener<Ask> {
  /** `asks` are those that `pack` answers, in its order. */
  answered(asks: readonly Ask[], pack: Pack, newest: number): void;
  warned(line: string): void;
  /** The worker can't go on: nothing more is heard of it. */
  died(reason: Error): void;
}

interface Batch<Ask> {
  readonly asks: readonly Ask[];
  readonly pack: Pack;
}

export class SqliteThread<Ask> {
  readonly #worker: Worker;
  readonly #listener: Listener<Ask>;
  readonly #exited: Promise<void>;
  readonly #mostCalls: number;
  #state: "working" | "ending" = "working";
  /** Calls are packed, full packs wait, then they are under way. */
  readonly #packer = new Packer();
  #asks: Ask[] = [];
  readonly #waiting = new Queue<Batch<Ask>>();
  readonly #underWay = new Queue<readonly Ask[]>();
  #sendsThisTurn = false;
  #onIdle = () => {};

  /** `mostCalls`: what one pack holds at most. */
  constructor(file: URL, orders: WorkerOrders, mostCalls: number, listener: Listener<Ask>) {
    this.#mostCalls = mostCalls;
    this.#listener = listener;
    this.#worker = new Worker(file, { workerData: orders });
    this.#worker.on("message", (message: FromWorker) => this.#hear(message));
    this.#worker.on("error", (error) => this.#die(error instanceof Error ? error : new Error(String(error))));
    this.#exited = new Promise((resolve) => {
      this.#worker.on("exit", (code) => {
        this.#die(new Error(`a worker of the store ended by itself (${code})`));
        resolve();
      });
    });
  }

  ask(ask: Ask, call: StoreCall): void {
    packCall(this.#packer, call);
    this.#asks.push(ask);
    if (this.#asks.length >= this.#mostCalls || this.#packer.chars >= packChars) this.#finishPack();
    if (this.#sendsThisTurn) return;
    this.#sendsThisTurn = true;
    setImmediate(() => {
      this.#sendsThisTurn = false;
      this.#send();
    });
  }

  /** Resolves when nothing waits for an answer. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      this.#tellIdle();
    });
  }

  /** Lets the worker close its database. Whatever was not answered will not be. */
  async close(): Promise<void> {
    this.#state = "ending";
    this.#worker.postMessage("close" satisfies ToWorker);
    await this.#exited;
  }

  /** Stops the worker and gives back every ask that is not answered. */
  abandon(): Ask[] {
    this.#state = "ending";
    void this.#worker.terminate();
    const asks: Ask[] = [];
    for (let sent = this.#underWay.shift(); sent; sent = this.#underWay.shift()) asks.push(...sent);
    for (let batch = this.#waiting.shift(); batch; batch = this.#waiting.shift()) asks.push(...batch.asks);
    asks.push(...this.#asks);
    this.#asks = [];
    this.#packer.take();
    this.#tellIdle();
    return asks;
  }

  #finishPack(): void {
    if (this.#asks.length === 0) return;
    this.#waiting.push({ asks: this.#asks, pack: this.#packer.take() });
    this.#asks = [];
  }

  #send(): void {
    while (this.#underWay.length < packsUnderWay) {
      // What is not full goes when the worker is free: until then more joins it, and shares its commit.
      if (this.#underWay.length === 0 && this.#waiting.length === 0) this.#finishPack();
      const batch = this.#waiting.shift();
      if (batch === undefined) return;
      this.#underWay.push(batch.asks);
      this.#worker.postMessage(batch.pack satisfies ToWorker);
    }
  }

  #hear(message: FromWorker): void {
    if (this.#state === "ending") return;
    switch (message.type) {
      case "answers": {
        const asks = this.#underWay.shift() ?? [];
        this.#send();
        this.#listener.answered(asks, message.pack, message.newest);
        this.#tellIdle();
        return;
      }
      case "warning":
        return this.#listener.warned(message.line);
      case "failed":
        return this.#die(new Error(message.reason));
    }
  }

  #tellIdle(): void {
    if (this.#asks.length + this.#waiting.length + this.#underWay.length === 0) this.#onIdle();
  }

  #die(reason: Error): void {
    if (this.#state === "ending") return;
    this.#state = "ending";
    this.#listener.died(reason);
  }
}
