// The hopper for servers that send each chat frame as a WebSocket frame of its own.

import type { Dialect } from "./dialects.js";
import type { Hearing } from "./hopper.js";
import { Hopper, unfinished } from "./hopper.js";

const textFrame = 0x81;
const closeFrame = 0x88;
const firstControl = 0x88;
const longestHeader = 10;

export class FrameHopper extends Hopper {
  constructor(dialect: Dialect, hearing: Hearing) {
    super(dialect, hearing, longestHeader);
  }

  take(chunk: Buffer, length: number): void {
    this.hop(chunk, 0, length);
  }

  protected open(bytes: Buffer, at: number, end: number): number {
    if (end - at < 2) return unfinished;
    let length = (bytes[at + 1] as number) & 0x7f;
    let payload = at + 2;
    if (length === 126) {
      payload = at + 4;
      if (end < payload) return unfinished;
      length = bytes.readUInt16BE(at + 2);
    } else if (length === 127) {
      payload = at + 10;
      if (end < payload) return unfinished;
      length = Number(bytes.readBigUInt64BE(at + 2));
    }
    const next = payload + length;
    if (end < next && end < payload + this.lookahead) return unfinished;
    if (bytes[at] === textFrame) this.countPayload(bytes, at, payload, next, end);
    else this.#takeControl(bytes[at] as number, bytes, payload, length);
    return next;
  }

  /** Pings need no answer: what the load sends all the time is sign of life enough. */
  #takeControl(head: number, bytes: Buffer, payload: number, length: number): void {
    if (head < firstControl) {
      throw new Error(`a frame begins with 0x${head.toString(16)}; only whole text frames are counted`);
    }
    if (head === closeFrame) this.closing = length >= 2 ? bytes.readUInt16BE(payload) : 1005;
  }
}
