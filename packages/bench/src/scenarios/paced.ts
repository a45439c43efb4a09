// An even stream of messages to a full room: how long each takes to each member, from the moment at which it was due, and
// what a delivery costs when there is nothing to batch.

import { mostPaced } from "../load/paced.js";
import type { OptionTable } from "../option-table.js";
import { BadUsage, roundOptions } from "../option-table.js";
import type { ReadyPeer } from "../peers/peer.js";
import { reference, titleOf } from "../peers/peers.js";
import { runLoad } from "../processes/load.js";
import { count, milliseconds, nanoseconds, ratio, share } from "../report/written.js";
import { messageOptions } from "./flooding.js";
import { notesOf, unequal } from "./peer-notes.js";
import type { PeerRounds } from "./rounds.js";
import { inTurn, ratioOf } from "./rounds.js";
import type { Found } from "./scenario.js";
import { atMost, scenario } from "./scenario.js";

/** The load must have time left, or it is itself what the messages wait for. */
const busy = 0.9;
const lateAtMost = 10;

const options = {
  ...roundOptions({ rounds: 3, seconds: 4, warmUp: 1.5 }),
  ...messageOptions,
  members: { type: "whole", default: 1000, least: 1, most: 9999, help: "they send in turn, and all receive" },
  perSecond: {
    type: "whole",
    default: 100,
    least: 1,
    most: 5000,
    help: "messages a second, at even distances",
  },
} as const satisfies OptionTable;

/** One peer in one round. */
export interface PacedFigures {
  readonly deliveriesPerSecond: number;
  readonly cpuNsPerDelivery: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  /** How late the load was in sending, at the worst. */
  readonly lateMs: number;
  readonly serverCpu: number;
  readonly loadBusy: number;
  readonly frameBytes: number;
}

export const paced = scenario({
  name: "paced",
  title: "100 messages a second to 1,000 members: latency, and CPU without batching",
  options,
  run: async (options, bench) => {
    const { members, perSecond, messageBytes, rounds, seconds, warmUp } = options;
    if ((seconds + warmUp) * perSecond > mostPaced)
      throw new BadUsage(`paced: (--seconds + --warm-up) × --per-second is at most ${count(mostPaced)}`);
    const frames = new Map<string, string>();
    const results = await inTurn(bench.peers, rounds, bench, async ({ name, dialect }, { port, cpu }) => {
      const times = { warmUpMs: warmUp * 1000, countedMs: seconds * 1000 };
      const plan = { port, dialect, members, messagesPerSecond: perSecond, messageBytes, ...times };
      const { count, serverCpu } = await runLoad("paced", plan, bench.cores.load, cpu);
      frames.set(name, count.frame);
      const deliveriesPerSecond = count.deliveries / count.seconds;
      const { p50, p99, p999, max } = count.latencyMs;
      return {
        deliveriesPerSecond,
        cpuNsPerDelivery: (serverCpu * 1e9) / deliveriesPerSecond,
        p50Ms: p50,
        p99Ms: p99,
        p999Ms: p999,
        maxMs: max,
        lateMs: count.lateMs,
        serverCpu,
        loadBusy: count.loadBusy,
        frameBytes: count.frameBytes,
      };
    });
    return pacedFound({ results, peers: bench.peers, frames }, options, [
      `${count(perSecond)} messages a second, in turn from ${count(members)} members, each to all of them; sent when they are due, whatever became of the last.`,
      `Medians of ${rounds} × ${seconds} s after ${warmUp} s of warm-up; a latency is from the moment a message was due to its arrival at one member.`,
    ]);
  },
});

export interface Paced {
  readonly results: readonly PeerRounds<PacedFigures>[];
  readonly peers: readonly ReadyPeer[];
  /** A delivered frame of each peer. */
  readonly frames: ReadonlyMap<string, string>;
}

/** What the rounds found, for people and machines. */
export function pacedFound(
  { results, peers, frames }: Paced,
  { members, perSecond }: { readonly members: number; readonly perSecond: number },
  done: readonly string[],
): Found {
  const stream = `paced, ${count(perSecond)}/s to ${count(members)}`;
  const to = (figure: keyof PacedFigures, peer: string, other: string) =>
    ratioOf(results, figure, peer, other);
  const bars = (figure: keyof PacedFigures, told: (value: number) => string) =>
    results.map(({ peer, median }) => ({
      label: titleOf(peer),
      value: median[figure],
      told: told(median[figure]),
      ours: peers.some(({ name, ours }) => name === peer && ours),
    }));
  return {
    figures: { results: results.map((result) => ({ ...result, frame: frames.get(result.peer) })) },
    done,
    table: [
      [
        "",
        "p50",
        "p99",
        "p99.9",
        "worst",
        "CPU/delivery",
        "to plain loop",
        "to Bun",
        "server CPU",
        "load busy",
        "frame",
      ],
      ...results.map(({ peer, median }) => [
        titleOf(peer),
        ...[median.p50Ms, median.p99Ms, median.p999Ms, median.maxMs].map(milliseconds),
        nanoseconds(median.cpuNsPerDelivery),
        ratio(to("cpuNsPerDelivery", peer, reference)),
        ratio(to("cpuNsPerDelivery", peer, "bun")),
        share(median.serverCpu),
        share(median.loadBusy),
        `${median.frameBytes.toFixed(0)} B`,
      ]),
    ],
    notes: ["proved: every member got every message once", ...unequal(frames), ...notesOf(results, doubts)],
    charts: [
      {
        title: `${stream}: server CPU per delivery`,
        bars: bars("cpuNsPerDelivery", nanoseconds),
      },
      { title: `${stream}: latency, p99`, bars: bars("p99Ms", milliseconds) },
    ],
    goals: [
      atMost("paced, SQLite: CPU per delivery", 1.15, "× Bun", to("cpuNsPerDelivery", "sqlite", "bun")),
      atMost("paced, SQLite: p99", 1, "× plain loop", to("p99Ms", "sqlite", reference)),
    ],
  };
}

function doubts({ serverCpu, loadBusy, lateMs }: PacedFigures): readonly string[] {
  return [
    ...(loadBusy >= busy ? ["the load had no time left: the latencies are its own"] : []),
    ...(serverCpu >= busy ? ["the server had no time left: messages waited for each other"] : []),
    ...(lateMs > lateAtMost
      ? [`the load itself was late in sending, by more than ${lateAtMost} ms; that counts`]
      : []),
  ];
}
