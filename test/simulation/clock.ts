// The only time there is in a world. It stands still while something happens, and then goes to whatever
// is due next; of two things due at once, the one that was set first comes first.

/** Nothing good goes on for so many alarms at one moment. */
const mostAtOnce = 100_000;

/** 14:30:25 UTC, when every world begins. */
const beginning = 1_795_357_825_000;

export interface Alarm {
  readonly due: number;
  /** It does not ring. */
  cancel(): void;
}

interface Due {
  readonly due: number;
  readonly order: number;
  ring: (() => void) | undefined;
}

export class Clock {
  /** Milliseconds since the world began. */
  at = 0;
  /** By how much the clock on the wall is set wrong. */
  wrongBy = 0;
  readonly #heap: Due[] = [];
  #order = 0;

  /** Unix time, as the machine of the hub believes it to be. */
  get wall(): number {
    return beginning + this.at + this.wrongBy;
  }

  /** Rings once, after so many milliseconds. */
  after(ms: number, ring: () => void): Alarm {
    const item: Due = { due: this.at + Math.max(0, ms), order: this.#order, ring };
    this.#order += 1;
    this.#push(item);
    return {
      due: item.due,
      cancel() {
        item.ring = undefined;
      },
    };
  }

  /**
   * Everything that is due up to then happens, and then it is then.
   * @throws if time stands still
   */
  runUntil(until: number): void {
    let atOnce = 0;
    for (let next = this.#heap[0]; next !== undefined && next.due <= until; next = this.#heap[0]) {
      this.#pop();
      atOnce = next.due > this.at ? 0 : atOnce + 1;
      if (atOnce > mostAtOnce) throw new Error(`time stands still at ${this.at} ms`);
      this.at = next.due;
      next.ring?.();
    }
    this.at = Math.max(this.at, until);
  }

  #push(item: Due): void {
    const heap = this.#heap;
    let place = heap.push(item) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above] as Due;
      if (!isBefore(item, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = item;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Due;
    if (heap.length === 0) return;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1] as Due, heap[below] as Due)) below += 1;
      const child = heap[below] as Due;
      if (!isBefore(child, last)) break;
      heap[place] = child;
      place = below;
    }
    heap[place] = last;
  }
}

function isBefore(one: Due, other: Due): boolean {
  return one.due < other.due || (one.due === other.due && one.order < other.order);
}
