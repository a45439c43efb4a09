// Everything that a world is made of, put together: one disk, one house after the other on it, the wires,
// and the devices of its people. It does what it is told by the steps and the faults.

import type { WallMillis } from "chat-hub";
import { Cast } from "./cast.ts";
import type { Clock } from "./clock.ts";
import type { Device, Ground } from "./devices/device.ts";
import type { Dice } from "./drawn/dice.ts";
import { diceOf } from "./drawn/dice.ts";
import type { Kind } from "./drawn/kind.ts";
import { Disk } from "./house/disk.ts";
import type { GateKind } from "./house/gate.ts";
import { accountOf } from "./house/gate.ts";
import type { Recorder } from "./house/house.ts";
import { House } from "./house/house.ts";
import type { DeviceEnd, HubEnd, Medium } from "./network/wire.ts";
import { Wire } from "./network/wire.ts";
import type { Sight, WritingCall } from "./observed.ts";

export interface TownOptions {
  readonly seed: number;
  readonly kind: Kind;
  readonly show: (sight: Sight) => void;
  readonly count: (what: string, times?: number) => void;
  readonly record: Recorder | undefined;
}

export class Town {
  readonly clock: Clock;
  readonly kind: Kind;
  readonly disk: Disk;
  readonly devices: readonly Device[];
  /** For whatever befalls the town. */
  readonly dice: Dice;
  readonly count: (what: string, times?: number) => void;
  readonly #options: TownOptions;
  readonly #show: (sight: Sight) => void;
  readonly #medium: Medium;
  readonly #network: Dice;
  readonly #wires = new Set<Wire>();
  readonly #door: HubEnd;
  readonly #gateDice: Dice;
  #house: House | undefined;
  #wireCount = 0;
  /** The network is in order: nothing is held, and what breaks is told. */
  isCalm = false;
  /** The network is a black hole until then. */
  heldUntil = 0;
  /** Since then nobody has said a word, beside asking for signs of life. */
  quietSince = 0;

  constructor(clock: Clock, options: TownOptions) {
    const { seed, kind, count } = options;
    const show = (sight: Sight): void => {
      if ((sight.type === "sent" || sight.type === "handed") && !isPing(sight.frame))
        this.quietSince = clock.at;
      options.show(sight);
    };
    this.#show = show;
    this.clock = clock;
    this.kind = kind;
    this.count = count;
    this.dice = diceOf(seed, "what befalls");
    this.#options = options;
    this.#network = diceOf(seed, "network");
    const { pipeBytes, limits, nameHoldMs, everyoneHistory, store } = kind;
    this.#medium = {
      clock,
      show,
      count,
      pipeBytes,
      congestedBytes: limits.congestedBytes,
      congestedOwnBytes: limits.congestedOwnBytes,
    };
    this.disk = new Disk(clock, diceOf(seed, "disk"), show, count, {
      nameHoldMs,
      limits: limits.store,
      everyoneHistory,
      ...store,
    });
    this.#door = doorOf(() => this.#house);
    this.#gateDice = diceOf(seed, "gate");
    const ground = (name: string): Ground => ({
      clock,
      dice: diceOf(seed, name),
      show,
      count,
      connect: (device, dialect, query) => this.#connect(device, dialect, query),
    });
    this.devices = new Cast(diceOf(seed, "cast"), kind, ground).devices;
    if (kind.gate !== undefined) this.#giveAccounts(kind.gate);
  }

  /** At the shell, before the first house opens: to all, or where people can help themselves to some. */
  #giveAccounts({ registration }: GateKind): void {
    for (const { owner, name } of this.devices) {
      const isFirst = name.endsWith("/1") && owner.password !== undefined;
      if (!isFirst || (registration === "open" && this.#gateDice.percent(50))) continue;
      const { username, password = "" } = owner;
      this.disk.write(accountOf(username, password, this.clock.wall as WallMillis) as WritingCall);
    }
  }

  get house(): House | undefined {
    return this.#house;
  }

  /** Those that are not over, the oldest first. */
  wires(): readonly Wire[] {
    for (const wire of this.#wires) if (wire.isOver) this.#wires.delete(wire);
    return [...this.#wires];
  }

  startHouse(): void {
    if (this.#house !== undefined) return;
    const { record } = this.#options;
    const { gate } = this.kind;
    const session = this.disk.open();
    this.#house = new House(
      {
        clock: this.clock,
        show: this.#show,
        limits: this.kind.limits,
        record,
        gate: gate === undefined ? undefined : { kind: gate, dice: this.#gateDice },
      },
      session,
      () => this.crashHouse(),
    );
  }

  /** kill -9; soon it is started again. Devices learn of it at once, late, or by their own means. */
  crashHouse(): void {
    const house = this.#house;
    if (house === undefined) return;
    this.#house = undefined;
    const isUnheard = !this.isCalm && this.dice.percent(20);
    house.die(() => (isUnheard && this.dice.percent(50) ? undefined : this.dice.between(0, 100)));
    this.#startSoon();
  }

  /** SIGTERM, and soon the next one is started. */
  stopHouse(): void {
    const house = this.#house;
    house?.stop(() => {
      if (this.#house === house) this.#house = undefined;
      this.#startSoon();
    });
  }

  #startSoon(): void {
    this.clock.after(this.isCalm ? 0 : this.dice.between(0, 3_000), () => this.startHouse());
  }

  #connect(device: DeviceEnd, dialect: "simple" | "events", query: Readonly<Record<string, string>>): Wire {
    this.#wireCount += 1;
    const { leastMs, mostMs, burstMs } = this.kind.latency;
    // What comes within a burst arrives together.
    const latency = (): number => {
      const due = this.clock.at + this.#network.between(leastMs, mostMs);
      return Math.ceil(due / burstMs) * burstMs - this.clock.at;
    };
    const wire = new Wire(this.#wireCount, dialect, query, device, this.#door, this.#medium, latency);
    if (this.heldUntil > this.clock.at) wire.hold(this.heldUntil - this.clock.at);
    this.#wires.add(wire);
    return wire;
  }
}

/** Whoever lives in the house when somebody comes. */
function doorOf(house: () => House | undefined): HubEnd {
  return {
    connected: (wire) => house()?.connected(wire) ?? false,
    received: (wire, frame) => house()?.received(wire, frame),
    ponged: (wire) => house()?.ponged(wire),
    closed: (wire, clean) => house()?.closed(wire, clean),
    congested: (wire) => house()?.congested(wire),
    drained: (wire) => house()?.drained(wire),
  };
}

/** What goes on and on where nobody says anything. */
function isPing(frame: string): boolean {
  return frame.startsWith('{"type":"ping"') || frame.startsWith('{"type":"refresh"');
}
