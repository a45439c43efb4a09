// A set that forgets. It holds what may be needed again, in the order of arrival, up to a limit.

/** Forgetting goes in runs of this many: looking for the oldest in a Set costs more, the more have left it. */
const run = 256;

export class Fading<Thing> {
  readonly #things = new Set<Thing>();
  readonly #most: number;
  readonly #forget: (thing: Thing) => void;

  /** `forget` is called for the oldest ones, once there are a run more than `most`. */
  constructor(most: number, forget: (thing: Thing) => void) {
    this.#most = most;
    this.#forget = forget;
  }

  add(thing: Thing): void {
    this.#things.add(thing);
    if (this.#things.size < this.#most + run) return;
    for (const oldest of this.#things) {
      if (this.#things.size <= this.#most) return;
      this.#things.delete(oldest);
      this.#forget(oldest);
    }
  }

  delete(thing: Thing): void {
    this.#things.delete(thing);
  }
}
