// The frames of one loop turn for one destination, one behind the other. Each is encoded as it comes,
// while its text is still in the processor's cache, and needs no text to be kept until the turn ends.

import { mostFrameBytes, writeFrame } from "./frame.js";

const nothing = Buffer.alloc(0);
const leastRoom = 512;

export class Spool {
  #bytes: Buffer = nothing;
  /** The length of all frames so far, in bytes. */
  length = 0;
  /** What the turn before needed is what this one will need. */
  #room = leastRoom;

  push(payload: string): void {
    const least = this.length + mostFrameBytes(payload);
    if (least > this.#bytes.length) this.#grow(least);
    this.length = writeFrame(this.#bytes, this.length, payload);
  }

  /** All frames; it is empty again. Room that was not used is not kept with them. */
  take(): Buffer {
    const all = this.#bytes.subarray(0, this.length);
    const taken = all.length * 4 < this.#bytes.length * 3 ? Buffer.from(all) : all;
    this.#room = Math.max(leastRoom, this.length + (this.length >>> 3));
    this.#bytes = nothing;
    this.length = 0;
    return taken;
  }

  #grow(least: number): void {
    const grown = Buffer.allocUnsafe(Math.max(least, this.#room, 2 * this.#bytes.length));
    this.#bytes.copy(grown, 0, 0, this.length);
    this.#bytes = grown;
  }
}
