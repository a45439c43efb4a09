import { expect, test } from "vitest";
import type { ReadyPeer } from "../src/peers/peer.js";
import { peers } from "../src/peers/peers.js";
import type { FloodFigures } from "../src/scenarios/flooding.js";
import { floodFound } from "../src/scenarios/flooding.js";
import type { PeerRounds } from "../src/scenarios/rounds.js";
import type { Found } from "../src/scenarios/scenario.js";
import { atMost } from "../src/scenarios/scenario.js";

function result(peer: string, figures: Partial<FloodFigures>): PeerRounds<FloodFigures> {
  const median: FloodFigures = {
    deliveriesPerSecond: 4_519_115,
    messagesPerSecond: 141_222,
    cpuNsPerDelivery: 200,
    serverCpu: 0.98,
    loadBusy: 0.16,
    frameBytes: 165.6,
    checked: 7,
    ...figures,
  };
  const { cpuNsPerDelivery } = median;
  const rounds = [cpuNsPerDelivery * 0.9, cpuNsPerDelivery * 1.1].map((ns) => ({
    ...median,
    cpuNsPerDelivery: ns,
  }));
  return { peer, median, rounds };
}

const plain = result("plain-loop", { cpuNsPerDelivery: 8000 });

function foundOf(memory: Partial<FloodFigures>, frame = '{"seq":9}'): Found {
  const frames = new Map([
    ["memory", frame],
    ["plain-loop", '{"seq":17}'],
  ]);
  const ready: ReadyPeer[] = peers.map((peer) => ({ ...peer, command: () => [] }));
  const words = {
    done: ["It rained."],
    notes: ["wet"],
    title: "rain",
    goals: (to: (peer: string, other: string) => number | undefined) => [
      atMost("rain", 0.7, "× plain loop", to("memory", "plain-loop")),
      atMost("rain", 0.7, "× Bun", to("memory", "bun")),
    ],
  };
  return floodFound(
    { results: [result("memory", memory), plain], peers: ready, frames },
    { acks: false },
    words,
  );
}

test("a row says what a delivery costs, how far the rounds lie apart, and the ratio to the plain loop", () => {
  const { table } = foundOf({});
  expect(table[1]?.slice(0, 7)).toEqual([
    "chat-server, memory store",
    "4,519,115",
    "141,222",
    "200 ns",
    "180–220 ns",
    "1/40.0",
    "–",
  ]);
  expect(table[1]?.slice(-3)).toEqual(["98 %", "16 %", "166 B"]);
  expect(table[2]?.[5]).toBe("1.00");
});

test("the picture gets a bar for each peer, ours told apart", () => {
  expect(foundOf({}).charts[0]?.bars).toEqual([
    { label: "chat-server, memory store", value: 200, told: "200 ns", ours: true },
    { label: "plain ws loop", value: 8000, told: "8,000 ns", ours: false },
  ]);
});

test("whoever delivers other bytes than the plain loop is named; figures may differ", () => {
  expect(foundOf({}).notes.join("\n")).not.toContain("other bytes");
  expect(foundOf({}, '{"place":9}').notes).toContain(
    'chat-server, memory store sends other bytes: {"place":9} instead of {"seq":17}',
  );
});

test("what limited the deliveries is said, unless it was the server", () => {
  const told = (figures: Partial<FloodFigures>) => foundOf(figures).notes.join("\n");
  expect(told({})).not.toContain("limited");
  expect(told({ serverCpu: 0.5, loadBusy: 0.99 })).toContain("memory store: the load generator limited");
  expect(told({ serverCpu: 0.5, loadBusy: 0.5 })).toContain("memory store: neither side was busy");
});

test("what is to be said of several is said once", () => {
  const ready: ReadyPeer[] = peers.map((peer) => ({ ...peer, command: () => [] }));
  const idle = { serverCpu: 0.5, loadBusy: 0.5 };
  const results = [result("memory", idle), result("sqlite", idle), plain];
  const words = { done: [], notes: [], title: "", goals: () => [] };
  const { notes } = floodFound({ results, peers: ready, frames: new Map() }, { acks: false }, words);
  expect(notes.filter((note) => note.includes("neither side"))).toEqual([
    expect.stringMatching(/^chat-server, memory store, chat-server, SQLite: neither side was busy/),
  ]);
});

test("a goal whose peer was not there is not decided", () => {
  expect(foundOf({}).goals).toMatchObject([{ held: true }, { told: "not measured" }]);
});
