// How calls and answers cross between threads: one list of numbers and one string for a whole batch.
// Copying those two is several times cheaper than cloning an object for each call.

export type Pack = readonly [numbers: Float64Array, text: string];

/**
 * Room for numbers that is kept from one pack to the next. It is outside of the heap, where the garbage collector sees
 * it late: one Packer serves for all packs.
 */
const keptRoom = 16_384;

export class Packer {
  #numbers = new Float64Array(keptRoom);
  #count = 0;
  #text = "";

  /** How much is packed so far, in characters. */
  get chars(): number {
    return this.#text.length;
  }

  number(value: number): void {
    if (this.#count === this.#numbers.length) this.#grow();
    this.#numbers[this.#count] = value;
    this.#count += 1;
  }

  string(value: string): void {
    this.number(value.length);
    this.#text += value;
  }

  /** What was packed since the last time. */
  take(): Pack {
    const pack = [this.#numbers.slice(0, this.#count), this.#text] as const;
    if (this.#numbers.length > keptRoom) this.#numbers = new Float64Array(keptRoom);
    this.#count = 0;
    this.#text = "";
    return pack;
  }

  #grow(): void {
    const larger = new Float64Array(2 * this.#numbers.length);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}

/** Gives back what was packed, in the same order. */
export class Unpacker {
  readonly #numbers: Float64Array;
  readonly #text: string;
  #nextNumber = 0;
  #nextChar = 0;

  constructor([numbers, text]: Pack) {
    this.#numbers = numbers;
    this.#text = text;
  }

  get isEmpty(): boolean {
    return this.#nextNumber === this.#numbers.length;
  }

  number(): number {
    const value = this.#numbers[this.#nextNumber];
    if (value === undefined) throw new RangeError("more was unpacked than was packed");
    this.#nextNumber += 1;
    return value;
  }

  /** A long one keeps the text of the whole pack in memory for as long as it is kept itself. */
  string(): string {
    const start = this.#nextChar;
    this.#nextChar += this.number();
    return this.#text.slice(start, this.#nextChar);
  }
}
