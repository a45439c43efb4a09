// One connection: a device at one end, a hub's shell at the other, and between them two lanes that may
// be slow, held or cut. Each end knows only what has arrived there.

import type { ConnectionId, DialectName, Topic } from "chat-hub";
import type { Clock } from "../clock.ts";
import type { DeviceName, Sight } from "../observed.ts";
import type { Latency } from "./lane.ts";
import { Lane } from "./lane.ts";

/** What a device learns of its wire. After `closed` it learns nothing more. */
export interface DeviceEnd {
  readonly name: DeviceName;
  opened(): void;
  heard(frame: string): void;
  closed(code: number): void;
}

/** What a hub's shell learns of a wire. */
export interface HubEnd {
  /** Somebody is there. `false`: nobody listens here. */
  connected(wire: Wire): boolean;
  received(wire: Wire, frame: string): void;
  ponged(wire: Wire): void;
  closed(wire: Wire, clean: boolean): void;
  congested(wire: Wire): void;
  drained(wire: Wire): void;
}

/** What all wires of a world have in common. */
export interface Medium {
  readonly clock: Clock;
  readonly show: (sight: Sight) => void;
  readonly count: (what: string, times: number) => void;
  /** Bytes that the machines in between take off the hub's hands. */
  readonly pipeBytes: number;
  /** More than so many bytes queued at the hub's side are too many, and of those that only this wire has. */
  readonly congestedBytes: number;
  readonly congestedOwnBytes: number;
}

type Up =
  | { readonly type: "connect" }
  | { readonly type: "pong" }
  | { readonly type: "goodbye" }
  | { readonly type: "frame"; readonly frame: string };
type Down =
  | { readonly type: "open" | "ping" | "refused" }
  | { readonly type: "frame"; readonly frame: string; readonly isOwn: boolean }
  | { readonly type: "close"; readonly code: number };

/** The shell writes to whoever is sent more than this of their own in one turn, before there is more. */
const mostOwnInTurn = 48 * 1024;

/** How a wire breaks: after so many milliseconds an end learns of it; `undefined`: by itself never. */
export interface Break {
  readonly deviceMs: number | undefined;
  readonly hubMs: number | undefined;
}

export class Wire {
  readonly number: number;
  readonly dialect: DialectName;
  readonly query: Readonly<Record<string, string>>;
  readonly device: DeviceEnd;
  /** Those that the hub has subscribed it to. */
  readonly topics = new Set<Topic>();
  readonly #medium: Medium;
  readonly #hub: HubEnd;
  readonly #up: Lane<Up>;
  readonly #down: Lane<Down>;
  #deviceIs: "opening" | "open" | "gone" = "opening";
  #hubIs: "unknown" | "open" | "closing" | "gone" = "unknown";
  #isCut = false;
  #isCongested = false;
  #queued = 0;
  /** Bytes under way that no other wire has. */
  #own = 0;
  #read = 0;
  #put = 0;
  #probed = { read: 0, written: 0, queued: false };

  constructor(
    number: number,
    dialect: DialectName,
    query: Readonly<Record<string, string>>,
    device: DeviceEnd,
    hub: HubEnd,
    medium: Medium,
    latency: Latency,
  ) {
    this.number = number;
    this.dialect = dialect;
    this.query = query;
    this.device = device;
    this.#hub = hub;
    this.#medium = medium;
    this.#up = new Lane(medium.clock, latency, (parcel) => this.#arriveUp(parcel));
    this.#down = new Lane(medium.clock, latency, (parcel) => this.#arriveDown(parcel));
    medium.show({ type: "opened", device: device.name, wire: number, dialect, query });
    this.#up.put({ type: "connect" }, 0);
  }

  get connection(): ConnectionId {
    return this.number as ConnectionId;
  }

  /** Both ends have done with it. */
  get isOver(): boolean {
    return this.#deviceIs === "gone" && this.#hubIs === "gone";
  }

  /** It is broken, and an end does not know. */
  get isBroken(): boolean {
    return this.#isCut && !this.isOver;
  }

  /** Nothing is under way. */
  get isQuiet(): boolean {
    return this.#up.isEmpty && this.#down.isEmpty;
  }

  // The device's end.

