// What befalls a world. Each fault begins at a step and passes by itself after a while, or when calm comes.

import type { Alarm } from "./clock.ts";
import type { Device } from "./devices/device.ts";
import type { FaultName } from "./drawn/kind.ts";
import type { Break, Wire } from "./network/wire.ts";
import type { Town } from "./town.ts";

export class Faults {
  readonly #town: Town;
  /** What is to pass by itself. */
  readonly #passing = new Set<Alarm>();

  constructor(town: Town) {
    this.#town = town;
  }

  strike(): FaultName {
    const name = this.#town.dice.weighted(this.#town.kind.faults);
    this.#strikes[name]();
    return name;
  }

  /** Everything that was wrong is mended, and nothing new befalls. */
  calm(): void {
    const town = this.#town;
    for (const alarm of this.#passing) alarm.cancel();
    town.isCalm = true;
    town.heldUntil = 0;
    town.disk.trouble = undefined;
    town.disk.slowness = 1;
    town.disk.failsNext = false;
    for (const wire of town.wires()) {
      wire.release();
      wire.listens(true);
      // Of some the hub never learns but by its pings.
      if (wire.isBroken) wire.breaks({ deviceMs: 0, hubMs: town.dice.percent(50) ? 0 : undefined });
    }
    town.startHouse();
    for (const device of town.devices) device.wake();
  }

  readonly #strikes: Readonly<Record<FaultName, () => void>> = {
    cut: () => this.#break((dice) => ({ deviceMs: dice.between(0, 300), hubMs: dice.between(0, 300) })),
    halfOpen: () =>
      this.#break((dice) => ({
        deviceMs: dice.percent(50) ? dice.between(0, 300) : undefined,
        hubMs: dice.percent(30) ? dice.between(0, 3_000) : undefined,
      })),
    hole: () => this.#someWire()?.hold(this.#lasts(200, 4_000)),
    outage: () => {
      const { clock } = this.#town;
      const ms = this.#lasts(200, 4_000);
      this.#town.heldUntil = clock.at + ms;
      for (const wire of this.#town.wires()) wire.hold(ms);
    },
    slowReader: () => {
      const wire = this.#someWire();
      wire?.listens(false);
      this.#until(this.#lasts(100, 6_000), () => wire?.listens(true));
    },
    restart: () => {
      const device = this.#someDevice((one) => one.isRunning);
      device?.crash();
      this.#until(this.#lasts(0, 2_000), () => device?.isRunning === false && device.begin());
    },
    absence: () => {
      const device = this.#someDevice((one) => one.isRunning);
      device?.leave();
      this.#until(this.#away(), () => device?.isRunning === false && device.begin());
    },
    // Somebody else waits for a name, and the name is let go of.
    rival: () => {
      const rival = this.#someDevice((one) => one.name.endsWith("/rival"));
      if (rival === undefined) return;
      for (const device of this.#town.devices) {
        if (device.owner.username !== rival.owner.username || this.#town.dice.percent(50)) continue;
        device.leave();
        this.#until(this.#away(), () => !device.isRunning && device.begin());
      }
      if (!rival.isRunning) rival.begin();
    },
    slowStore: () => {
      const { disk } = this.#town;
      disk.slowness = 20;
      this.#until(this.#lasts(200, 3_000), () => {
        disk.slowness = 1;
      });
    },
    storageFull: () => this.#trouble("storage_full"),
    unavailable: () => this.#trouble("unavailable"),
    crash: () => this.#town.crashHouse(),
    commitFails: () => {
      this.#town.disk.failsNext = true;
      this.#until(500, () => {
        this.#town.disk.failsNext = false;
      });
    },
    stop: () => this.#town.stopHouse(),
    restore: () => {
      const { disk, dice } = this.#town;
      this.#town.crashHouse();
      disk.restore(Math.max(0, disk.commits - dice.between(0, Math.ceil(disk.commits / 2))));
    },
    wallJump: () => {
      const { clock, dice } = this.#town;
      clock.wrongBy += dice.of([-3_600_000, 3_600_000, -5_000, 5_000]);
    },
    pause: () => {
      const { clock, dice } = this.#town;
      clock.runUntil(clock.at + dice.of([1_500, 6_000, 30_000, 80_000]));
    },
  };

  #break(how: (dice: Town["dice"]) => Break): void {
    this.#someWire()?.breaks(how(this.#town.dice));
  }

  #trouble(trouble: "storage_full" | "unavailable"): void {
    const { disk } = this.#town;
    disk.trouble = trouble;
    this.#until(this.#lasts(100, 3_000), () => {
      disk.trouble = undefined;
    });
  }

  /** How long somebody stays away: long enough for a name to be lost, at times, but mostly for a few steps. */
  #away(): number {
    const { gapMs } = this.#town.kind;
    return this.#town.dice.percent(25) ? this.#lasts(0, 40_000) : this.#lasts(0, 20 * gapMs);
  }

  #lasts(leastMs: number, mostMs: number): number {
    return this.#town.dice.between(leastMs, mostMs);
  }

  #until(ms: number, passes: () => void): void {
    const alarm = this.#town.clock.after(ms, () => {
      this.#passing.delete(alarm);
      passes();
    });
    this.#passing.add(alarm);
  }

  #someWire(): Wire | undefined {
    const wires = this.#town.wires();
    return wires.length === 0 ? undefined : this.#town.dice.of(wires);
  }

  #someDevice(is: (device: Device) => boolean): Device | undefined {
    const devices = this.#town.devices.filter(is);
    return devices.length === 0 ? undefined : this.#town.dice.of(devices);
  }
}
