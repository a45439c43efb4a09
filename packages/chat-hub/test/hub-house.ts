// A hub with a clock that a test moves, a store that answers when it is let, and connections that
// show what was done to them. Nothing in here takes real time.

import type {
  AuthMode,
  Census,
  Credential,
  Effect,
  Fact,
  GateAnswer,
  GateCall,
  HouseOrder,
  KeptRecord,
  Limits,
  Outcome,
  StoreAnswer,
  StoreCall,
} from "../src/index.js";
import { createHub, defaultLimits, isGateCall } from "../src/index.js";
import type { Closing } from "../src/tables/closings.js";
import type { AskId, ConnectionId, Millis, Seq, Topic, WallMillis } from "../src/words/ids.js";
import { ModelStore } from "./model-store.js";

/** When the tests begin: 14:30:25 UTC. */
export const beginning = 1_795_357_825_000;

type Frame = Readonly<Record<string, unknown>> & { readonly payload?: Readonly<Record<string, unknown>> };

export class Wire {
  readonly id: ConnectionId;
  readonly topics = new Set<Topic>();
  /** How the hub ended it. */
  closing: Closing | undefined;
  /** For how long it is not read, as the hub said last. */
  paused = 0;
  pings = 0;
  /** What the shell says of each ping. */
  queued = false;
  moved = false;
  /** Whether pings are answered at once. */
  pongs = true;
  readonly #feed: (fact: Fact) => void;
  #frames: string[] = [];

  constructor(id: ConnectionId, feed: (fact: Fact) => void) {
    this.id = id;
    this.#feed = feed;
  }

  says(...frames: (string | undefined)[]): void {
    for (const frame of frames) this.#feed({ type: "received", connection: this.id, frame });
  }

  /** The frames since this was asked last. */
  heard(): Frame[] {
    const heard = this.#frames.map((text) => JSON.parse(text) as Frame);
    this.#frames = [];
    return heard;
  }

  /** The types of those frames. */
  heardTypes(): unknown[] {
    return this.heard().map(({ type }) => type);
  }

  closes(clean: boolean): void {
    this.topics.clear();
    this.#feed({ type: "closed", connection: this.id, clean });
  }

  answersPing(): void {
    this.#feed({ type: "ponged", connection: this.id });
  }

  prods(): void {
    this.#feed({ type: "prodded", connection: this.id });
  }

  isCongested(): void {
    this.#feed({ type: "congested", connection: this.id });
  }

  isDrained(): void {
    this.#feed({ type: "drained", connection: this.id });
  }

  take(frame: string): void {
    this.#frames.push(frame);
  }
}

export interface Asked {
  readonly ask: AskId;
  readonly call: StoreCall;
  /** What the store saw when it looked, if it has looked already. */
  seen?: StoreAnswer;
}

function overtakes(asked: Asked | undefined): boolean {
  return asked?.call.type === "read" || asked?.call.type === "stand";
}

export class HubHouse {
  readonly store = new ModelStore();
  /** Whether questions to the store wait for `answers()`. */
  isSlow = false;
  /** Those that wait, in the order in which they were asked. */
  readonly waiting: Asked[] = [];
  /** Every call that the store was asked. */
  readonly calls: StoreCall[] = [];
  at = 0;
  /** How often something was said to a whole topic. */
  published = 0;
  readonly #hub;
  readonly #wires = new Map<ConnectionId, Wire>();
  readonly #facts: Fact[] = [];

  /** What the gate was asked and has not answered. */
  readonly atGate: { readonly ask: AskId; readonly call: GateCall }[] = [];
  /** Answers at once what it has a word for; the rest waits at the gate. */
  gate: (call: GateCall) => GateAnswer | undefined = () => undefined;

  /** What became of what was ordered at the shell. */
  readonly reports: Outcome[] = [];
  #orders = 0;

