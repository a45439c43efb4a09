// The fast path. Within one turn of the event loop nothing is written: a topic gathers its frames, each
// encoded once, in one Buffer, and an outlet remembers only where something of its own comes between them.
// At the end of the turn that same Buffer is written to every member: one write per member and turn,
// however many messages. Whoever gets less than all of it (the connection that is left out, one
// that came or went in this turn, one with frames of its own) is given its parts by offsets: short ones
// as one write, long ones each as they are. Order per connection is the order of the calls, as long as it
// is in one topic, as each is today: of several it would get the frames of a turn topic by topic.

import type { Topic } from "chat-hub";
import { frameBytes, mostFrameBytes } from "./frame.js";
import type { Outlet, Parts } from "./parts.js";
import { finish, Gathering, nothing, take, writeParts } from "./parts.js";
import { takeRoom } from "./room.js";
import { Spool } from "./spool.js";

/** More of their own is not gathered for one connection: it is written, since whether they take it must be known. */
const mostOwn = 16 * 1024;

export class FanOut {
  readonly #topics = new Map<Topic, Gathering>();
  /** Topics with frames in this turn, and outlets with parts. */
  readonly #gathered = new Set<Gathering>();
  readonly #parted = new Set<Outlet>();
  #due: NodeJS.Immediate | undefined;
  /** Frames for one outlet alone, and frames for several, once for each of them. */
  sent = 0;
  delivered = 0;

  /** Topics that somebody listens to. */
  get topics(): number {
    return this.#topics.size;
  }

  subscribe(outlet: Outlet, topic: Topic): void {
    const gathering = this.#topic(topic);
    if (gathering.members.has(outlet)) return;
    // What the topic has gathered before is not for it.
    if (gathering.spool.length > 0) take(this.#partsOf(outlet), gathering);
    gathering.members.add(outlet);
  }

  unsubscribe(outlet: Outlet, topic: Topic): void {
    const gathering = this.#topics.get(topic);
    if (gathering === undefined || !gathering.members.has(outlet)) return;
    if (gathering.spool.length > 0) this.#catchUp(outlet, gathering);
    this.#leave(outlet, topic, gathering);
  }

  publish(topic: Topic, payload: string, except: Outlet | undefined): void {
    const gathering = this.#topics.get(topic);
    if (gathering === undefined) return;
    const leftOut = except !== undefined && gathering.members.has(except) ? except : undefined;
    if (leftOut !== undefined) this.#catchUp(leftOut, gathering);
    if (gathering.spool.length === 0) {
      this.#gathered.add(gathering);
      this.#wake();
    }
    gathering.spool.push(payload);
    this.delivered += leftOut === undefined ? gathering.members.size : gathering.members.size - 1;
    if (leftOut !== undefined) take(this.#partsOf(leftOut), gathering);
  }

  send(outlet: Outlet, payload: string): void {
    this.sent += 1;
    const parts = this.#caughtUp(outlet);
    if (parts.own + mostFrameBytes(payload) > mostOwn) makeWay(outlet, parts, frameBytes(payload));
    const last = parts.list.at(-1);
    const own = last instanceof Spool ? last : new Spool(takeRoom);
    if (own !== last) parts.list.push(own);
    const before = own.length;
    own.push(payload);
    parts.own += own.length - before;
    makeWay(outlet, parts, 0);
  }

  /** The same frames to each of these, in one Buffer, as if they were a topic with nothing else in this turn. */
  share(outlets: readonly Outlet[], payloads: readonly string[]): void {
    if (outlets.length === 0) return;
    this.delivered += outlets.length * payloads.length;
    const gathering = new Gathering();
    gathering.spool.reserve(payloads.reduce((sum, payload) => sum + frameBytes(payload), 0));
    for (const payload of payloads) gathering.spool.push(payload);
    gathering.bytes = gathering.spool.take();
    const { length } = gathering.bytes;
    const each = length / outlets.length;
    for (const outlet of outlets) {
      gathering.members.add(outlet);
      const parts = this.#caughtUp(outlet);
      makeWay(outlet, parts, each);
      parts.list.push({ of: gathering, from: 0, to: length });
      parts.own += each;
      makeWay(outlet, parts, 0);
    }
  }

  /** The connection is gone. */
  forget(outlet: Outlet): void {
    this.#parted.delete(outlet);
    outlet.parts = undefined;
    for (const [topic, gathering] of this.#topics) this.#leave(outlet, topic, gathering);
  }

  /** Writes everything that was gathered. Nothing is left for the end of the turn. */
  flush(): void {
    if (this.#due === undefined) return;
    clearImmediate(this.#due);
    this.#due = undefined;
    for (const gathering of this.#gathered) gathering.bytes = gathering.spool.take();
    for (const gathering of this.#gathered) {
      for (const outlet of gathering.members) {
        if (outlet.parts === undefined) outlet.sink.write(gathering.bytes, gathering.members.size);
        else finish(outlet.parts, gathering);
      }
    }
    for (const outlet of this.#parted) {
      const { list } = outlet.parts as Parts;
      outlet.parts = undefined;
      writeParts(outlet.sink, list);
    }
    for (const gathering of this.#gathered) gathering.bytes = nothing;
    this.#gathered.clear();
    this.#parted.clear();
  }

  #wake(): void {
    this.#due ??= setImmediate(() => this.flush());
  }

  #topic(topic: Topic): Gathering {
    let gathering = this.#topics.get(topic);
    if (gathering === undefined) {
      gathering = new Gathering();
      this.#topics.set(topic, gathering);
    }
    return gathering;
  }

  /** A topic that nobody listens to any more is gone; what was gathered goes to those who have parts of it. */
  #leave(outlet: Outlet, topic: Topic, gathering: Gathering): void {
    gathering.members.delete(outlet);
    if (gathering.members.size === 0) this.#topics.delete(topic);
  }

  #partsOf(outlet: Outlet): Parts {
    if (outlet.parts === undefined) {
      outlet.parts = { list: [], own: 0, taken: undefined };
      this.#parted.add(outlet);
      this.#wake();
    }
    return outlet.parts;
  }

  /** The outlet's parts, with all in them that was published up to now. */
  #caughtUp(outlet: Outlet): Parts {
    const parts = this.#partsOf(outlet);
    for (const gathering of this.#gathered) {
      if (gathering.members.has(outlet)) this.#catchUp(outlet, gathering);
    }
    return parts;
  }

  /** Gives the outlet what the topic has gathered for it up to now. */
  #catchUp(outlet: Outlet, gathering: Gathering): void {
    const parts = this.#partsOf(outlet);
    const from = parts.taken?.get(gathering) ?? 0;
    const to = gathering.spool.length;
    if (to > from) parts.list.push({ of: gathering, from, to });
    take(parts, gathering);
  }
}

/** Writes what was gathered for it, if that would be too much together with so many bytes more. */
function makeWay(outlet: Outlet, parts: Parts, bytes: number): void {
  if (parts.own === 0 || parts.own + bytes <= mostOwn) return;
  const { list } = parts;
  parts.list = [];
  parts.own = 0;
  writeParts(outlet.sink, list);
}
