// One direction of a wire: what is put in comes out at the other end later, in the order in which it was
// put in, each thing once, unless the lane is cut. What the other end does not take stays in the lane.

import type { Alarm, Clock } from "../clock.ts";

/** How long something takes. */
export type Latency = () => number;

export class Lane<Parcel> {
  /** Bytes that were put in and not taken yet. */
  bytes = 0;
  readonly #clock: Clock;
  readonly #latency: Latency;
  readonly #take: (parcel: Parcel) => void;
  readonly #parcels: { readonly parcel: Parcel; readonly bytes: number; readonly due: number }[] = [];
  #lastDue = 0;
  /** Nothing arrives before then. */
  #heldUntil = 0;
  #isRead = true;
  #isCut = false;
  #alarm: Alarm | undefined;

  constructor(clock: Clock, latency: Latency, take: (parcel: Parcel) => void) {
    this.#clock = clock;
    this.#latency = latency;
    this.#take = take;
  }

  get isEmpty(): boolean {
    return this.#parcels.length === 0;
  }

  put(parcel: Parcel, bytes: number): void {
    if (this.#isCut) {
      this.bytes += bytes;
      return;
    }
    const due = Math.max(this.#lastDue, this.#clock.at + this.#latency());
    this.#lastDue = due;
    this.bytes += bytes;
    this.#parcels.push({ parcel, bytes, due });
    this.#await();
  }

  /** A black hole: for so long nothing arrives, and nothing is lost. */
  hold(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#clock.at + ms);
  }

  /** The black hole has closed. */
  release(): void {
    this.#heldUntil = 0;
    this.#alarm?.cancel();
    this.#alarm = undefined;
    this.#await();
  }

  /** Whether the other end takes what has arrived; what arrived together with what it took last comes still. */
  read(isRead: boolean): void {
    this.#isRead = isRead;
    this.#await();
  }

  /** What was under way is lost, and whatever is put in from now on. Says how much that was. */
  cut(): number {
    this.#isCut = true;
    return this.#parcels.splice(0).length;
  }

  #await(): void {
    const [next] = this.#parcels;
    if (next === undefined || this.#alarm !== undefined || !this.#isRead) return;
    this.#alarm = this.#clock.after(Math.max(next.due, this.#heldUntil) - this.#clock.at, () => {
      this.#alarm = undefined;
      this.#deliver();
    });
  }

  #deliver(): void {
    if (!this.#isRead) return;
    const { at } = this.#clock;
    for (let next = this.#parcels[0]; next !== undefined; next = this.#parcels[0]) {
      if (next.due > at || this.#heldUntil > at) return this.#await();
      this.#parcels.shift();
      this.bytes -= next.bytes;
      this.#take(next.parcel);
    }
  }
}
