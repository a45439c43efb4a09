// What one client is going to send, made before the clock runs: the same few frames again and again.
// The mask is zero, which is lawful and leaves the payload as it is; the server unmasks it all the same.

import type { Dialect } from "./dialects.js";
import { mark } from "./hopper.js";

/** Ids of equal length, so that all frames have the same length. */
export const firstId = 10_000;
const filler = "the quick brown fox jumps over the lazy dog and comes home ";

export interface Message {
  readonly from: string;
  /** Whom it is for; everyone if absent. */
  readonly to?: string | undefined;
  /** What it is marked with: see `mark`. */
  readonly marked: number;
  readonly bytes: number;
  readonly withId: boolean;
}

export class ReadyFrames {
  readonly #bytes: Buffer;
  readonly #frameLength: number;
  readonly #window: number;
  #next = 0;

  /** @param window the most frames that are asked for at once */
  constructor(dialect: Dialect, message: Message, window: number) {
    const frames = Array.from({ length: window }, (_, n) =>
      postFrame(dialect, message, message.withId ? firstId + n : undefined),
    );
    // Twice around, so that any run of up to `window` frames is one piece.
    this.#bytes = Buffer.concat([...frames, ...frames]);
    this.#frameLength = this.#bytes.length / (2 * window);
    this.#window = window;
  }

  /** The next `count` frames, in one piece. */
  next(count: number): Buffer {
    const from = this.#next * this.#frameLength;
    this.#next = (this.#next + count) % this.#window;
    return this.#bytes.subarray(from, from + count * this.#frameLength);
  }
}

/** A masked frame that sends the message. */
export function postFrame(dialect: Dialect, message: Message, id?: number): Buffer {
  const { from, to } = message;
  const post = { from, message: messageText(message), id };
  return maskedFrame(to === undefined ? dialect.post(post) : dialect.privately({ ...post, to }));
}

export function messageText({ marked, bytes }: Pick<Message, "marked" | "bytes">): string {
  const start = `${mark(marked)} `;
  return start + filler.repeat(Math.ceil(bytes / filler.length)).slice(0, Math.max(0, bytes - start.length));
}

const textHead = 0x81;
const pongHead = 0x8a;
const closeHead = 0x88;

/** A whole frame as a client must send it: masked, with a mask of zeros. */
export function maskedFrame(payload: string | Buffer, firstByte = textHead): Buffer {
  const body = Buffer.from(payload as string);
  if (body.length > 0xffff) throw new RangeError(`a message of ${body.length} bytes is none of a chat`);
  const mask = Buffer.alloc(4);
  const head = Buffer.alloc(body.length < 126 ? 2 : 4);
  head[0] = firstByte;
  head[1] = 0x80 | Math.min(body.length, 126);
  if (head.length === 4) head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, mask, body]);
}

/** The answer to a ping says the same. */
export function pongFrame(said: Buffer): Buffer {
  return maskedFrame(said, pongHead);
}

/** Says that one goes, because one wants to. */
export const goodbye = maskedFrame(Buffer.from([0x03, 0xe8]), closeHead);