  says(frame: string): void {
    if (this.#deviceIs !== "open") return;
    this.#medium.show({ type: "sent", device: this.device.name, wire: this.number, frame });
    this.#up.put({ type: "frame", frame }, frame.length);
  }

  /** Says goodbye, and wants to know nothing more of it. */
  leaves(): void {
    if (this.#deviceIs === "gone") return;
    this.#deviceIs = "gone";
    this.#down.read(true);
    this.#up.put({ type: "goodbye" }, 0);
  }

  /** Whether the device takes what comes. */
  listens(isListening: boolean): void {
    this.#down.read(isListening || this.#deviceIs === "gone");
  }

  // The hub's end.

  /** `isOwn`: nobody else gets the same bytes. */
  send(frame: string, isOwn: boolean): void {
    if (this.#hubIs !== "open") return;
    this.#medium.show({ type: "handed", device: this.device.name, wire: this.number, frame });
    if (isOwn) this.#own += frame.length;
    this.#putDown({ type: "frame", frame, isOwn }, frame.length);
    const { clock, congestedBytes, congestedOwnBytes } = this.#medium;
    const own = Math.min(this.#own, this.#queued);
    if (this.#isCongested || (this.#queued <= congestedBytes && own <= congestedOwnBytes)) return;
    this.#isCongested = true;
    if (own > congestedOwnBytes + mostOwnInTurn) return this.#hub.congested(this);
    // At the end of the turn, when the shell writes.
    clock.after(0, () => this.#hubIs === "open" && this.#hub.congested(this));
  }

  ping(): { readonly queued: boolean; readonly moved: boolean } {
    const before = this.#probed;
    const queued = this.#queued > 0;
    this.#probed = { read: this.#read, written: this.#put - this.#queued, queued };
    const { read, written } = this.#probed;
    if (this.#hubIs === "open") this.#putDown({ type: "ping" }, 2);
    return { queued, moved: read !== before.read || (before.queued && written !== before.written) };
  }

  close(code: number): void {
    if (this.#hubIs !== "open") return;
    this.#hubIs = "closing";
    this.#medium.show({ type: "hungUp", wire: this.number, code });
    this.#putDown({ type: "close", code }, 4);
  }

  /** Whether the hub's side takes what comes. */
  reads(isReading: boolean): void {
    this.#up.read(isReading);
  }

  // What befalls it.

  /** A black hole, in both directions. */
  hold(ms: number): void {
    this.#up.hold(ms);
    this.#down.hold(ms);
  }

  release(): void {
    this.#up.release();
    this.#down.release();
  }

  /** What was under way is lost. */
  breaks({ deviceMs, hubMs }: Break): void {
    this.#isCut = true;
    if (this.#hubIs === "unknown") this.#hubIs = "gone";
    const { clock, count } = this.#medium;
    count("lost on the way up", this.#up.cut());
    count("lost on the way down", this.#down.cut());
    if (deviceMs !== undefined) clock.after(deviceMs, () => this.#deviceLearns(1006));
    if (hubMs !== undefined) clock.after(hubMs, () => this.#hubLearns(false));
  }

  #putDown(parcel: Down, bytes: number): void {
    this.#put += bytes;
    this.#down.put(parcel, bytes);
    this.#count();
  }

  #count(): void {
    const queued = Math.max(0, this.#down.bytes - this.#medium.pipeBytes);
    if (queued === this.#queued) return;
    this.#queued = queued;
    const own = Math.min(this.#own, queued);
    this.#medium.show({ type: "queued", wire: this.number, bytes: queued, own });
    if (queued > 0 || !this.#isCongested) return;
    this.#isCongested = false;
    this.#medium.clock.after(0, () => this.#hubIs === "open" && this.#hub.drained(this));
  }

  #arriveUp(parcel: Up): void {
    if (parcel.type === "connect") {
      if (this.#hub.connected(this)) return;
      this.#hubIs = "gone";
      this.#down.put({ type: "refused" }, 0);
      return;
    }
    if (this.#hubIs === "gone" || this.#hubIs === "unknown") return;
    this.#read += 1;
    if (parcel.type === "goodbye") this.#hubLearns(true);
    else if (parcel.type === "pong") this.#hub.ponged(this);
    else this.#hub.received(this, parcel.frame);
  }

  /** The shell lets it in; what the hub says at once comes behind the answer to the upgrade. */
  accept(): void {
    this.#hubIs = "open";
    this.#medium.show({ type: "arrived", wire: this.number });
    this.#down.put({ type: "open" }, 0);
  }

  #arriveDown(parcel: Down): void {
    if (parcel.type === "frame" && parcel.isOwn) this.#own -= parcel.frame.length;
    this.#count();
    if (this.#deviceIs === "gone") return;
    switch (parcel.type) {
      case "open":
        this.#deviceIs = "open";
        return this.device.opened();
      case "refused":
        return this.#deviceLearns(1006);
      case "ping":
        return this.#up.put({ type: "pong" }, 2);
      case "frame": {
        const { frame } = parcel;
        this.#medium.show({ type: "heard", device: this.device.name, wire: this.number, frame });
        return this.device.heard(frame);
      }
      case "close":
        this.#up.put({ type: "goodbye" }, 0);
        return this.#deviceLearns(parcel.code);
    }
  }

  #deviceLearns(code: number): void {
    if (this.#deviceIs === "gone") return;
    this.#deviceIs = "gone";
    this.#down.read(true);
    this.#medium.show({ type: "closed", device: this.device.name, wire: this.number, code });
    this.device.closed(code);
  }

  #hubLearns(clean: boolean): void {
    if (this.#hubIs === "gone" || this.#hubIs === "unknown") return;
    this.#parts();
    this.#hub.closed(this, clean);
  }

  #parts(): void {
    this.#hubIs = "gone";
    this.topics.clear();
    this.#medium.show({ type: "parted", wire: this.number });
  }

  /** The process at the hub's end is no more. */
  orphan(deviceMs: number | undefined): void {
    this.#parts();
    this.breaks({ deviceMs, hubMs: undefined });
  }
}
