// The built bench against the built peers: what it proves is tested, what it measures is not.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { Held } from "../src/scenarios/idle.js";
import { idleFound } from "../src/scenarios/idle.js";

const bench = fileURLToPath(new URL("../dist/main.js", import.meta.url));

function held(peer: string, rss: number, connections = 1000): Held {
  const empty = { rss: 50e6, heapTotal: 0, heapUsed: 10e6, external: 1e6, arrayBuffers: 0 };
  return {
    peer,
    connections,
    empty,
    full: { ...empty, rss: empty.rss + rss * connections, heapUsed: 10e6 + 3000 * connections },
  };
}

test("a connection's memory is what came with all of them, shared by their number", () => {
  const { table, goals } = idleFound([held("sqlite", 5000), held("plain-loop", 6250)], 1000, 10, 18);
  expect(table.map((row) => row.slice(0, 3))).toEqual([
    ["", "RSS per connection", "JS heap"],
    ["chat-server, SQLite", "5.00 KB", "3.00 KB"],
    ["plain ws loop", "6.25 KB", "3.00 KB"],
  ]);
  expect(goals.map(({ bound, value, held }) => [bound, value, held])).toEqual([
    ["≤ 5.6 KB", 5, true],
    ["≤ 1 × plain ws", 0.8, true],
  ]);
});

test("without one of the two, what is compared was not measured", () => {
  const { goals } = idleFound([held("plain-loop", 6250)], 1000, 10, 18);
  expect(goals.map(({ value }) => value)).toEqual([undefined, undefined]);
});

test("fewer connections than asked for are told", () => {
  expect(idleFound([held("sqlite", 5000)], 1000, 10, 18).notes).toHaveLength(2);
  expect(idleFound([held("sqlite", 5000)], 19_000, 10, 18).notes.join()).toContain("19,000 were asked for");
});

test("all are in, logged in, when the memory is read", async () => {
  const args = ["--scenarios", "idle", "--connections", "300", "--settle", "0.1", "--watch", "0.6", "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, [bench, ...args]);
  const { held }: { held: readonly Held[] } = JSON.parse(stdout);
  expect(held.map(({ peer, connections }) => [peer, connections])).toEqual([
    ["sqlite", 300],
    ["plain-loop", 300],
  ]);
  for (const { empty, full } of held) {
    expect(full.heapUsed - empty.heapUsed).toBeGreaterThan(300 * 1000);
    expect(full.rss).toBeGreaterThan(full.heapUsed);
  }
});
