// First in, first out, in constant time, with a look at any stretch in between. A ring: what is as
// long as ever takes no new memory, however much goes through it.

/** A power of two, as all sizes of a ring are. */
const leastRoom = 32;

export class Queue<Item> {
  #ring: (Item | undefined)[] = new Array(leastRoom).fill(undefined);
  #start = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(item: Item): void {
    if (this.#length === this.#ring.length) this.#move(2 * this.#length);
    this.#ring[this.#slot(this.#length)] = item;
    this.#length += 1;
  }

  /** Takes the oldest; `undefined` if there is none. */
  shift(): Item | undefined {
    if (this.#length === 0) return undefined;
    const item = this.#ring[this.#start];
    this.#ring[this.#start] = undefined;
    this.#start = this.#slot(1);
    this.#length -= 1;
    const room = this.#ring.length;
    // Room that was needed once is given back when hardly any of it is.
    if (room > 32 * leastRoom && this.#length * 8 < room) this.#move(room / 2);
    return item;
  }

  /** The oldest, which stays. */
  peek(): Item | undefined {
    return this.#ring[this.#start];
  }

  /** The one that is `index` places after the oldest. */
  at(index: number): Item | undefined {
    return index < 0 || index >= this.#length ? undefined : this.#ring[this.#slot(index)];
  }

  /** Puts another in the place of that one. */
  put(index: number, item: Item): void {
    this.#ring[this.#slot(index)] = item;
  }

  /** Those from `start` places after the oldest until before `end` places after it. */
  slice(start: number, end: number): Item[] {
    const until = Math.min(end, this.#length);
    const items: Item[] = [];
    for (let index = start; index < until; index += 1) items.push(this.#ring[this.#slot(index)] as Item);
    return items;
  }

  #slot(index: number): number {
    return (this.#start + index) & (this.#ring.length - 1);
  }

  #move(room: number): void {
    const items: (Item | undefined)[] = this.slice(0, this.#length);
    this.#ring = items.concat(new Array(room - items.length).fill(undefined));
    this.#start = 0;
  }
}
