// How a world ends: the faults stop, everybody comes back, and everything must come to rest; what is then
// in the logs is read once more; then everybody leaves, and nothing may be left behind.

import type { Orders } from "./deeds/orders.ts";
import type { Device } from "./devices/device.ts";
import type { Faults } from "./faults.ts";
import type { Sight } from "./observed.ts";
import { LawBroken } from "./observed.ts";
import type { Town } from "./town.ts";

/** By then everything has come to rest, and later by then everything is forgotten. */
const restMs = 600_000;
const forgetMs = 1_200_000;
/** Nothing is said for so long, beyond the grace of whoever was lost: that is rest. */
const quietMs = 3_000;
/** Whoever is not let in tries again after so long, so many times. */
const tryMs = 20_000;
const mostTries = 10;

export class Ending {
  readonly #town: Town;
  readonly #faults: Faults;
  readonly #orders: Orders;
  readonly #show: (sight: Sight) => void;

  constructor(town: Town, faults: Faults, orders: Orders, show: (sight: Sight) => void) {
    this.#town = town;
    this.#faults = faults;
    this.#orders = orders;
    this.#show = show;
  }

  run(): void {
    const { devices } = this.#town;
    this.#show({ type: "calm" });
    this.#faults.calm();
    // What calm has set going takes a moment to be seen.
    this.#town.quietSince = this.#town.clock.at;
    for (const device of devices) if (!device.isRunning && !device.name.endsWith("/rival")) device.begin();
    this.#rest();
    const online = devices.filter((device) => device.isOnline).map(({ name }) => name);
    this.#show({ type: "settled", online });
    this.#show({ type: "audited", lines: this.#town.disk.audited() });
    for (const device of devices) device.leave();
    this.#empty();
  }

  #rest(): void {
    const { clock, devices } = this.#town;
    const until = clock.at + restMs;
    let tries = 0;
    let nextTry = clock.at + tryMs;
    while (!this.#isAtRest()) {
      if (clock.at >= until) throw new LawBroken("L4", `it does not come to rest: ${this.#unrest()}`);
      clock.runUntil(clock.at + 500);
      this.#orders.calm();
      if (clock.at < nextTry || tries >= mostTries) continue;
      nextTry = clock.at + tryMs;
      tries += 1;
      for (const device of devices) {
        if (!device.isRunning || !device.isStuck) continue;
        device.crash();
        device.begin();
      }
    }
  }

  #isAtRest(): boolean {
    const { clock, quietSince, kind } = this.#town;
    return clock.at - quietSince >= quietMs + kind.limits.graceMs && this.#unrest() === undefined;
  }

  /** Who or what is not at rest. */
  #unrest(): string | undefined {
    const { devices, house } = this.#town;
    if (house === undefined) return "no hub";
    if (house.openAsks > 0) return `${house.openAsks} calls of the store are not answered`;
    const ghost = this.#town.wires().find((wire) => wire.isBroken);
    if (ghost !== undefined) return `an end of the broken wire ${ghost.number} has not found out`;
    const busy = devices.find((device) => !isAtRest(device));
    return busy && `${busy.name} ${busy.isOnline ? `has ${busy.unsettled} unsettled` : "is not online"}`;
  }

  #empty(): void {
    const { clock } = this.#town;
    const until = clock.at + forgetMs;
    const { house } = this.#town;
    const isBusy = (): boolean =>
      house !== undefined && (house.deadline() !== undefined || house.openAsks > 0);
    while (isBusy() && clock.at < until) clock.runUntil(clock.at + 1_000);
    this.#show({
      type: "empty",
      deadline: house?.deadline(),
      openAsks: house?.openAsks ?? 0,
      subscriptions: house?.subscriptions ?? 0,
    });
  }
}

function isAtRest(device: Device): boolean {
  return !device.isRunning || device.isStuck || (device.isOnline && device.unsettled === 0);
}
