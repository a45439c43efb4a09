// How calls and answers cross between threads: one list of numbers and one string for a whole batch.
// Copying those two is several times cheaper than cloning an object for each call.

export type Pack = readonly [numbers: Float64Array, text: string];

export class Packer {
  #numbers: number[] = [];
  #text = "";

  /** How much is packed so far, in characters. */
  get chars(): number {
    return this.#text.length;
  }

  number(value: number): void {
    this.#numbers.push(value);
  }

  string(value: string): void {
    this.#numbers.push(value.length);
    this.#text += value;
  }

  /** What was packed since the last time. */
  take(): Pack {
    const pack = [new Float64Array(this.#numbers), this.#text] as const;
    this.#numbers = [];
    this.#text = "";
    return pack;
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
