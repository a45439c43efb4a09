// Counts the WebSocket frames that a server sends by hopping from header to header: payloads are not decoded, only the
// few bytes at the message's place are looked at, so that one core can count what another core is able to send.

import type { Dialect } from "./dialects.js";

const markLength = 5;
const markByte = 0x7e;

/**
 * How the messages of a sender (0 to 9999) begin: "~" and the number, its last digit first, in which two senders differ
 * most often.
 */
export function mark(sender: number): string {
  return `~${[...String(sender).padStart(4, "0")].reverse().join("")}`;
}

const textFrame = 0x81;
const closeFrame = 0x88;
const firstControl = 0x88;
const longestHeader = 10;
const unfinished = -1;

/** A whole chat frame's payload and its place among the chat frames of this connection, counted from 0. */
export type Sampled = (payload: string, place: number) => void;

export class FrameHopper {
  /** Frames that carry a message, and their bytes with headers. */
  chat = 0;
  chatBytes = 0;
  /** Those of them that this connection itself has sent. */
  own = 0;
  acks = 0;
  /** All else: welcome, presence, errors. Text of the newest, as far as it was at hand. */
  others = 0;
  lastOther = "";
  /** What the server closed with, once it has. */
  closing: number | undefined;

  readonly #lookahead: number;
  readonly #messageAt: number;
  readonly #ackAt: number;
  readonly #ackByte: number;
  readonly #mark: Buffer;
  readonly #sampled: Sampled;
  readonly #sampleEvery: number;
  #nextSample = Number.POSITIVE_INFINITY;

  /** The bytes of a frame that are still to come after those that decided what it is. */
  #rest = 0;
  /** The beginning of a frame of which too little has come to decide. */
  readonly #held: Buffer;
  #heldLength = 0;

  constructor(dialect: Dialect, sender: number, sampleEvery: number, sampled: Sampled) {
    this.#messageAt = dialect.delivered.length;
    this.#lookahead = this.#messageAt + markLength;
    this.#ackAt = [...dialect.ack].findIndex((char, at) => char !== dialect.delivered[at]);
    this.#ackByte = dialect.ack.charCodeAt(this.#ackAt);
    this.#mark = Buffer.from(mark(sender));
    this.#sampleEvery = sampleEvery;
    this.#sampled = sampled;
    this.#held = Buffer.alloc(longestHeader + this.#lookahead);
  }

  /** Counts from zero again, and samples from now on. */
  restart(): void {
    this.chat = 0;
    this.chatBytes = 0;
    this.own = 0;
    this.acks = 0;
    this.#nextSample = 0;
  }

  /** Takes the next `length` bytes of the stream. They are not kept: the caller may read into `chunk` again. */
  take(chunk: Buffer, length: number): void {
    let at = this.#heldLength === 0 ? this.#rest : this.#takeHeld(chunk, length);
    while (at < length) {
      const next = this.#open(chunk, at, length);
      if (next === unfinished) {
        this.#heldLength = chunk.copy(this.#held, 0, at, length);
        at = length;
      } else {
        at = next;
      }
    }
    this.#rest = at - length;
  }

  /** Completes the held beginning; returns where in `chunk` the frame after it starts. */
  #takeHeld(chunk: Buffer, length: number): number {
    const before = this.#heldLength;
    const end = before + chunk.copy(this.#held, before, 0, length);
    const next = this.#open(this.#held, 0, end);
    if (next === unfinished) {
      this.#heldLength = end;
      return length;
    }
    this.#heldLength = 0;
    return next - before;
  }

  /** Counts the frame that starts at `at`; returns where the next one starts, which may be past `end`. */
  #open(bytes: Buffer, at: number, end: number): number {
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
    if (end < next && end < payload + this.#lookahead) return unfinished;
    if (bytes[at] !== textFrame) this.#takeControl(bytes[at] as number, bytes, payload, length);
    else if (length < this.#lookahead || bytes[payload + this.#messageAt] !== markByte) {
      this.#countOther(bytes, payload, length, Math.min(end, next));
    } else {
      if (this.#isOwn(bytes, payload + this.#messageAt)) this.own += 1;
      if (this.chat >= this.#nextSample && next <= end) this.#sample(bytes, payload, next);
      this.chat += 1;
      this.chatBytes += next - at;
    }
    return next;
  }

  #isOwn(bytes: Buffer, at: number): boolean {
    const own = this.#mark;
    for (let n = 1; n < markLength; n++) if (bytes[at + n] !== own[n]) return false;
    return true;
  }

  #sample(bytes: Buffer, payload: number, next: number): void {
    this.#nextSample = this.chat + this.#sampleEvery;
    this.#sampled(bytes.toString("utf8", payload, next), this.chat);
  }

  #countOther(bytes: Buffer, payload: number, length: number, end: number): void {
    if (length > this.#ackAt && bytes[payload + this.#ackAt] === this.#ackByte) {
      this.acks += 1;
    } else {
      this.others += 1;
      this.lastOther = bytes.toString("utf8", payload, end);
    }
  }

  /** Pings need no answer: what the load sends all the time is sign of life enough. */
  #takeControl(head: number, bytes: Buffer, payload: number, length: number): void {
    if (head < firstControl) {
      throw new Error(`a frame begins with 0x${head.toString(16)}; only whole text frames are counted`);
    }
    if (head === closeFrame) this.closing = length >= 2 ? bytes.readUInt16BE(payload) : 1005;
  }
}
