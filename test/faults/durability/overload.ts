// Fault 9: more than the server can do, in 512 MiB of memory: hundreds who say long things without end and
// read nothing of what they hear. It reads them more slowly, refuses what is over their rate in documented
// words, and those who keep to theirs are served. It does not grow past its memory.

import { setTimeout as pause } from "node:timers/promises";
import { refusals } from "chat-hub";
import type { RawSocket } from "../../support/raw-connection.ts";
import { reachWebSocket } from "../../support/raw-connection.ts";
import { frame } from "../../support/raw-frames.ts";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import type { Server } from "../load/server.ts";
import { startServer } from "../load/server.ts";
import type { Visitor } from "../load/visitor.ts";
import { visit } from "../load/visitor.ts";

const memoryBytes = 512 * 1024 * 1024;
/** A part of them for objects; what is read and written stands beside it. */
const nodeFlags = ["--max-old-space-size=256"];
const flooders = 150;
const floodMs = 15_000;
/** What each keeps waiting on its own side, so that it never stops. */
const aheadBytes = 128 * 1024;
/** What the one says at a time who reads the answers. */
const burst = 100;
const longText = "x".repeat(2_000);

export const overload: Fault = {
  number: 9,
  name: "overload in 512 MiB of memory",
  seconds: 30,
  async run() {
    await using server = await startServer({ nodeFlags });
    await using load = new Load(server, { senders: 10, paceMs: 150 });
    await load.acks(60);
    const sockets = await Promise.all(Array.from({ length: flooders }, (_, n) => flooderOf(server, n)));
    const witness = await visit(server.url, { username: "witness" });
    load.faultBegins();
    const flooding = flood(sockets);
    const told = await answersTo(witness);
    await flooding;
    load.faultEnds();
    for (const socket of sockets) socket.breaks();
    witness.breaks();
    await load.acks(60);
    const peak = server.memory()?.peak ?? 0;
    const broken = peak < memoryBytes ? [] : [`it had ${Math.round(peak / 1024 / 1024)} MiB in memory`];
    // What they have said is long, and is read out without the rates.
    await server.ends("SIGTERM");
    await server.start({ flags: ["--limits", "off"] });
    if (!told.has("rate_limited")) broken.push(`a flood is answered ${[...told.keys()]}`);
    for (const answer of told.keys())
      if (answer !== "ack" && !isPassing(answer)) broken.push(`a flood is answered ${answer}`);
    return await load.findings({
      load: `10 senders, 1 reader, ${flooders} flooders that don't read`,
      injected: `flooded for ${floodMs / 1_000} s`,
      broken,
      notes: [
        `one of them was answered ${[...told].map(([answer, count]) => `${count} ${answer}`).join(", ")}`,
      ],
    });
  },
};

async function flooderOf({ port }: Server, n: number): Promise<RawSocket> {
  const socket = await reachWebSocket(port, `/ws?username=flooder${n}`);
  socket.stopsReading();
  return socket;
}

async function flood(sockets: readonly RawSocket[]): Promise<void> {
  const until = performance.now() + floodMs;
  for (let n = 0; performance.now() < until; n += 1) {
    for (const [index, socket] of sockets.entries()) {
      if (socket.unsent > aheadBytes) continue;
      const payload = { message: `flooder${index} ${n} ${longText}` };
      socket.writes(frame(JSON.stringify({ type: "send_message", id: n, payload })));
    }
    await pause(1);
  }
}

/** Somebody who floods as well, and reads: what they are answered, and how often. */
async function answersTo(witness: Visitor): Promise<ReadonlyMap<string, number>> {
  const told = new Map<string, number>();
  const until = performance.now() + floodMs;
  let said = 0;
  const says = (): Promise<string> => {
    said += 1;
    return witness.tries("send_message", { message: `witness ${said}` });
  };
  while (performance.now() < until) {
    const tries = Array.from({ length: burst }, () => says());
    for (const answer of await Promise.all(tries)) told.set(answer, (told.get(answer) ?? 0) + 1);
  }
  return told;
}

/** A documented refusal after which one may try again. */
function isPassing(code: string): boolean {
  return code in refusals && refusals[code as keyof typeof refusals].retryable;
}
