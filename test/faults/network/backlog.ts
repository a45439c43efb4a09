// Fault 19: people come to a long log and want to hear all of it, some of them over slow links. It is read
// to them page by page, as fast as they take it: the server keeps none of it, and nobody else waits.

import { frame } from "../../support/raw-frames.ts";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import { grown, slowed } from "../load/promises.ts";
import type { Server } from "../load/server.ts";
import { startServer } from "../load/server.ts";
import { Lines } from "./lines.ts";
import { Player } from "./player.ts";

const backlog = { short: 10_000, long: 100_000 };
const atOnce = 1_000;
const comers = { readers: 8, cores: 2 };
/** What all readers' links let through: so slowly that what were kept for them would show. */
const slow = { bytesPerSecond: 2_000_000 };
/** An ack within so long leaves a chat usable, where those who resume share the machine. */
const usableMs = 2_000;
const patienceMs = 300_000;

export const longBacklog: Fault = {
  number: 19,
  name: "a resume over 100,000 messages",
  seconds: 12,
  async run(_seed, size) {
    await using server = await startServer({ flags: ["--limits", "off"] });
    await fill(server, backlog[size]);
    await using lines = new Lines(server.port, (_, link) => link.down.sets(slow));
    // What the first who come make of the heap is not what is kept for them; the next may add nothing.
    await using first = await come(server, lines, "first-");
    await hear(first, backlog[size]);
    await first.settles();
    await using load = new Load(server, { senders: 20, readers: 0, paceMs: 50 });
    await load.acks(1_000);
    load.faultBegins();
    const before = server.memory();
    await using late = await come(server, lines, "late-");
    const seconds = await hear(late, backlog[size]);
    const memory = server.memory();
    load.faultEnds();
    await load.acks(1_000);
    await late.settles();
    const injected = `${comers.readers + comers.cores} people resume over ${backlog[size].toLocaleString("en")} messages, twice`;
    const notes = [`all of it was heard after ${seconds.toFixed(1)} s`];
    const findings = await load.findings({ injected, notes }, first, late);
    return {
      ...findings,
      broken: [...findings.broken, ...grown(before, memory), ...slowed(findings.latency, usableMs)],
    };
  },
};

/** They come to all that there is: readers over slow links, and client cores, which also have much to say. */
async function come(server: Server, lines: Lines, name: string): Promise<Load> {
  const readers = Array.from({ length: comers.readers }, (_, index) => `${name}reader${index}`);
  await lines.open(readers);
  return new Load(server, {
    ...comers,
    name,
    senders: 0,
    paceMs: 50,
    patienceMs,
    url: (name) => (readers.includes(name) ? lines.url(name) : server.url),
  });
}

/** How many seconds it took until all of them had heard so much. */
async function hear(load: Load, count: number): Promise<number> {
  const begun = performance.now();
  await Promise.all(load.listeners.map((each) => each.reaches(count, patienceMs)));
  return (performance.now() - begun) / 1_000;
}

/** Says so many messages as fast as they are taken. */
async function fill(server: Server, count: number): Promise<void> {
  const filler = await Player.connect(server.port, "/v1/ws?username=filler");
  for (let said = 0; said < count; said += atOnce) {
    const lines = Array.from({ length: atOnce }, (_, n) => `{"message":"filler ${said + n}","id":"${n}"}`);
    await filler.says(
      lines.map((line) => frame(line)),
      [String(atOnce - 1)],
    );
  }
  await filler.leaves();
}
