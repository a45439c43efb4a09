// The process that a hub runs in: the shell around it, on the terms of the real one (packages/server's
// loop and sockets). Facts wait while deeds are carried out; deeds are carried out in their order.

import type {
  AskId,
  Effect,
  Fact,
  GateAnswer,
  HouseOrder,
  Hub,
  HubOptions,
  Input,
  Keep,
  Kept,
  Limits,
  Millis,
  StoreAnswer,
  Topic,
  WallMillis,
} from "chat-hub";
import { closings, createHub, isGateCall, unreachable } from "chat-hub";
import type { Alarm, Clock } from "../clock.ts";
import type { Dice } from "../drawn/dice.ts";
import type { HubEnd, Wire } from "../network/wire.ts";
import type { Sight } from "../observed.ts";
import type { Session } from "./disk.ts";
import type { GateKind } from "./gate.ts";
import { Gate } from "./gate.ts";

/** How long a close that is not answered is waited for. */
const goodbyeMs = 2_000;

/** Is told how each hub begins, and gives what sees all that this hub is told, and what it does then. */
export type Recorder = (options: HubOptions) => (input: Input, effects: readonly Effect[]) => void;

export interface Surroundings {
  readonly clock: Clock;
  readonly show: (sight: Sight) => void;
  readonly limits: Limits;
  readonly record: Recorder | undefined;
  /** Without one the house is open. */
  readonly gate: { readonly kind: GateKind; readonly dice: Dice } | undefined;
}

/** One life of a hub, from its start on what the store has to its end. */
export class House implements HubEnd {
  readonly #around: Surroundings;
  readonly #session: Session;
  readonly #hub: Hub;
  readonly #record: ReturnType<Recorder> | undefined;
  readonly #wires = new Map<number, Wire>();
  readonly #topics = new Map<Topic, Set<Wire>>();
  readonly #pauses = new Map<Wire, Alarm>();
  readonly #facts: Fact[] = [];
  readonly #open = new Set<AskId>();
  /** Records that the store is keeping. */
  readonly #keeping = new Map<AskId, Keep>();
  /** Logins that the gate is ending. */
  readonly #ending = new Map<AskId, string>();
  readonly #gate: Gate | undefined;
  /** What the gate asks the store, by numbers that the hub does not use. */
  readonly #errands = new Map<AskId, (answer: StoreAnswer) => void>();
  #errandCount = 0;
  #orders = 0;
  #isBusy = false;
  #alarm: Alarm | undefined;
  #state: "open" | "stopping" | "over" = "open";

