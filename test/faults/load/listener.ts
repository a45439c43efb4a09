// What somebody has heard of everyone, from the beginning. It counts what should not be: places that it
// was not told, was told twice, or out of order.

import { brief } from "./brief.ts";

export abstract class Listener {
  readonly name: string;
  /** What was said at each place, from 1 on, as `brief` remembers it; nothing for what is not a message. */
  readonly said: (string | undefined)[] = [];
  gaps = 0;
  /** What waits for a place: see `reaches`. */
  readonly #waiting = new Set<() => void>();

  constructor(name: string) {
    this.name = name;
  }

  /** The place up to which it has heard everything. */
  get cursor(): number {
    return this.said.length;
  }

  /**
   * Waits until it has heard everything up to this place.
   * @throws if that does not come in time
   */
  async reaches(seq: number, withinMs = 20_000): Promise<void> {
    await this.#until(
      () => this.cursor >= seq,
      () => `stands at ${this.cursor}, not at ${seq}`,
      withinMs,
    );
  }

  /**
   * Waits until it has heard this said.
   * @throws if it does not come in time
   */
  async hears(message: string, withinMs = 20_000): Promise<void> {
    await this.#until(
      () => this.said.includes(message),
      () => `has not heard ${message}`,
      withinMs,
    );
  }

  abstract leaves(): void;

  protected takes(seq: number, message: string | undefined): void {
    const next = this.cursor + 1;
    if (seq !== next) this.gaps += 1;
    if (seq < next) return;
    this.said.length = seq - 1;
    this.said.push(message === undefined ? undefined : brief(message));
    for (const look of this.#waiting) look();
    this.#waiting.clear();
  }

  /** The numbering is another: it begins anew. */
  protected forgets(): void {
    this.said.length = 0;
  }

  async #until(isSo: () => boolean, otherwise: () => string, withinMs: number): Promise<void> {
    const until = performance.now() + withinMs;
    while (!isSo()) {
      const left = until - performance.now();
      if (left <= 0) throw new Error(`${this.name} ${otherwise()}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }
}
