// A process of people who connect and say nothing, told by the process that started it when to come and
// when to be gone: a process can only have so many descriptors. `node crowd-process.ts PORT NAME COUNT`

import { once } from "node:events";
import type { Socket } from "node:net";
import { connect } from "node:net";
import { upgradeTo } from "../../support/raw-frames.ts";

/** What it is told, and answers with a `Count` when it is so. */
export type Order = "come" | "go";

export interface Count {
  /** Those who are in. */
  readonly here: number;
  /** Those who were let go of before they were told to go. */
  readonly lost: number;
}

/** How many are on their way in at a time: more would wait in the kernel anyway. */
const mostComing = 200;
const welcome = Buffer.from('{"type":"welcome"');

const [port, prefix, count] = process.argv.slice(2);
const names = Array.from({ length: Number(count) }, (_, index) => `${prefix}${index}`);
const sockets = new Set<Socket>();
let lost = 0;
let isGoing = false;

process.on("message", async (order: Order) => {
  if (order === "come") await come();
  else await go();
  process.send?.({ here: sockets.size, lost } satisfies Count);
});
process.on("disconnect", () => process.exit());

async function come(): Promise<void> {
  isGoing = false;
  const waiting = [...names];
  const usher = async (): Promise<void> => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) await enter(name);
  };
  await Promise.all(Array.from({ length: mostComing }, usher));
}

/** Resolves when it is in, or lost. */
function enter(name: string): Promise<void> {
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(upgradeTo(`/ws?username=${name}&token=${name}-has-a-long-secret`));
  socket.on("error", () => {});
  return new Promise((resolve) => {
    socket.on("data", (bytes: Buffer) => {
      if (sockets.has(socket) || !bytes.includes(welcome)) return;
      sockets.add(socket);
      resolve();
    });
    socket.on("close", () => {
      sockets.delete(socket);
      if (!isGoing) lost += 1;
      resolve();
    });
  });
}

/** All at once, without a goodbye. */
async function go(): Promise<void> {
  isGoing = true;
  const closed = [...sockets].map((socket) => once(socket, "close"));
  for (const socket of sockets) socket.resetAndDestroy();
  await Promise.all(closed);
}
