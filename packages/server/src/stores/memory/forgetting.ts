// Forgets by age what the memory has, a little at a time. The places go with it, and so do the nonces: a nonce
// lives as long as its entry here.

import type { HouseRules, WallMillis } from "chat-hub";
import { SteadyClock } from "../steady-clock.js";
import type { Conversations } from "./conversations.js";
import type { Log } from "./log.js";

const lookMs = 1_000;
/** Entries of a log, or of all, that go before anything else is done. */
const stepEntries = 1_000;

export class MemoryForgetting {
  readonly #conversations: Conversations;
  readonly #rules: HouseRules;
  readonly #keepMs: number | undefined;
  readonly #clock: SteadyClock;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(
    conversations: Conversations,
    rules: HouseRules,
    keepMs: number | undefined,
    clock = new SteadyClock(),
  ) {
    this.#conversations = conversations;
    this.#rules = rules;
    this.#keepMs = keepMs;
    this.#clock = clock;
    this.begin();
  }

  /** Looks from now on, if anything is kept for a time. */
  begin(): void {
    if (this.#timer === undefined && this.#isNeeded) this.#ask(lookMs);
  }

  end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  get #isNeeded(): boolean {
    if (this.#isOver) return false;
    const { forgetful } = this.#conversations;
    return this.#keepMs !== undefined || forgetful.size > 0 || this.#rules.keepSeconds > 0;
  }

  #ask(inMs: number): void {
    this.#timer = setTimeout(() => {
      const isDone = this.#look();
      this.#timer = undefined;
      if (this.#isNeeded) this.#ask(isDone ? lookMs : 0);
    }, inMs);
    // It is no reason for a process to live on.
    this.#timer.unref();
  }

  /** Whether nothing old is left. */
  #look(): boolean {
    const now = this.#clock.now();
    const { everyone, forgetful } = this.#conversations;
    const dropIn = (log: Log, seconds: number): boolean =>
      seconds === 0 || this.#conversations.dropIn(log, (now - 1_000 * seconds) as WallMillis, stepEntries);
    let isDone = dropIn(everyone, this.#rules.keepSeconds);
    for (const log of forgetful) isDone = dropIn(log, log.room?.keepSeconds ?? 0) && isDone;
    if (this.#keepMs === undefined) return isDone;
    const before = (now - this.#keepMs) as WallMillis;
    return this.#conversations.dropBefore(before, stepEntries) && isDone;
  }
}
