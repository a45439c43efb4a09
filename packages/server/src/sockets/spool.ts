// The frames of one loop turn for one destination: counted as they come, encoded once, together.

import { frameBytes, writeFrame } from "./frame.js";

export class Spool {
  #payloads: string[] = [];
  #payloadBytes: number[] = [];
  /** The length of all frames so far. */
  bytes = 0;

  push(payload: string): void {
    const payloadBytes = Buffer.byteLength(payload);
    this.#payloads.push(payload);
    this.#payloadBytes.push(payloadBytes);
    this.bytes += frameBytes(payloadBytes);
  }

  /** Writes all frames into `into` from `offset` on, and is empty again. */
  unwind(into: Buffer, offset: number): void {
    let at = offset;
    for (let index = 0; index < this.#payloads.length; index += 1) {
      at = writeFrame(into, at, this.#payloads[index] as string, this.#payloadBytes[index] as number);
    }
    this.#payloads = [];
    this.#payloadBytes = [];
    this.bytes = 0;
  }
}
