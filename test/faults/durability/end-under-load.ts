// Fault 6: SIGTERM while many talk. What was accepted is committed and acked, everybody is told when to come
// back, each at a time of their own, and the process ends with 0. A second SIGTERM ends it at once.

import { join } from "node:path";
import Database from "better-sqlite3";
import { WebSocket } from "ws";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import type { Server } from "../load/server.ts";
import { startServer } from "../load/server.ts";
import { visit } from "../load/visitor.ts";

const listeners = { short: 100, long: 1_000 };
const endMs = 30_000;
/** How soon the second signal must have done it. */
const atOnceMs = 500;

/** Somebody who only listens, and notes how they were sent away. */
class Listener {
  readonly closed: Promise<number>;
  /** `after_ms` of each `reconnect` that it was told. */
  readonly slots: number[] = [];
  readonly isIn: Promise<void>;

  constructor(url: string, name: string) {
    const socket = new WebSocket(`${url}/ws?username=${name}`, { perMessageDeflate: false });
    this.isIn = new Promise((resolve) => socket.once("message", () => resolve()));
    socket.on("error", () => {});
    socket.on("message", (bytes) => {
      const text = String(bytes);
      if (text.startsWith('{"type":"reconnect"')) this.slots.push(JSON.parse(text).payload.after_ms);
    });
    this.closed = new Promise((resolve) => socket.on("close", (code) => resolve(code)));
  }
}

export const endUnderLoad: Fault = {
  number: 6,
  name: "SIGTERM under load",
  seconds: 4,
  async run(_, size) {
    await using server = await startServer({ flags: ["--limits", "off"] });
    const people = Array.from(
      { length: listeners[size] },
      (_, index) => new Listener(server.url, `listener${index}`),
    );
    await Promise.all(people.map(({ isIn }) => isIn));
    await using load = new Load(server, { senders: 20, paceMs: 20 });
    await load.acks(200);
    load.faultBegins();
    const from = performance.now();
    const { code } = await server.ends("SIGTERM");
    const ms = Math.round(performance.now() - from);
    const broken = await faultsOfGoodbyes(people);
    if (code !== 0 || ms > endMs) broken.push(`SIGTERM ended it with ${code} after ${ms} ms`);
    await load.areClosed(1012);
    const stored = storedIn(server);
    if (stored !== load.acked) broken.push(`${stored} messages were stored, and ${load.acked} acked`);
    await server.start();
    load.faultEnds();
    await load.acks(100);
    broken.push(...(await faultsOfSecondSignal(server)));
    await server.start();
    return await load.findings({
      load: `20 senders, 1 reader, ${listeners[size].toLocaleString("en")} listeners`,
      injected: "once, and twice in a row",
      broken,
      notes: [`the end took ${ms} ms`],
    });
  },
};

async function faultsOfGoodbyes(people: readonly Listener[]): Promise<string[]> {
  const broken: string[] = [];
  const codes = new Set(await Promise.all(people.map(({ closed }) => closed)));
  if ([...codes].join() !== "1012") broken.push(`connections were closed with ${[...codes].join()}`);
  const untold = people.filter(({ slots }) => slots.length !== 1).length;
  if (untold > 0) broken.push(`${untold} were not told once when to come back`);
  const slots = new Set(people.flatMap((each) => each.slots));
  if (slots.size !== people.length) broken.push(`${people.length} were given ${slots.size} turns`);
  return broken;
}

function storedIn(server: Server): number {
  const database = new Database(join(server.folder, "chat.db"), { readonly: true });
  try {
    return Number(database.prepare("SELECT count(*) FROM entries").pluck().get());
  } finally {
    database.close();
  }
}

/** Somebody does not say goodbye, so the first signal alone would wait for them. */
async function faultsOfSecondSignal(server: Server): Promise<readonly string[]> {
  const mute = await visit(server.url, { username: "mute" });
  mute.stopsReading();
  server.gets("SIGTERM");
  await server.isStopping();
  const from = performance.now();
  const { code } = await server.ends("SIGTERM");
  const ms = performance.now() - from;
  mute.breaks();
  return code === 143 && ms < atOnceMs ? [] : [`a second SIGTERM ended it with ${code} after ${ms} ms`];
}
