// Where the frames of a turn are written one behind the other, before they are handed out as one Buffer
// of exactly their length. One is enough: whatever is begun on it is taken before the next begins.

import { mostFrameBytes, writeFrame } from "./frame.js";

/** A longer one that a busy turn needed is given back after it. */
const keptBytes = 1024 * 1024;

export class Tape {
  #bytes = Buffer.allocUnsafeSlow(keptBytes);
  /** How much stands on it. */
  length = 0;

  frame(payload: string): void {
    this.#reserve(mostFrameBytes(payload));
    this.length = writeFrame(this.#bytes, this.length, payload);
  }

  copy(from: Buffer, start: number, end: number): void {
    this.#reserve(end - start);
    this.length += from.copy(this.#bytes, this.length, start, end);
  }

  /** What stands on it, which is then nothing any more. */
  take(): Buffer {
    const taken = Buffer.allocUnsafe(this.length);
    this.#bytes.copy(taken, 0, 0, this.length);
    this.length = 0;
    if (this.#bytes.length > keptBytes) this.#bytes = Buffer.allocUnsafeSlow(keptBytes);
    return taken;
  }

  #reserve(bytes: number): void {
    const least = this.length + bytes;
    if (least <= this.#bytes.length) return;
    const longer = Buffer.allocUnsafeSlow(Math.max(least, 2 * this.#bytes.length));
    this.#bytes.copy(longer, 0, 0, this.length);
    this.#bytes = longer;
  }
}
