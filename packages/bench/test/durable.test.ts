import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { offered, sentBy } from "../src/load/offered.js";
import { readOwn } from "../src/option-table.js";
import type { DurableRounds, FloodedFigures, OfferedFigures } from "../src/scenarios/durable.js";
import { durable, durableFound } from "../src/scenarios/durable.js";
import { standIn } from "./ws-stand-in.js";

const bench = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const clients = 3;

/** What the n-th message (from 0) is answered with: as many acks as places. */
type Places = (n: number) => readonly number[];

/** Offers 100 messages to a server that gives out places as it is told. */
async function offerTo(places: Places) {
  let messages = 0;
  const server = await standIn((client, others) => {
    client.on("message", (frame) => {
      const { id } = JSON.parse(String(frame)) as { id: number };
      for (const seq of places(messages++))
        client.send(JSON.stringify({ type: "ack", id, payload: { seq } }));
      for (const each of others) each.send('{"type":"new_message","payload":{"message":"hi"}}');
    });
  });
  try {
    const plan = { clients, perSecond: 1000, messageBytes: 24, warmUpMs: 50, countedMs: 50 } as const;
    return await offered({ port: server.port, dialect: "events", ...plan }, () => undefined);
  } finally {
    server.end();
  }
}

test("messages are offered at their rate, and each one's ack is timed", async () => {
  const count = await offerTo((n) => [n + 1]);
  expect(count.offered).toBe(50);
  expect(count.ackMs.count).toBe(50);
  expect(count.lateMs.count).toBe(50);
  expect(count.ackMs.p50).toBeGreaterThan(count.lateMs.p50);
});

test.each<[string, Places, RegExp]>([
  ["two messages at one place", (n) => [n === 60 ? 60 : n + 1], /100 acks name 99 places/],
  ["a hole", (n) => [n < 60 ? n + 1 : n + 2], /100 acks name 100 places, from 1 to 101/],
  ["an ack too many", (n) => (n === 60 ? [61, 61] : [n + 1]), /the ack of \d+ is missing/],
  ["an ack too few", (n) => (n === 60 ? [] : [n + 1]), /the ack of \d+ is missing/],
])("%s fails the run", async (_, places, reason) => {
  await expect(offerTo(places)).rejects.toThrow(reason);
});

test("clients send in turn", () => {
  expect([0, 1, 2].map((number) => sentBy(number, 7, 3))).toEqual([3, 2, 2]);
  expect([0, 1, 2].map((number) => sentBy(number, 1, 3))).toEqual([1, 0, 0]);
});

function rounds(peer: string, acked: number, p99: number): DurableRounds {
  const flooded: FloodedFigures = { ackedPerSecond: acked, cpuNsPerAck: 9000, serverCpu: 0.9, loadBusy: 0.1 };
  const latency: OfferedFigures = {
    p50: 1.5,
    p99,
    p999: 30,
    max: 40,
    loadLate: 0.1,
    serverCpu: 0.9,
    loadBusy: 0.1,
  };
  const of = <Measured extends object>(median: Measured) => [{ peer, median, rounds: [median] }];
  return { many: of(flooded), few: of(flooded), offered: of(latency) };
}

test("the goals are SQLite's: how many in the flood, how soon when offered", () => {
  const goals = (all: DurableRounds) =>
    durableFound(all, readOwn(durable.options, {}, false)).goals.map(({ held }) => held);
  expect(goals(rounds("sqlite", 110_000, 19))).toEqual([true, true, true]);
  expect(goals(rounds("sqlite", 90_000, 21))).toEqual([false, true, false]);
  expect(goals(rounds("memory", 110_000, 19))).toEqual([undefined, undefined, undefined]);
});

test("every message is acked by the real server", async () => {
  const args = ["--scenarios", "durable", "--peers", "sqlite", "--offered", "500"];
  const short = ["--rounds", "1", "--seconds", "0.3", "--warm-up", "0.1", "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, [bench, ...args, ...short]);
  const found = JSON.parse(stdout);
  for (const part of ["many", "few"])
    expect(found[part]).toMatchObject([
      { peer: "sqlite", median: { ackedPerSecond: expect.any(Number), serverCpu: expect.any(Number) } },
    ]);
  expect(found.offered[0].median.p99).toBeGreaterThan(0);
  expect(found.offered[0].median.p99).toBeGreaterThanOrEqual(found.offered[0].median.p50);
});
