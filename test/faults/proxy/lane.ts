// One direction of a link: bytes out of one socket, under conditions, into the other. One loop passes
// them on, in order, and waits for all there is to wait for; whatever changes wakes it. It takes no
// more from the one side than the other takes from it, so whoever stops reading is felt behind it.

import type { Socket } from "node:net";
import type { Chance } from "../../support/chance.ts";
import type { Conditions, Place } from "./conditions.ts";
import { clear } from "./conditions.ts";
import { FrameMarks } from "./frame-marks.ts";

/** Bytes that are under way in a lane; with more it does not read. */
const mostHeldBytes = 1024 * 1024;
/** A throttled lane passes on what fits into so long at a time. */
const throttleStepMs = 20;

interface Held {
  bytes: Buffer;
  /** When it may go on, by `performance.now()`. */
  due: number;
}

interface Trap {
  readonly place: Place;
  readonly act: () => void;
}

export class Lane {
  readonly #source: Socket;
  readonly #sink: Socket;
  readonly #chance: Chance;
  readonly #lost: () => void;
  readonly #marks = new FrameMarks();
  readonly #queue: Held[] = [];
  readonly #traps = new Set<Trap>();
  #conditions: Conditions = clear;
  #heldBytes = 0;
  #passedBytes = 0;
  #isStopped = false;
  /** How the source ended: with a goodbye or without one. Either is passed on behind all it said. */
  #end: "open" | "ended" | "lost" = "open";
  /** Nothing is passed on any more: the sink was told so, or is gone. */
  #isOver = false;
  #freeAt = 0;
  #changed: () => void = () => {};

  /** `lost` is called when the source broke off without a goodbye, and all it said was passed on. */
  constructor(source: Socket, sink: Socket, chance: Chance, lost: () => void) {
    this.#source = source;
    this.#sink = sink;
    this.#chance = chance;
    this.#lost = lost;
    source.on("data", (chunk: Buffer) => this.#hold(chunk));
    source.on("end", () => this.#ends("ended"));
    source.on("close", () => this.#ends("lost"));
    sink.on("drain", () => this.#changed());
    sink.on("close", () => this.#finish());
    void this.#run();
  }

  /** Bytes that were passed on. */
  get passedBytes(): number {
    return this.#passedBytes;
  }

  /** What is under way keeps its delay; the rest is as it is from now on. */
  sets(conditions: Partial<Conditions>): void {
    this.#conditions = { ...this.#conditions, ...conditions };
    this.#changed();
  }

  /** Nothing more is read of the source, and nothing passed on, not even its end. */
  stops(): void {
    this.#isStopped = true;
    this.#source.pause();
  }

  goesOn(): void {
    this.#isStopped = false;
    this.#readOn();
    this.#changed();
  }

  /** The sink is told that nothing more comes; what still comes is thrown away. */
  closes(): void {
    this.#finish();
    this.#sink.end();
    this.#source.resume();
  }

  /** Does something when the bytes have got there; once. What it does counts for the very next byte. */
  at(place: Place, act: () => void): void {
    this.#traps.add({ place, act });
  }

  #hold(chunk: Buffer): void {
    if (this.#isOver) return;
    const { delayMs, jitterMs, joinBytes, joinMs } = this.#conditions;
    const now = performance.now();
    const due = now + delayMs + (jitterMs === 0 ? 0 : jitterMs * this.#chance());
    const last = this.#queue.at(-1);
    const isJoined = last !== undefined && last.bytes.length < joinBytes;
    const held = isJoined ? last : { bytes: Buffer.alloc(0), due: due + joinMs };
    held.bytes = held.bytes.length === 0 ? chunk : Buffer.concat([held.bytes, chunk]);
    if (held.bytes.length >= joinBytes) held.due = due;
    if (!isJoined) this.#queue.push(held);
    this.#heldBytes += chunk.length;
    if (this.#heldBytes >= mostHeldBytes) this.#source.pause();
    this.#changed();
  }

  #readOn(): void {
    if (!this.#isStopped && this.#heldBytes < mostHeldBytes) this.#source.resume();
  }

  #ends(how: "ended" | "lost"): void {
    if (this.#end === "open") this.#end = how;
    this.#changed();
  }

  #finish(): void {
    this.#isOver = true;
    this.#queue.length = 0;
    this.#changed();
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      await this.#until(() => !this.#isStopped && (this.#queue.length > 0 || this.#end !== "open"));
      const [held] = this.#queue;
      if (this.#isOver) return;
      if (held === undefined) return this.#end === "lost" ? this.#lost() : this.closes();
      await this.#untilTime(held.due);
      if (!this.#isStopped && !this.#springs()) await this.#pass(held);
    }
  }

  /** Passes on a piece of it: all, or up to where it must be cut. */
  async #pass(held: Held): Promise<void> {
    const { bytesPerSecond, splitBytes } = this.#conditions;
    const step = Math.max(1, Math.floor((bytesPerSecond * throttleStepMs) / 1000));
    const most = Math.min(held.bytes.length, splitBytes, step, this.#bytesToTrap());
    const length = this.#mark(held.bytes.subarray(0, most));
    const piece = held.bytes.subarray(0, length);
    held.bytes = held.bytes.subarray(length);
    if (held.bytes.length === 0) this.#queue.shift();
    this.#heldBytes -= length;
    this.#passedBytes += length;
    const isTaken = this.#sink.write(piece);
    this.#springs();
    this.#readOn();
    if (!isTaken) await this.#until(() => !this.#sink.writableNeedDrain);
    if (splitBytes < piece.length + held.bytes.length) await nextTurn();
    if (bytesPerSecond === Number.POSITIVE_INFINITY) return;
    this.#freeAt = Math.max(this.#freeAt, performance.now()) + (length / bytesPerSecond) * 1000;
    await this.#untilTime(this.#freeAt);
  }

  #bytesToTrap(): number {
    let nearest = Number.POSITIVE_INFINITY;
    for (const { place } of this.#traps)
      if ("bytes" in place) nearest = Math.min(nearest, place.bytes - this.#passedBytes);
    return nearest;
  }

  /** Counts frames; says how many of the bytes may go at once, which is to the next frame if one is waited for. */
  #mark(bytes: Buffer): number {
    const isWaited = [...this.#traps].some(({ place }) => "frame" in place);
    let at = this.#marks.take(bytes);
    while (!isWaited && at < bytes.length) at += this.#marks.take(bytes.subarray(at));
    return at;
  }

  /** Does what is to be done here, once; whether there was anything. */
  #springs(): boolean {
    const due = [...this.#traps].filter(({ place }) => this.#isAt(place));
    for (const trap of due) this.#traps.delete(trap);
    for (const { act } of due) act();
    return due.length > 0;
  }

  #isAt(place: Place): boolean {
    if ("bytes" in place) return this.#passedBytes >= place.bytes;
    const { frame, isBetween } = this.#marks;
    if (!isBetween) return false;
    return place.edge === "after"
      ? frame === place.frame + 1
      : frame === place.frame && this.#queue.length > 0;
  }

  async #untilTime(time: number): Promise<void> {
    while (!this.#isOver && performance.now() < time) {
      const timer = setTimeout(() => this.#changed(), Math.ceil(time - performance.now()));
      await this.#change();
      clearTimeout(timer);
    }
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!this.#isOver && !isSo()) await this.#change();
  }

  /** Only the loop waits, so there is one who is woken. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#changed = resolve;
    });
  }
}

/** So that the other side can read what was written before more is. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
