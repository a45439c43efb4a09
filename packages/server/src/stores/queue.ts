// First in, first out, in constant time, with a look at any stretch in between.

export class Queue<Item> {
  #items: (Item | undefined)[] = [];
  #start = 0;

  get length(): number {
    return this.#items.length - this.#start;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  /** Takes the oldest; `undefined` if there is none. */
  shift(): Item | undefined {
    if (this.#start === this.#items.length) return undefined;
    const item = this.#items[this.#start];
    this.#items[this.#start] = undefined;
    this.#start += 1;
    // The emptied front is cut off only once it is as long as the rest: each item moves once at most.
    if (this.#start > 32 && this.#start * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#start);
      this.#start = 0;
    }
    return item;
  }

  /** The oldest, which stays. */
  peek(): Item | undefined {
    return this.#items[this.#start];
  }

  /** The one that is `index` places after the oldest. */
  at(index: number): Item | undefined {
    return index < 0 ? undefined : this.#items[this.#start + index];
  }

  /** Puts another in the place of that one. */
  put(index: number, item: Item): void {
    this.#items[this.#start + index] = item;
  }

  /** Those from `start` places after the oldest until before `end` places after it. */
  slice(start: number, end: number): Item[] {
    return this.#items.slice(this.#start + start, this.#start + end) as Item[];
  }
}
