// The frames of one loop turn for one destination, one behind the other. Each is encoded as it comes,
// while its text is still in the processor's cache, and needs no text to be kept until the turn ends.

import { frameBytes, mostFrameBytes, writeFrame } from "./frame.js";

const nothing = Buffer.alloc(0);
const leastRoom = 512;

export class Spool {
  readonly #take: (bytes: number) => Buffer;
  #bytes: Buffer = nothing;
  /** The length of all frames so far, in bytes. */
  length = 0;
  /** What the turn before needed is what this one will need. */
  #room = leastRoom;

  /** `take` gives the room for them. */
  constructor(take: (bytes: number) => Buffer) {
    this.#take = take;
  }

  push(payload: string): void {
    if (this.length + mostFrameBytes(payload) > this.#bytes.length) this.reserve(frameBytes(payload));
    this.length = writeFrame(this.#bytes, this.length, payload);
  }

  /** There is room for so many bytes more. */
  reserve(bytes: number): void {
    const least = this.length + bytes;
    if (least <= this.#bytes.length) return;
    const grown = this.#take(Math.max(least, this.#room, 2 * this.#bytes.length));
    this.#bytes.copy(grown, 0, 0, this.length);
    this.#bytes = grown;
  }

  /** A stretch of them, which stays as it is whatever comes behind it. */
  stretch(from: number, to: number): Buffer {
    return this.#bytes.subarray(from, to);
  }

  /** All frames; it is empty again. Room that was not used is not kept with them. */
  take(): Buffer {
    const all = this.#bytes.subarray(0, this.length);
    const taken = all.length * 4 < this.#bytes.length * 3 ? this.#copyOf(all) : all;
    this.#room = Math.max(leastRoom, this.length + (this.length >>> 3));
    this.#bytes = nothing;
    this.length = 0;
    return taken;
  }

  #copyOf(all: Buffer): Buffer {
    const copy = this.#take(all.length);
    all.copy(copy);
    return copy;
  }
}
