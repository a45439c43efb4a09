// Counts what a server delivers by hopping from header to header: payloads are not decoded, only the few bytes at the
// message's place are looked at, so that one core can count what another core is able to send.

import type { Dialect } from "./dialects.js";

export const markLength = 5;
const markByte = 0x7e;
const zero = 0x30;

/**
 * How a message begins, by which it is known again: "~" and a number from 0 to 9999, its last digit first, in which two
 * numbers differ most often. It is the sender's number where senders are told apart, the message's where messages are.
 */
export function mark(number: number): string {
  return `~${[...String(number).padStart(4, "0")].reverse().join("")}`;
}

/** A whole chat frame's payload and its place among the chat frames of this connection, counted from 0. */
export type Sampled = (payload: string, place: number) => void;

export interface Hearing {
  /** The number by which the client marks what it sends. */
  readonly own: number;
  /** One whole chat frame in so many is handed to `sampled`; of the first ones more, so that few are looked at too. */
  readonly sampleEvery: number;
  readonly sampled: Sampled;
  /** Is told the mark of each chat frame, where that matters. */
  readonly marked?: ((number: number) => void) | undefined;
}

/** What `open` answers when more bytes are needed. */
export const unfinished = -1;

export abstract class Hopper {
  /** Frames that carry a message, and their bytes with headers. */
  chat = 0;
  chatBytes = 0;
  /** Those of them that carry this connection's own mark. */
  own = 0;
  acks = 0;
  /** All else: welcome, presence, errors. Text of the newest, as far as it was at hand. */
  others = 0;
  lastOther = "";
  /** The server has said that this connection is in, or needs not say it. */
  entered: boolean;
  /** What the server closed with, once it has. */
  closing: number | undefined;

  /** How many bytes of a payload decide what it is. */
  protected readonly lookahead: number;
  readonly #messageAt: number;
  readonly #ackAt: number;
  readonly #ackByte: number;
  readonly #hears: string | undefined;
  readonly #mark: Buffer;
  readonly #hearing: Hearing;
  readonly #marked: ((number: number) => void) | undefined;
  #nextSample = Number.POSITIVE_INFINITY;

  /** The bytes of a frame that are still to come after those that decided what it is. */
  #rest = 0;
  /** The beginning of a frame of which too little has come to decide. */
  readonly #held: Buffer;
  #heldLength = 0;

  /** @param longestHeader the most bytes before a payload */
  constructor(dialect: Dialect, hearing: Hearing, longestHeader: number) {
    const { delivered, ack = "", entering } = dialect;
    this.#messageAt = delivered.length;
    this.lookahead = this.#messageAt + markLength;
    this.#ackAt = [...ack].findIndex((char, at) => char !== delivered[at]);
    this.#ackByte = ack.charCodeAt(this.#ackAt);
    this.#hears = entering?.hears;
    this.entered = this.#hears === undefined;
    this.#mark = Buffer.from(mark(hearing.own));
    this.#hearing = hearing;
    this.#marked = hearing.marked;
    this.#held = Buffer.alloc(longestHeader + this.lookahead);
  }

  /** Takes the next `length` bytes of the stream. They are not kept: the caller may read into `chunk` again. */
  abstract take(chunk: Buffer, length: number): void;

  /** Counts the frame that starts at `at`; returns where the next one starts, which may be past `end`, or `unfinished`. */
  protected abstract open(bytes: Buffer, at: number, end: number): number;

  /** Counts from zero again, and samples from now on. */
  restart(): void {
    this.chat = 0;
    this.chatBytes = 0;
    this.own = 0;
    this.acks = 0;
    this.#nextSample = 0;
  }

  /** Opens one frame after the other in the bytes from `from` to `to`. */
  protected hop(chunk: Buffer, from: number, to: number): void {
    let at = this.#heldLength === 0 ? from + this.#rest : this.#hopHeld(chunk, from, to);
    while (at < to) {
      const next = this.open(chunk, at, to);
      if (next === unfinished) {
        this.#heldLength = chunk.copy(this.#held, 0, at, to);
        at = to;
      } else {
        at = next;
      }
    }
    this.#rest = at - to;
  }

  /** Completes the held beginning; returns where in `chunk` the frame after it starts. */
  #hopHeld(chunk: Buffer, from: number, to: number): number {
    const before = this.#heldLength;
    const end = before + chunk.copy(this.#held, before, from, to);
    const next = this.open(this.#held, 0, end);
    if (next === unfinished) {
      this.#heldLength = end;
      return to;
    }
    this.#heldLength = 0;
    return from + next - before;
  }

  /** Counts the payload from `payload` to `next`, of which what lies before `end` is at hand; its frame starts at `at`. */
  protected countPayload(bytes: Buffer, at: number, payload: number, next: number, end: number): void {
    const messageAt = payload + this.#messageAt;
    if (next - payload < this.lookahead || bytes[messageAt] !== markByte) {
      this.#countOther(bytes, payload, next - payload, Math.min(end, next));
      return;
    }
    if (this.#isOwn(bytes, messageAt)) this.own += 1;
    if (this.#marked !== undefined) this.#marked(numberAt(bytes, messageAt + 1));
    if (this.chat >= this.#nextSample && next <= end) this.#sample(bytes, payload, next);
    this.chat += 1;
    this.chatBytes += next - at;
  }

  protected countText(text: string): void {
    this.others += 1;
    this.lastOther = text;
    if (!this.entered && this.#hears !== undefined) this.entered = text.startsWith(this.#hears);
  }

  #isOwn(bytes: Buffer, at: number): boolean {
    const own = this.#mark;
    for (let n = 1; n < markLength; n++) if (bytes[at + n] !== own[n]) return false;
    return true;
  }

  #sample(bytes: Buffer, payload: number, next: number): void {
    this.#nextSample = this.chat + Math.min(this.#hearing.sampleEvery, Math.max(1, this.chat));
    this.#hearing.sampled(bytes.toString("utf8", payload, next), this.chat);
  }

  #countOther(bytes: Buffer, payload: number, length: number, end: number): void {
    if (length > this.#ackAt && bytes[payload + this.#ackAt] === this.#ackByte) this.acks += 1;
    else this.countText(bytes.toString("utf8", payload, end));
  }
}

/** The number of a mark whose digits begin at `at`. */
function numberAt(bytes: Buffer, at: number): number {
  let number = 0;
  for (let n = markLength - 2; n >= 0; n--) number = number * 10 + (bytes[at + n] as number) - zero;
  return number;
}
