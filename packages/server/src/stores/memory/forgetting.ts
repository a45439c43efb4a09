// Forgets by age what the memory has, a little at a time. The places go with it, and so do the nonces: a nonce
// lives as long as its entry here.

import type { WallMillis } from "chat-hub";
import { SteadyClock } from "../steady-clock.js";
import type { Conversations } from "./conversations.js";

const lookMs = 1_000;
/** Entries that go before anything else is done. */
const stepEntries = 1_000;

export class MemoryForgetting {
  readonly #conversations: Conversations;
  readonly #keepMs: number | undefined;
  readonly #clock: SteadyClock;
  #timer: NodeJS.Timeout | undefined;

  constructor(conversations: Conversations, keepMs: number | undefined, clock = new SteadyClock()) {
    this.#conversations = conversations;
    this.#keepMs = keepMs;
    this.#clock = clock;
    if (keepMs !== undefined) this.#ask(lookMs);
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #ask(inMs: number): void {
    this.#timer = setTimeout(() => this.#ask(this.#look() ? lookMs : 0), inMs);
    // It is no reason for a process to live on.
    this.#timer.unref();
  }

  /** Whether nothing old is left. */
  #look(): boolean {
    if (this.#keepMs === undefined) return true;
    return this.#conversations.dropBefore((this.#clock.now() - this.#keepMs) as WallMillis, stepEntries);
  }
}
