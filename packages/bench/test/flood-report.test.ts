import { expect, test } from "vitest";
import type { Options } from "../src/options.js";
import { readOptions } from "../src/options.js";
import { floodReport } from "../src/report/flood-report.js";
import type { PeerResult, Round } from "../src/scenarios/flood.js";

function options(): Options {
  const read = readOptions(["--rounds", "2"]);
  if (read === "help") throw new Error("no help was asked for");
  return read;
}

function result(peer: string, figures: Partial<Round>, frame: string): PeerResult {
  const median: Round = {
    deliveriesPerSecond: 4_519_115,
    messagesPerSecond: 141_222,
    cpuNsPerDelivery: 200,
    cpuRatio: 0.025,
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
  return { peer, median, rounds, frame };
}

function report(...results: readonly PeerResult[]): string {
  return floodReport({ scenario: "flood", cpuSource: "a clock", results }, options(), { server: 1, load: 0 });
}

const plain = result("plain-loop", { cpuNsPerDelivery: 8000, cpuRatio: 1 }, '{"seq":17}');

test("a row says what a delivery costs, how far the rounds lie apart, and the ratio to the plain loop", () => {
  const lines = report(result("memory", {}, '{"seq":9}'), plain).split("\n");
  const cells = (title: string) => lines.find((line) => line.startsWith(title))?.split(/ {2,}/);
  expect(cells("chat-server, memory store")).toEqual([
    "chat-server, memory store",
    "4,519,115",
    "141,222",
    "200 ns",
    "180–220 ns",
    "1/40.0",
    "98 %",
    "16 %",
    "166 B",
  ]);
  expect(cells("plain ws loop")?.[5]).toBe("1.00");
});

test("whoever delivers other bytes than the plain loop is named; figures may differ", () => {
  expect(report(result("memory", {}, '{"seq":9}'), plain)).not.toContain("other bytes");
  expect(report(result("memory", {}, '{"place":9}'), plain)).toContain(
    'chat-server, memory store sends other bytes: {"place":9} instead of {"seq":17}',
  );
});

test("what limited the deliveries is said, unless it was the server", () => {
  const told = (figures: Partial<Round>) => report(result("memory", figures, '{"seq":9}'), plain);
  expect(told({})).not.toContain("limited");
  expect(told({ serverCpu: 0.5, loadBusy: 0.99 })).toContain("memory store: the load generator limited");
  expect(told({ serverCpu: 0.5, loadBusy: 0.5 })).toContain("memory store: neither side was busy");
});
