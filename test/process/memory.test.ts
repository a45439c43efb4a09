// What a connection keeps, and that it keeps nothing once it has gone. Heaps are compared with each other,
// never with a number of bytes: those are another Node's tomorrow.

import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { heapOf, inspected } from "../fuzz/heap.ts";
import { eventually } from "../support/eventually.ts";
import type { RawSocket } from "../support/raw-connection.ts";
import { reachWebSocket } from "../support/raw-connection.ts";
import { frame } from "../support/raw-frames.ts";
import { temporaryFolder } from "../support/server-process.ts";
import type { Started } from "../support/server-start.ts";
import { startProcess } from "../support/server-start.ts";

const plainWs = join(import.meta.dirname, "plain-ws.js");
const goodbye = frame(Buffer.from([0x03, 0xe8]), { opcode: 8 });
/** Connections that are opened at the same time. */
const atOnce = 50;

function nameOf(who: string, number: number): string {
  return `somebody-called-${who}-${number}`;
}

/** As people connect: with a name of some length, and in a longer URL that nobody needs any more. */
function pathOf(name: string): string {
  return `/ws?username=${name}&token=the-secret-of-${name}&from=${"elsewhere".repeat(100)}`;
}

function ended(started: Started): Started {
  onTestFinished(async () => {
    started.child.kill("SIGKILL");
    await started.ended;
  });
  return started;
}

async function comeIn(port: number, count: number, who: string, first?: string): Promise<RawSocket[]> {
  const sockets: RawSocket[] = [];
  for (let number = 0; number < count; number += atOnce) {
    const coming = Array.from({ length: atOnce }, async (_, n) => {
      const socket = await reachWebSocket(port, pathOf(nameOf(who, number + n)));
      onTestFinished(() => socket.breaks());
      if (first !== undefined) await socket.frameWith(first);
      return socket;
    });
    sockets.push(...(await Promise.all(coming)));
  }
  return sockets;
}

/** Bytes of the heap for each of so many connections that say nothing. */
async function kept(started: Started, count: number, first?: string): Promise<number> {
  const port = await ended(started).port();
  await comeIn(port, atOnce, "first", first);
  const before = await heapOf(started.err());
  await comeIn(port, count, "many", first);
  return ((await heapOf(started.err())) - before) / count;
}

test("a connection with a session keeps less than 1.65 times of what one of `ws` alone keeps; with all that its user is to the memory store, 2.05 times", async () => {
  const count = 2_000;
  const plain = await kept(startProcess([], { program: plainWs, nodeFlags: inspected }), count);
  const ours = (store: string) => {
    const flags = ["--port", "0", "--store", store, "--data", temporaryFolder()];
    return kept(startProcess(flags, { nodeFlags: inspected }), count, '"welcome"');
  };
  expect((await ours("sqlite")) / plain).toBeLessThan(1.65);
  expect((await ours("memory")) / plain).toBeLessThan(2.05);
}, 60_000);

test("who has come, spoken and gone again leaves nothing", async () => {
  const flags = ["--port", "0", "--data", temporaryFolder()];
  const server = ended(startProcess(flags, { nodeFlags: inspected }));
  const port = await server.port();
  const visit = async (who: string, count: number) => {
    const sockets = await comeIn(port, count, who, '"welcome"');
    await Promise.all(
      sockets.map(async (socket, number) => {
        const payload = `{"message":"hello","to":"${nameOf(who, number)}"}`;
        socket.writes(frame(`{"type":"private_message","id":1,"payload":${payload}}`));
        await socket.frameWith('"type":"ack"');
        socket.writes(goodbye);
        await socket.untilEnd();
      }),
    );
  };
  // What is made once, for whoever is the first, is there now.
  await visit("warm", 200);
  await visit("warmer", 200);
  const before = await heapOf(server.err());
  const count = 1_000;
  for (const who of ["ada", "bob", "cid"]) await visit(who, count);
  // Their rates are full again some seconds later, and forgotten.
  await eventually(async () => ((await heapOf(server.err())) - before) / (3 * count)).toBeLessThan(200);
}, 60_000);
