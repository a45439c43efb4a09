// Fault 18: everybody has two devices, one of them behind a slow link that breaks; both speak, both hear,
// both read. They hear the same in the same order, and agree how far their person has read.

import { setTimeout as pause } from "node:timers/promises";
import { between, chanceOf, oneOf } from "../../support/chance.ts";
import type { Fault } from "../fault.ts";
import { CoreClient } from "../load/core-client.ts";
import { Latencies } from "../load/latency.ts";
import { Load } from "../load/load.ts";
import type { Server } from "../load/server.ts";
import { startServer } from "../load/server.ts";
import { Lines } from "./lines.ts";

const people = 5;
const breaks = { short: 10, long: 300 };
const slow = { delayMs: 10, jitterMs: 40 };
/** How long it may take until all devices know what one has read. */
const agreedMs = 8_000;

export const twoDevices: Fault = {
  number: 18,
  name: "two devices of one person, one of them behind a slow link that breaks",
  seconds: 4,
  async run(seed, size) {
    const chance = chanceOf(seed);
    await using server = await startServer({ flags: ["--limits", "off"] });
    await using lines = new Lines(server.port, (_, link) => link.sets(slow));
    const slowNames = Array.from({ length: people }, (_, index) => `core${index}/phone`);
    await lines.open(slowNames);
    await using load = new Load(server, {
      senders: 5,
      cores: people,
      devices: ["phone", "desk"],
      paceMs: 20,
      coreLimits: { backoffMs: 50, backoffCapMs: 200 },
      url: (name) => (name.endsWith("phone") ? lines.url(name) : server.url),
    });
    const readTo = new Map<string, number>();
    /** Somebody reads a part of what is there on one of the devices. */
    function read(): void {
      const device = oneOf(chance, load.cores);
      if (device === undefined || device.cursor === 0) return;
      const seq = between(chance, 1, device.cursor);
      readTo.set(device.username, Math.max(seq, readTo.get(device.username) ?? 0));
      device.reads(seq);
    }
    await load.acks(100);
    load.faultBegins();
    for (let broken = 0; broken < breaks[size]; broken += 1) {
      for (let reads = 0; reads < 5; reads += 1) {
        await pause(between(chance, 1, 40));
        read();
      }
      lines.of(oneOf(chance, slowNames) ?? "").breaks();
    }
    load.faultEnds();
    await load.acks(100);
    await load.settles();
    const broken: string[] = [];
    for (const [username, seq] of readTo) broken.push(...(await disagreements(server, load, username, seq)));
    return await load.findings({
      injected: `${breaks[size]} links broken, ${5 * breaks[size]} times read on one device`,
      broken,
    });
  },
};

/** What is not the same on all devices of somebody who has read up to `seq`, and on one that comes now. */
async function disagreements(server: Server, load: Load, username: string, seq: number): Promise<string[]> {
  const third = new CoreClient({
    username,
    device: "third",
    url: server.url,
    chance: chanceOf(seq),
    latencies: new Latencies(),
    ahead: 0,
  });
  const devices = [...load.cores.filter((core) => core.username === username), third];
  const told = (): string[] =>
    devices.map(({ standing }) => `${standing?.head}, ${standing?.read}, ${standing?.unread}`);
  const isAgreed = (): boolean =>
    new Set(told()).size === 1 && devices.every(({ standing }) => (standing?.read ?? 0) >= seq);
  const until = performance.now() + agreedMs;
  while (!isAgreed() && performance.now() < until) await pause(20);
  third.leaves();
  if (isAgreed()) return [];
  return [`${username} read up to ${seq}; head, read and unread on its devices: ${told().join(" / ")}`];
}
