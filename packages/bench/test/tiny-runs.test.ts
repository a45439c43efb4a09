// The built bench for a moment, against every peer that is at hand: what its loads prove is tested, what they measure is not.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { Result } from "../src/report/result.js";
import type { FloodFigures } from "../src/scenarios/flooding.js";
import type { PacedFigures } from "../src/scenarios/paced.js";
import type { PeerRounds } from "../src/scenarios/rounds.js";

const bench = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const moment = ["--rounds", "1", "--seconds", "0.5", "--warm-up", "0.1", "--json"];

interface Line<Figures> extends Pick<Result, "scenario" | "about"> {
  readonly results: readonly (PeerRounds<Figures extends object ? Figures : never> & {
    readonly frame: string;
  })[];
  readonly goals: readonly { readonly name: string; readonly told: string }[];
}

async function run<Figures = FloodFigures>(
  scenario: string,
  ...args: readonly string[]
): Promise<Line<Figures>> {
  const command = [bench, "--scenarios", scenario, ...moment, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, command);
  const lines = stdout.trim().split("\n");
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? "");
}

const few = ["--clients", "3", "--window", "4"];

test.each([[[]], [["--acks"]]])("every client of the plain loop gets every message %j", async (args) => {
  const { results } = await run("flood", "--peers", "plain-loop", ...few, ...args);
  const [plain] = results;
  expect(results).toHaveLength(1);
  expect(plain).toMatchObject({ peer: "plain-loop" });
  expect(plain?.median.checked).toBeGreaterThan(0);
  expect(plain?.median.messagesPerSecond).toBeGreaterThan(0);
  expect(JSON.parse(plain?.frame ?? "")).toMatchObject({
    type: "new_message",
    payload: { conversation: "everyone" },
  });
});

test("a crowd of ours gets every message, and its goal waits for a peer that is not there", async () => {
  const { results, goals } = await run("crowd", "--peers", "sqlite", "--members", "40");
  expect(results.map(({ peer }) => peer)).toEqual(["sqlite", "plain-loop"]);
  for (const { median } of results) expect(median.cpuNsPerDelivery).toBeGreaterThan(0);
  expect(goals).toEqual([expect.objectContaining({ told: "not measured" })]);
});

test("both of every pair get what one of them says, and nobody else does", async () => {
  const { results } = await run("pairs", "--peers", "memory", "--pairs", "20");
  const [memory, plain] = results;
  expect(memory?.median.checked).toBeGreaterThan(0);
  const shape = (frame = "") => frame.replace(/\d+/g, "0");
  expect(JSON.parse(memory?.frame ?? "").payload.to).toMatch(/^b\d{5}$/);
  expect(shape(memory?.frame)).toBe(shape(plain?.frame));
});

test("a paced message reaches every member, and how long it took is known of each", async () => {
  const { results } = await run<PacedFigures>(
    "paced",
    "--peers",
    "sqlite",
    "--members",
    "20",
    "--per-second",
    "50",
  );
  for (const { median } of results) {
    const { p50Ms, p99Ms, p999Ms, maxMs, deliveriesPerSecond } = median;
    const times = [p50Ms, p99Ms, p999Ms, maxMs];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(p50Ms).toBeGreaterThan(0);
    // 50 messages a second to 20, however fast the machine is; its first and last may lie on either side of a mark.
    expect(deliveriesPerSecond).toBeGreaterThan(500);
    expect(deliveriesPerSecond).toBeLessThan(1500);
  }
});

test.each([
  ["flood", few],
  ["pairs", ["--pairs", "5"]],
])(
  "nats-server, where there is one, delivers everything too, and is named where there is none: %s",
  async (scenario, args) => {
    const { results, about } = await run(scenario, "--peers", "nats", ...args);
    const nats = results.find(({ peer }) => peer === "nats");
    expect([about.absent[0]?.peer, nats?.peer].filter(Boolean)).toEqual(["nats"]);
    if (nats === undefined) return;
    expect(nats.median.deliveriesPerSecond).toBeGreaterThan(0);
    expect(JSON.parse(nats.frame).payload.message).toMatch(/^~\d{4} the quick/);
  },
);

test("more messages than can be told apart are refused before anything is started", async () => {
  await expect(run("paced", "--per-second", "5000", "--seconds", "3")).rejects.toMatchObject({
    stderr: expect.stringContaining("paced: (--seconds + --warm-up) × --per-second is at most 10,000"),
  });
});

test("each scenario is one line, with what is needed to believe it; one that can't be run does not take the others with it", async () => {
  const growth = ["--messages", "2000", "--repeats", "10"];
  const tooMany = ["--per-second", "5000", "--seconds", "2.1"];
  const command = [
    bench,
    "--json",
    "--scenarios",
    "flood,paced,growth",
    "--peers",
    "plain-loop",
    ...few,
    ...growth,
  ];
  const run = promisify(execFile)(process.execPath, [
    ...command,
    ...tooMany,
    "--rounds",
    "1",
    "--warm-up",
    "0.1",
  ]);
  const { code, stdout } = (await run.catch((error: unknown) => error)) as { code?: number; stdout: string };
  expect(code).toBe(1);
  const lines: readonly Result[] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ scenario }) => scenario)).toEqual(["flood", "growth"]);
  for (const { goals, options, about, told } of lines) {
    expect(goals.length).toBeGreaterThan(0);
    expect(Object.keys(options).length).toBeGreaterThan(0);
    expect(about).toMatchObject({ machine: { node: process.version }, absent: [], profiled: false });
    expect(told.table.length).toBeGreaterThan(1);
  }
  expect(lines[0]?.about.peers).toEqual([
    expect.objectContaining({ name: "plain-loop", version: expect.stringMatching(/^ws \d/) }),
  ]);
});