  /** `failed`: the store can't go on, and nor can this process. */
  constructor(around: Surroundings, session: Session, failed: () => void) {
    this.#around = around;
    this.#session = session;
    const { gate } = around;
    const { registration } = gate?.kind ?? {};
    const options: HubOptions = {
      facts: session.facts,
      limits: around.limits,
      ...(registration === undefined ? {} : { auth: "password", registration }),
    };
    if (gate !== undefined) this.#gate = this.#openGate(gate.kind, gate.dice);
    this.#hub = createHub(options);
    this.#record = around.record?.(options);
    session.listen((ask, answer) => this.#answered(ask, answer), failed);
    around.show({ type: "hubBegan" });
  }

  get isOver(): boolean {
    return this.#state === "over";
  }

  get openAsks(): number {
    return this.#open.size + this.#errands.size;
  }

  get subscriptions(): number {
    let sum = 0;
    for (const wires of this.#topics.values()) sum += wires.size;
    return sum;
  }

  deadline(): number | undefined {
    return this.#hub.deadline();
  }

  connected(wire: Wire): boolean {
    if (this.#state === "over") return false;
    this.#wires.set(wire.number, wire);
    wire.accept();
    const { connection, dialect, query } = wire;
    const [address] = wire.device.name.split("/");
    this.feed({ type: "connected", connection, dialect, query, address });
    return true;
  }

  received(wire: Wire, frame: string): void {
    this.feed({ type: "received", connection: wire.connection, frame });
  }

  ponged(wire: Wire): void {
    this.feed({ type: "ponged", connection: wire.connection });
  }

  congested(wire: Wire): void {
    this.feed({ type: "congested", connection: wire.connection });
  }

  drained(wire: Wire): void {
    this.feed({ type: "drained", connection: wire.connection });
  }

  closed(wire: Wire, clean: boolean): void {
    this.feed({ type: "closed", connection: wire.connection, clean });
    this.#forget(wire);
  }

  /** Somebody at the shell of the server has this done. */
  order(what: HouseOrder): void {
    if (this.#state !== "open") return;
    this.#orders += 1;
    this.#around.show({ type: "ordered", order: this.#orders, what });
    this.feed({ type: "ordered", order: this.#orders, what });
  }

  /** A SIGTERM: nothing new is obeyed, the store finishes, all are told, and the process ends. */
  stop(ended: () => void): void {
    if (this.#state !== "open") return;
    this.#state = "stopping";
    this.feed({ type: "stopping" });
    this.#session.finish(() => {
      if (this.#state === "over") return;
      this.feed({ type: "stopped" });
      this.#around.clock.after(goodbyeMs, () => {
        if (this.#state === "over") return;
        this.die(() => 0);
        ended();
      });
    });
  }

  /** kill -9: whatever it knew is gone. `learnsMs`: when the device of a wire learns of it, if ever. */
  die(learnsMs: (wire: Wire) => number | undefined): void {
    this.#state = "over";
    this.#alarm?.cancel();
    this.#session.abandon();
    for (const wire of this.#wires.values()) wire.orphan(learnsMs(wire));
    this.#wires.clear();
    this.#topics.clear();
    this.#around.show({ type: "hubDied" });
  }

  feed(fact: Fact): void {
    if (this.#state === "over") return;
    this.#facts.push(fact);
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let next = this.#facts.shift(); next !== undefined; next = this.#facts.shift()) this.#handle(next);
    this.#isBusy = false;
    this.#setAlarm();
  }

  #handle(fact: Fact): void {
    const { clock, show } = this.#around;
    const input = { ...fact, at: clock.at as Millis, wall: clock.wall as WallMillis };
    let effects: readonly Effect[] = [];
    try {
      effects = this.#hub.handle(input);
    } catch (error) {
      show({ type: "threw", where: `the hub, told ${fact.type}`, error });
    }
    this.#record?.(input, effects);
    for (const effect of effects) this.#carryOut(effect);
    if (fact.type === "answered") this.#follow(fact);
  }

  #openGate(kind: GateKind, dice: Dice): Gate {
    const { clock } = this.#around;
    return new Gate(kind, {
      clock,
      dice,
      answer: (ask, answer) => this.#answered(ask, answer),
      records: (call, answered) => {
        if (this.#state === "over") return;
        this.#errandCount += 1;
        const ask = -this.#errandCount as AskId;
        this.#errands.set(ask, answered);
        this.#session.ask(ask, call);
      },
    });
  }

  /** What the hub knows by now, and has carried out. */
  #follow(fact: Extract<Fact, { type: "answered" }>): void {
    const kept = this.#kept(fact);
    if (kept !== undefined) this.#around.show({ type: "kept", call: kept });
    const login = this.#ending.get(fact.ask);
    this.#ending.delete(fact.ask);
    if (login !== undefined && fact.answer.ok) this.#around.show({ type: "loginEnded", login });
  }

  /** The records that this answer says are kept. */
  #kept({ ask, answer }: Extract<Fact, { type: "answered" }>): Keep | undefined {
    const call = this.#keeping.get(ask);
    this.#keeping.delete(ask);
    return answer.ok && (answer as Kept).kept ? call : undefined;
  }

  #answered(ask: AskId, answer: StoreAnswer | GateAnswer): void {
    if (this.#state === "over") return;
    const errand = this.#errands.get(ask);
    if (errand !== undefined) {
      this.#errands.delete(ask);
      return errand(answer as StoreAnswer);
    }
    this.#open.delete(ask);
    this.feed({ type: "answered", ask, answer });
  }

  #carryOut(effect: Effect): void {
    switch (effect.type) {
      case "ask":
        this.#open.add(effect.ask);
        if (isGateCall(effect.call)) {
          if (effect.call.type === "endLogin") this.#ending.set(effect.ask, effect.call.login);
          if (this.#gate === undefined) throw new Error("the house is open: there is no gate to ask");
          return this.#gate.ask(effect.ask, effect.call);
        }
        if (effect.call.type === "keep") this.#keeping.set(effect.ask, effect.call);
        return this.#session.ask(effect.ask, effect.call);
      case "publish":
        for (const wire of this.#topics.get(effect.topic) ?? [])
          if (wire.number !== effect.except) wire.send(effect.frame, false);
        return;
      case "share":
        for (const connection of effect.connections)
          for (const frame of effect.frames)
            this.#wires.get(connection)?.send(frame, effect.connections.length === 1);
        return;
      case "report":
        return this.#around.show({ type: "reported", order: effect.order, outcome: effect.outcome });
      default: {
        const wire = this.#wires.get(effect.connection);
        if (wire !== undefined) this.#carryOutFor(wire, effect);
      }
    }
  }

  #carryOutFor(wire: Wire, effect: Exclude<Effect, { type: "ask" | "publish" | "share" | "report" }>): void {
    switch (effect.type) {
      case "send":
        return wire.send(effect.frame, true);
      case "subscribe":
        this.#listenersOf(effect.topic).add(wire);
        return;
      case "unsubscribe":
        this.#listenersOf(effect.topic).delete(wire);
        return;
      case "close":
        wire.close(closings[effect.closing].code);
        this.#around.clock.after(goodbyeMs, () => wire.breaks({ deviceMs: 0, hubMs: 0 }));
        return;
      case "pause":
        return this.#pause(wire, effect.ms);
      case "ping":
        return this.feed({ type: "pinged", connection: effect.connection, ...wire.ping() });
      default:
        return unreachable(effect);
    }
  }

  #listenersOf(topic: Topic): Set<Wire> {
    const wires = this.#topics.get(topic) ?? new Set();
    this.#topics.set(topic, wires);
    return wires;
  }

  #pause(wire: Wire, ms: number): void {
    this.#pauses.get(wire)?.cancel();
    wire.reads(ms === 0);
    if (ms > 0)
      this.#pauses.set(
        wire,
        this.#around.clock.after(ms, () => wire.reads(true)),
      );
  }

  #forget(wire: Wire): void {
    this.#wires.delete(wire.number);
    this.#pauses.get(wire)?.cancel();
    this.#pauses.delete(wire);
    for (const wires of this.#topics.values()) wires.delete(wire);
  }

  /** One that rings too early does no harm: the next is set then. */
  #setAlarm(): void {
    if (this.#state === "over") return;
    const due = this.#hub.deadline();
    if (due === undefined || due >= (this.#alarm?.due ?? Number.POSITIVE_INFINITY)) return;
    this.#alarm?.cancel();
    const { clock } = this.#around;
    this.#alarm = clock.after(due - clock.at, () => {
      this.#alarm = undefined;
      this.feed({ type: "elapsed" });
    });
  }
}
