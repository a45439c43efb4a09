// What a server that was started with --inspect holds, through the inspector's protocol: its heap after a
// collection that is asked for, so that what is left is held by somebody.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { WebSocket } from "ws";

/** For whoever starts the server. */
export const inspected: readonly string[] = ["--inspect=127.0.0.1:0"];

/** Bytes. `err` is what the server has said to whoever started it; its inspector names its door there. */
export async function heapOf(err: string): Promise<number> {
  const [door] = /ws:\/\/127\.0\.0\.1:\S+/.exec(err) ?? [];
  if (door === undefined) throw new Error("the server was not started with --inspect");
  const socket = new WebSocket(door);
  await once(socket, "open");
  try {
    await ask(socket, 1, "HeapProfiler.collectGarbage");
    const { usedSize } = (await ask(socket, 2, "Runtime.getHeapUsage")) as { usedSize: number };
    return usedSize;
  } finally {
    socket.terminate();
  }
}

async function ask(socket: WebSocket, id: number, method: string): Promise<unknown> {
  socket.send(JSON.stringify({ id, method }));
  for (;;) {
    const [bytes] = (await once(socket, "message")) as [Buffer];
    const answer = JSON.parse(String(bytes)) as { id?: number; result?: unknown };
    if (answer.id === id) return answer.result;
  }
}

/** Resident memory of a process, in bytes; nothing where there is no /proc. */
export function residentOf(pid: number): number | undefined {
  try {
    const [, pages] = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ");
    return Number(pages) * 4096;
  } catch {
    return undefined;
  }
}