  constructor(limits: Partial<Limits> = {}, auth: AuthMode = "open", minded: readonly KeptRecord[] = []) {
    this.store.records.kept = minded;
    this.#hub = createHub({
      auth,
      facts: { durable: true, epoch: "first", head: 0 as Seq, minded },
      limits: { ...defaultLimits, ...limits },
    });
  }

  connects(
    dialect: "simple" | "events",
    query: Readonly<Record<string, string>> = {},
    address?: string,
    credential?: Credential,
  ): Wire {
    const wire = new Wire((this.#wires.size + 1) as ConnectionId, (fact) => this.feed(fact));
    this.#wires.set(wire.id, wire);
    this.feed({ type: "connected", connection: wire.id, dialect, query, address, credential });
    return wire;
  }

  /** Somebody who is logged in; the welcome is not among what they hear. */
  enters(dialect: "simple" | "events", username: string, query: Readonly<Record<string, string>> = {}): Wire {
    const wire = this.connects(dialect, { username, ...query });
    wire.heard();
    return wire;
  }

  /** Somebody at the shell of the server has this done; what became of it, if the store has answered. */
  orders(what: HouseOrder): Outcome | undefined {
    const before = this.reports.length;
    this.#orders += 1;
    this.feed({ type: "ordered", order: this.#orders, what });
    return this.reports[before];
  }

  census(): Census {
    return this.#hub.census();
  }

  /** Time goes by; what is due happens when it is due. */
  passes(ms: number): void {
    const until = this.at + ms;
    for (let due = this.#hub.deadline(); due !== undefined && due <= until; due = this.#hub.deadline()) {
      this.at = Math.max(this.at, due);
      this.feed({ type: "elapsed" });
    }
    this.at = until;
  }

  /** The store answers what it was asked, up to now or so many. */
  answers(most = Number.POSITIVE_INFINITY): void {
    for (let left = Math.min(most, this.waiting.length); left > 0; left -= 1) {
      const asked = this.waiting.shift() as Asked;
      this.feed({ type: "answered", ask: asked.ask, answer: asked.seen ?? this.store.carryOut(asked.call) });
    }
  }

  /** The store looks at a read that waits, and answers it later: what it saw may be old when it comes. */
  looks(which: number): void {
    const asked = this.waiting[which % Math.max(1, this.waiting.length)];
    if (asked === undefined || !overtakes(asked)) return;
    asked.seen ??= this.store.carryOut(asked.call);
  }

  /** One answer: a read may overtake; everything else is answered in the order in which it was asked. */
  answersOne(which: number): void {
    const index = which % Math.max(1, this.waiting.length);
    if (overtakes(this.waiting[index])) this.waiting.unshift(...this.waiting.splice(index, 1));
    this.answers(1);
  }

  feed(fact: Fact): void {
    this.#facts.push(fact);
    if (this.#facts.length > 1) return;
    for (let next = this.#facts[0]; next !== undefined; this.#facts.shift(), next = this.#facts[0]) {
      const wall = (beginning + this.at) as WallMillis;
      for (const effect of this.#hub.handle({ ...next, at: this.at as Millis, wall })) this.#carryOut(effect);
    }
  }

  /** The gate answers what it was asked first. */
  gateAnswers(answer: GateAnswer): void {
    const asked = this.atGate.shift();
    if (asked === undefined) throw new Error("the gate was asked nothing");
    this.feed({ type: "answered", ask: asked.ask, answer });
  }

  #askGate(ask: AskId, call: GateCall): void {
    const answer = this.gate(call);
    if (answer === undefined) this.atGate.push({ ask, call });
    else this.feed({ type: "answered", ask, answer });
  }

  #askStore(ask: AskId, call: StoreCall): void {
    this.calls.push(call);
    if (this.isSlow) this.waiting.push({ ask, call });
    else this.feed({ type: "answered", ask, answer: this.store.carryOut(call) });
  }

  #carryOut(effect: Effect): void {
    switch (effect.type) {
      case "publish":
        this.published += 1;
        for (const wire of this.#wires.values())
          if (wire.topics.has(effect.topic) && wire.id !== effect.except) wire.take(effect.frame);
        return;
      case "share":
        for (const connection of effect.connections)
          for (const frame of effect.frames) (this.#wires.get(connection) as Wire).take(frame);
        return;
      case "ask":
        if (isGateCall(effect.call)) return this.#askGate(effect.ask, effect.call);
        return this.#askStore(effect.ask, effect.call);
      case "report":
        this.reports.push(effect.outcome);
        return;
      default:
        this.#carryOutFor(this.#wires.get(effect.connection) as Wire, effect);
    }
  }

  #carryOutFor(wire: Wire, effect: Exclude<Effect, { type: "publish" | "share" | "ask" | "report" }>): void {
    switch (effect.type) {
      case "send":
        return wire.take(effect.frame);
      case "subscribe":
        return void wire.topics.add(effect.topic);
      case "unsubscribe":
        return void wire.topics.delete(effect.topic);
      case "pause":
        wire.paused = effect.ms;
        return;
      case "ping":
        wire.pings += 1;
        this.feed({ type: "pinged", connection: wire.id, queued: wire.queued, moved: wire.moved });
        if (wire.pongs) wire.answersPing();
        return;
      case "close":
        wire.closing = effect.closing;
        return wire.closes(false);
    }
  }
}
