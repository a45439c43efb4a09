// Between the shell and its store: whatever else than the hub asks is told its own answers, and what goes through
// is counted, for whoever runs the server.

import type { AskId, StoreAnswer, StoreCall, StoreCalls } from "chat-hub";

/** Asks the store beside the hub. It never throws: a store that can't, answers so. */
export type AskStore = <Type extends keyof StoreCalls>(
  call: Extract<StoreCall, { readonly type: Type }>,
) => Promise<StoreCalls[Type]["answer"]>;

export class Beside {
  readonly #store: { ask(ask: AskId, call: StoreCall): void };
  readonly #answered: (ask: AskId, answer: StoreAnswer) => void;
  /** The hub counts up from 1, this down from -1. */
  readonly #own = new Map<AskId, (answer: StoreAnswer) => void>();
  #next = -1;
  /** Calls that are not answered. */
  #open = 0;
  /** An append whose answer is waited for with the clock in hand: at most one, and one in each turn of the event loop. */
  #timed: AskId | "rests" | undefined;
  #timedAt = 0;
  #trouble: { readonly code: string; readonly at: number } | undefined;
  /** Told how long such an append took, in seconds, if somebody wants to know. */
  onCommit: ((seconds: number) => void) | undefined;

  /** `answered` is whom the hub's answers are for. */
  constructor(
    store: { ask(ask: AskId, call: StoreCall): void },
    answered: (ask: AskId, answer: StoreAnswer) => void,
  ) {
    this.#store = store;
    this.#answered = answered;
  }

  get unanswered(): number {
    return this.#open;
  }

  /** What was refused since the store could not keep it, if that was not longer ago than `ms`. */
  trouble(ms: number): string | undefined {
    return this.#trouble !== undefined && performance.now() - this.#trouble.at < ms
      ? this.#trouble.code
      : undefined;
  }

  /** For the hub. */
  ask(ask: AskId, call: StoreCall): void {
    this.#open += 1;
    if (this.#timed === undefined && call.type === "append" && this.onCommit !== undefined) {
      this.#timed = ask;
      this.#timedAt = performance.now();
    }
    this.#store.ask(ask, call);
  }

  /** For everybody else. */
  readonly askStore: AskStore = (call) => {
    const ask = this.#next as AskId;
    this.#next -= 1;
    return new Promise((resolve) => {
      this.#own.set(ask, resolve as (answer: StoreAnswer) => void);
      this.ask(ask, call);
    });
  };

  /** The store has answered. */
  answered(ask: AskId, answer: StoreAnswer): void {
    this.#open -= 1;
    if (ask === this.#timed) this.#wasTimed();
    if (!answer.ok && (answer.code === "storage_full" || answer.code === "unavailable"))
      this.#trouble = { code: answer.code, at: performance.now() };
    if (ask > 0) return this.#answered(ask, answer);
    this.#own.get(ask)?.(answer);
    this.#own.delete(ask);
  }

  #wasTimed(): void {
    this.onCommit?.((performance.now() - this.#timedAt) / 1_000);
    this.#timed = "rests";
    setImmediate(() => {
      this.#timed = undefined;
    });
  }
}
