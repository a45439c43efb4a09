// Seqs of one log, ascending: which of its places are of one kind. Most are added at the end, the
// oldest go with the entries that are not kept any more.

import type { Seq } from "chat-hub";

export class Seqs {
  #seqs: Seq[] = [];
  /** Those before it have gone. */
  #start = 0;

  get length(): number {
    return this.#seqs.length - this.#start;
  }

  has(seq: Seq): boolean {
    return this.#seqs[this.#from(seq)] === seq;
  }

  /** Adds one that is not there. */
  add(seq: Seq): void {
    if (this.length === 0 || seq > (this.#seqs.at(-1) as Seq)) this.#seqs.push(seq);
    else this.#seqs.splice(this.#from(seq), 0, seq);
  }

  delete(seq: Seq): void {
    const index = this.#from(seq);
    if (this.#seqs[index] === seq) this.#seqs.splice(index, 1);
  }

  /** How many there are from `seq` on. */
  countFrom(seq: Seq): number {
    return this.#seqs.length - this.#from(seq);
  }

  /** Those from `seq` on. */
  since(seq: Seq): readonly Seq[] {
    return this.#seqs.slice(this.#from(seq));
  }

  /** Forgets those before `seq`. */
  dropBefore(seq: Seq): void {
    this.#start = this.#from(seq);
    if (this.#start <= 32 || this.#start * 2 <= this.#seqs.length) return;
    this.#seqs = this.#seqs.slice(this.#start);
    this.#start = 0;
  }

  /** The index of the first one that is not before `seq`. */
  #from(seq: Seq): number {
    let low = this.#start;
    let high = this.#seqs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#seqs[middle] as Seq) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
