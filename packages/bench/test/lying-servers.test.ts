// A load must not count for a server that loses, doubles or swaps what it delivers, to one of its clients only.
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import type { FloodPlan } from "../src/load/flood.js";
import { flood } from "../src/load/flood.js";

/** Gives what to send instead of the n-th frame to one of the clients. */
type Lie = (n: number, frame: string) => readonly string[];

let held = "";
const lies: Readonly<Record<string, Lie>> = {
  loses: (n, frame) => (n === 3 ? [] : [frame]),
  doubles: (n, frame) => (n === 3 ? [frame, frame] : [frame]),
  swaps: (n, frame) => {
    if (n === 3) held = frame;
    return n === 3 ? [] : n === 4 ? [frame, held] : [frame];
  },
};

async function serve(lie: Lie): Promise<number> {
  const clients: WebSocket[] = [];
  let seq = 0;
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => {
    for (const client of clients) client.terminate();
    server.close();
  });
  server.on("connection", (client) => {
    clients.push(client);
    client.send('{"type":"welcome"}');
    client.on("message", (said) => {
      const { message } = JSON.parse(String(said)).payload;
      seq += 1;
      const frame = JSON.stringify({ type: "new_message", payload: { message, seq } });
      // The first message only proves that all are in.
      for (const [number, each] of clients.entries())
        for (const line of number === 1 ? lie(seq - 2, frame) : [frame]) each.send(line);
    });
  });
  await new Promise((resolve) => server.once("listening", resolve));
  return (server.address() as AddressInfo).port;
}

function plan(port: number): FloodPlan {
  return {
    port,
    dialect: "events",
    clients: 3,
    audience: "everyone",
    window: 4,
    messageBytes: 24,
    acks: false,
    placed: true,
    warmUpMs: 50,
    countedMs: 100,
  };
}

test("an honest server is counted", async () => {
  const port = await serve((_, frame) => [frame]);
  const marks: string[] = [];
  const count = await flood(plan(port), (mark) => marks.push(mark));
  expect(marks).toEqual(["counting", "counted"]);
  expect(count.deliveries).toBeGreaterThan(0);
  expect(count.checked).toBeGreaterThan(0);
});

test.each(Object.keys(lies))("a server that %s one frame for one client is found out", async (kind) => {
  const port = await serve(lies[kind] as Lie);
  await expect(flood(plan(port), () => undefined)).rejects.toThrow(
    /client 1: frame 4 carries place \d+ of the log/,
  );
});
