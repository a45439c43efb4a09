// The hopper for NATS over WebSocket. Its WebSocket frames are no messages but pieces of a stream of lines: one holds many,
// and a line may begin in one and end in the next. So the frames are taken off first, and hopped is from MSG to MSG.

import type { Dialect } from "./dialects.js";
import type { Hearing } from "./hopper.js";
import { Hopper, unfinished } from "./hopper.js";

const closeFrame = 0x88;
const firstControl = 0x88;
const longestFrameHeader = 10;
/** "MSG subject sid length", with room for the subjects of pairs. */
const longestLine = 256;

const lineBreak = 2;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const zero = 0x30;
const letterM = 0x4d;

export class NatsHopper extends Hopper {
  readonly #header = Buffer.alloc(longestFrameHeader);
  #headerLength = 0;
  /** Bytes of the WebSocket frame that are still to come, and whether they are of the stream. */
  #frameRest = 0;
  #control = false;
  readonly #closingBytes: number[] = [];
  /** In a line of which enough is known: the rest of it is passed over. */
  #passing = false;

  constructor(dialect: Dialect, hearing: Hearing) {
    super(dialect, hearing, longestLine);
  }

  take(chunk: Buffer, length: number): void {
    let at = 0;
    while (at < length) {
      if (this.#frameRest === 0) {
        this.#header[this.#headerLength++] = chunk[at++] as number;
        this.#readHeader();
        continue;
      }
      const end = Math.min(length, at + this.#frameRest);
      this.#frameRest -= end - at;
      if (this.#control) this.#takeControl(chunk, at, end);
      else this.hop(chunk, at, end);
      at = end;
    }
  }

  /** As soon as the header is whole, the frame's bytes are awaited. */
  #readHeader(): void {
    const header = this.#header;
    if (this.#headerLength < 2) return;
    const short = (header[1] as number) & 0x7f;
    const whole = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (this.#headerLength < whole) return;
    this.#headerLength = 0;
    this.#control = (header[0] as number) >= firstControl;
    if (header[0] === closeFrame) this.closing = 1005;
    if (whole === 2) this.#frameRest = short;
    else this.#frameRest = whole === 4 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2));
  }

  #takeControl(chunk: Buffer, at: number, end: number): void {
    if (this.#header[0] !== closeFrame) return;
    for (let n = at; n < end && this.#closingBytes.length < 2; n++)
      this.#closingBytes.push(chunk[n] as number);
    const [high, low] = this.#closingBytes;
    if (high !== undefined && low !== undefined) this.closing = high * 256 + low;
  }

  protected open(bytes: Buffer, at: number, end: number): number {
    if (this.#passing) return this.#passOn(bytes, at, end);
    if (bytes[at] !== letterM) return this.#openLine(bytes, at, end);
    let length = 0;
    let lineEnd = at;
    while (lineEnd < end) {
      const byte = bytes[lineEnd] as number;
      if (byte === carriageReturn) break;
      length = byte === space ? 0 : length * 10 + byte - zero;
      lineEnd += 1;
    }
    const payload = lineEnd + lineBreak;
    const payloadEnd = payload + length;
    if (end < payload || (end < payloadEnd && end < payload + this.lookahead)) return unfinished;
    this.countPayload(bytes, at, payload, payloadEnd, end);
    this.chatBytes += lineBreak;
    return payloadEnd + lineBreak;
  }

  /** INFO, PING, PONG, -ERR. INFO may be longer than what is held at the most: then its beginning tells. */
  #openLine(bytes: Buffer, at: number, end: number): number {
    const found = bytes.indexOf("\r\n", at);
    const whole = found !== -1 && found + lineBreak <= end;
    if (!whole && end - at < longestLine) return unfinished;
    this.countText(bytes.toString("latin1", at, whole ? found : end));
    this.#passing = !whole;
    return whole ? found + lineBreak : end;
  }

  #passOn(bytes: Buffer, at: number, end: number): number {
    const found = bytes.indexOf(lineFeed, at);
    if (found === -1 || found >= end) return end;
    this.#passing = false;
    return found + 1;
  }
}
