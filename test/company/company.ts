// People with the client core, the hub and the memory store in one process, under one clock that a test
// moves. Between them is nothing but calls; a cut loses what was under way.

import type {
  AskId,
  Client,
  ClientEvent,
  ClientFact,
  ConnectionId,
  ConversationState,
  Deed,
  Effect,
  Fact,
  MessageLine,
  Millis,
  Seq,
  Store,
  Topic,
  View,
  WallMillis,
} from "chat-hub";
import { createClient, createHub, defaultLimits, isGateCall } from "chat-hub";
import { openMemory } from "chat-server";

/** 14:30:25 UTC. */
const beginning = 1_795_357_825_000;

/** One connection, as the hub's shell has it. */
class Wire {
  readonly topics = new Set<Topic>();
  frames: string[] = [];

  constructor(
    readonly id: ConnectionId,
    /** The hub hung up. */
    readonly closed: () => void,
  ) {}
}

/** The hub, its shell and its store. */
class House {
  at = 0;
  readonly #hub;
  readonly #store: Store<AskId>;
  readonly #wires = new Map<ConnectionId, Wire>();
  readonly #facts: Fact[] = [];
  #connections = 0;

  constructor() {
    const limits = { ...defaultLimits, rates: undefined };
    this.#store = openMemory<AskId>({
      answer: (ask, answer) => this.feed({ type: "answered", ask, answer }),
      failed: (reason) => {
        throw reason;
      },
      nameHoldMs: 1_000_000,
      limits: limits.store,
      everyoneHistory: "all",
    });
    this.#hub = createHub({ facts: { durable: true, epoch: "first", head: 0 as Seq, minded: [] }, limits });
  }

  connects(closed: () => void): Wire {
    this.#connections += 1;
    const wire = new Wire(this.#connections as ConnectionId, closed);
    this.#wires.set(wire.id, wire);
    this.feed({ type: "connected", connection: wire.id, dialect: "events", query: {}, address: undefined });
    return wire;
  }

  loses(wire: Wire): void {
    if (this.#wires.delete(wire.id)) this.feed({ type: "closed", connection: wire.id, clean: false });
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

  feed(fact: Fact): void {
    this.#facts.push(fact);
    if (this.#facts.length > 1) return;
    for (let next = this.#facts[0]; next !== undefined; this.#facts.shift(), next = this.#facts[0]) {
      const wall = (beginning + this.at) as WallMillis;
      for (const effect of this.#hub.handle({ ...next, at: this.at as Millis, wall })) this.#carryOut(effect);
    }
  }

  /** The house is open: nobody asks a gate. */
  #ask({ ask, call }: Extract<Effect, { type: "ask" }>): void {
    if (isGateCall(call)) throw new Error(`there is no gate to ask ${call.type}`);
    this.#store.ask(ask, call);
  }

  #carryOut(effect: Effect): void {
    if (effect.type === "ask") return this.#ask(effect);
    if (effect.type === "publish") {
      for (const wire of this.#wires.values()) {
        if (wire.topics.has(effect.topic) && wire.id !== effect.except) wire.frames.push(effect.frame);
      }
      return;
    }
    if (effect.type === "share") {
      for (const connection of effect.connections) this.#wires.get(connection)?.frames.push(...effect.frames);
      return;
    }
    if (effect.type === "report") return;
    const wire = this.#wires.get(effect.connection);
    if (wire === undefined) return;
    if (effect.type === "send") wire.frames.push(effect.frame);
    if (effect.type === "subscribe") wire.topics.add(effect.topic);
    if (effect.type === "unsubscribe") wire.topics.delete(effect.topic);
    if (effect.type === "ping") {
      this.feed({ type: "pinged", connection: wire.id, queued: false, moved: true });
      this.feed({ type: "ponged", connection: wire.id });
    }
    if (effect.type === "close") {
      this.loses(wire);
      wire.closed();
    }
  }
}

export class Person {
  readonly views = new Map<string, View>();
  readonly standings = new Map<string, ConversationState>();
  readonly refused: string[] = [];
  wire: Wire | undefined;
  typists: readonly string[] = [];
  readonly #client: Client;
  readonly #house: House;
  readonly #facts: ClientFact[] = [];
  readonly #name: string;
  #nonces = 0;

  constructor(house: House, username: string) {
    this.#house = house;
    this.#name = username;
    const token = `the-token-of-${username}`.padEnd(16, "x");
    const limits = { viewPageRows: 3 };
    this.#client = createClient({ url: "ws://test/ws", username, token, receipts: true, limits });
  }

  feed(fact: ClientFact): void {
    this.#facts.push(fact);
    if (this.#facts.length > 1) return;
    for (let next = this.#facts[0]; next !== undefined; this.#facts.shift(), next = this.#facts[0]) {
      const at = this.#house.at as Millis;
      for (const effect of this.#client.handle({ ...next, at, chance: 0 })) {
        if (effect.type === "tell") this.#hear(effect.event);
        else if (effect.type === "send") this.#send(effect.frame);
        else if (effect.type === "open") {
          this.wire = this.#house.connects(() => this.cut());
          this.feed({ type: "opened" });
        } else this.cut();
      }
    }
  }

  does(deed: Deed): void {
    this.#nonces += 1;
    this.feed({ type: "done", nonce: `${this.#name}-${String(this.#nonces).padStart(14, "0")}`, deed });
  }

  says(conversation: string, message: string): void {
    this.does({ type: "message", conversation, message });
  }

  /** Takes what has come, at most so many frames; says how many. */
  takes(most = Number.POSITIVE_INFINITY): number {
    const frames = this.wire?.frames.splice(0, most) ?? [];
    for (const frame of frames) this.feed({ type: "received", frame });
    return frames.length;
  }

  cut(): void {
    const { wire } = this;
    this.wire = undefined;
    if (wire === undefined) return;
    this.#house.loses(wire);
    this.feed({ type: "closed", code: 1006, reason: "" });
  }

  expires(): void {
    const due = this.#client.deadline();
    if (due !== undefined && due <= this.#house.at) this.feed({ type: "elapsed" });
  }

  messages(conversation: string): readonly MessageLine[] {
    const lines = this.views.get(conversation)?.lines ?? [];
    return lines.filter((line) => line.kind === "message");
  }

  #send(frame: string): void {
    if (this.wire !== undefined) {
      this.#house.feed({ type: "received", connection: this.wire.id, frame });
    }
  }

  #hear(event: ClientEvent): void {
    if (event.type === "view") this.views.set(event.conversation, event.view);
    if (event.type === "standing") this.standings.set(event.standing.conversation, event.standing);
    if (event.type === "refused") this.refused.push(event.error.code);
    if (event.type === "typing") this.typists = event.usernames;
    if (event.type !== "departed") return;
    this.standings.delete(event.conversation);
    this.views.delete(event.conversation);
  }
}

export const names = ["alice", "bob", "carol"];

export interface Company {
  readonly house: House;
  readonly people: readonly Person[];
  readonly alice: Person;
  readonly bob: Person;
  readonly carol: Person;
  settle(): void;
}

export function company(): Company {
  const house = new House();
  const people = names.map((name) => new Person(house, name));
  const [alice, bob, carol] = people as [Person, Person, Person];
  const settle = (): void => {
    for (let turn = 0; turn < 5; turn += 1) {
      house.passes(1_100);
      for (const person of people) person.expires();
      for (let busy = true; busy; ) busy = people.map((person) => person.takes()).some((count) => count > 0);
    }
  };
  for (const person of people) person.feed({ type: "started" });
  settle();
  return { house, people, alice, bob, carol, settle };
}

export function allShow({ people, settle }: Company, conversation: string): void {
  for (const person of people) person.feed({ type: "shown", conversation });
  settle();
}
