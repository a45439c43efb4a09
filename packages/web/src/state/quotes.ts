// Messages that are answered or pinned and not among the lines that are here: fetched one at a time, once.

import type { Signal } from "@preact/signals";
import { signal } from "@preact/signals";
import type { StandingMessagePayload } from "chat-hub";
import type { Asks } from "./asks.js";

export type Quote = StandingMessagePayload | "fetching" | "gone";

/** Past so many, those fetched first are forgotten. */
const most = 500;

export class Quotes {
  readonly #asks: Asks;
  readonly #known = new Map<string, Signal<Quote>>();

  constructor(asks: Asks) {
    this.#asks = asks;
  }

  of(conversation: string, seq: number): Signal<Quote> {
    const key = `${seq} ${conversation}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const quote = signal<Quote>("fetching");
    this.#known.set(key, quote);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= most) break;
      this.#known.delete(oldest);
    }
    void this.#fetch(conversation, seq, quote);
    return quote;
  }

  forget(conversation: string): void {
    for (const key of this.#known.keys()) if (key.endsWith(` ${conversation}`)) this.#known.delete(key);
  }

  async #fetch(conversation: string, seq: number, quote: Signal<Quote>): Promise<void> {
    const told = await this.#asks.ask({ type: "history", conversation, before: seq + 1, limit: 1 });
    const found = told.ok ? told.answer.messages.find((message) => message.seq === seq) : undefined;
    quote.value = found ?? "gone";
  }
}
