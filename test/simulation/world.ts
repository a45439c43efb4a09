// A world from its first moment to its last: its people come, do things and suffer faults step by step;
// then calm comes, everything must come to rest, and at last everybody leaves. One seed decides it all.

import { peopleOf, roomsOf } from "./cast.ts";
import { Clock } from "./clock.ts";
import { Accounts } from "./deeds/accounts.ts";
import { Deeds } from "./deeds/deeds.ts";
import { Orders } from "./deeds/orders.ts";
import type { Device } from "./devices/device.ts";
import { diceOf } from "./drawn/dice.ts";
import type { FaultName } from "./drawn/kind.ts";
import { drawKind } from "./drawn/kind.ts";
import { Ending } from "./ending.ts";
import { Faults } from "./faults.ts";
import type { Recorder } from "./house/house.ts";
import { Knowledge } from "./knowledge.ts";
import type { Law, Observed, Sight } from "./observed.ts";
import { LawBroken } from "./observed.ts";
import { followed } from "./replay.ts";
import type { Counts } from "./report/tally.ts";
import { Tally } from "./report/tally.ts";
import { Town } from "./town.ts";

export interface WorldOptions {
  /** How often somebody does something or something befalls; 200 by default. */
  readonly steps?: number;
  /** The laws that look on; each is made anew for this world. */
  readonly laws?: readonly (() => Law)[];
  /** Only these faults; by default the seed draws them. */
  readonly faults?: readonly FaultName[];
  /** Sees everything, in order. */
  readonly watch?: (observed: Observed) => void;
  /** Each hub is told everything twice, and must do the same both times. */
  readonly replays?: boolean;
  readonly record?: Recorder;
}

export const defaultSteps = 200;

export interface WorldResult {
  readonly seed: number;
  readonly steps: number;
  /** How often what happened. */
  readonly counts: Counts;
  /** Virtual milliseconds from the first moment to the last. */
  readonly lastedMs: number;
  readonly broken?: Broken;
}

/** The law that did not hold, where, and what was seen last before it. */
export interface Broken {
  readonly law: string;
  readonly why: string;
  readonly step: number;
  readonly at: number;
  readonly last: readonly Observed[];
}

/** So many of the last things seen are told with a broken law. */
const lastSeen = 30;

export function simulate(seed: number, options: WorldOptions = {}): WorldResult {
  return new World(seed, options).run();
}

class World {
  readonly #seed: number;
  readonly #steps: number;
  readonly #options: WorldOptions;
  readonly #clock = new Clock();
  readonly #laws: readonly Law[];
  readonly #tally = new Tally();
  readonly #knowledge = new Knowledge();
  readonly #last: Observed[] = [];
  #step = 0;

  constructor(seed: number, options: WorldOptions) {
    this.#seed = seed;
    this.#steps = options.steps ?? defaultSteps;
    this.#options = options;
    this.#laws = (options.laws ?? []).map((law) => law());
  }

  run(): WorldResult {
    try {
      this.#live();
    } catch (error) {
      if (!(error instanceof LawBroken)) throw error;
      return { ...this.#result(), broken: this.#broken(error) };
    }
    return this.#result();
  }

  #live(): void {
    const dice = diceOf(this.#seed, "steps");
    const kind = drawKind(diceOf(this.#seed, "kind"), this.#options.faults);
    const show = (sight: Sight): void => this.#show(sight);
    const count = (what: string, times?: number): void => this.#tally.count(what, times);
    const record = this.#options.replays === true ? followed : this.#options.record;
    const town = new Town(this.#clock, { seed: this.#seed, kind, show, count, record });
    const faults = new Faults(town);
    const deeds = new Deeds(
      diceOf(this.#seed, "deeds"),
      kind,
      this.#knowledge,
      peopleOf(kind),
      roomsOf(kind),
    );
    const orders = new Orders(
      diceOf(this.#seed, "orders"),
      town,
      this.#knowledge,
      peopleOf(kind),
      roomsOf(kind),
    );
    const accounts = new Accounts(diceOf(this.#seed, "accounts"), town);
    town.startHouse();
    for (const device of town.devices) if (!device.name.endsWith("/rival")) device.begin();
    this.#clock.runUntil(2_000);
    deeds.prepare(town.devices.filter((device) => device.isOnline));
    this.#clock.runUntil(4_000);
    for (this.#step = 1; this.#step <= this.#steps; this.#step += 1) {
      if (!dice.percent(kind.atOnce)) {
        const ms = Math.floor(-Math.log(1 - dice.roll()) * kind.gapMs);
        this.#clock.runUntil(this.#clock.at + ms);
      }
      for (const device of town.devices) comesBack(device, dice.percent(5));
      if (dice.percent(kind.faulty)) count(`fault ${faults.strike()}`);
      else count(orders.act() ?? accounts.act() ?? `deed ${deeds.act(town.devices) ?? "of nobody"}`);
    }
    this.#step = this.#steps;
    new Ending(town, faults, orders, show).run();
  }

  #show(sight: Sight): void {
    const observed = { ...sight, at: this.#clock.at, wall: this.#clock.wall };
    this.#last.push(observed);
    if (this.#last.length > 2 * lastSeen) this.#last.splice(0, lastSeen);
    this.#knowledge.see(observed);
    this.#tally.see(observed);
    this.#options.watch?.(observed);
    if (sight.type === "threw") throw new LawBroken("L8", `${sight.where}: ${String(sight.error)}`);
    for (const law of this.#laws) law.see(observed);
  }

  #result(): WorldResult {
    return { seed: this.#seed, steps: this.#steps, counts: this.#tally.counts, lastedMs: this.#clock.at };
  }

  #broken({ law, message: why }: LawBroken): Broken {
    return { law, why, step: this.#step, at: this.#clock.at, last: this.#last.slice(-lastSeen) };
  }
}

/** Whoever was not let in tries again after a while. */
function comesBack(device: Device, isNow: boolean): void {
  if (!device.isRunning || !device.isStuck || !isNow) return;
  device.crash();
  device.begin();
}
