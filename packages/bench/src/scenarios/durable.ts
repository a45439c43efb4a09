// Sends that are acked only when they are on the disk: how many a second, and how long one waits for its ack. Few listen
// in two of the three, so that it is the way to the disk and back that is measured, and not the fan-out.

import type { FloodPlan } from "../load/flood.js";
import type { LatencySummary } from "../load/latencies.js";
import type { Values } from "../option-table.js";
import { roundOptions } from "../option-table.js";
import { memory, sqlite } from "../peers/chat-server.js";
import type { ReadyPeer } from "../peers/peer.js";
import { peers, titleOf } from "../peers/peers.js";
import type { Listening } from "../processes/listening.js";
import { runLoad } from "../processes/load.js";
import { count, milliseconds, nanoseconds, share } from "../report/written.js";
import type { PeerRounds } from "./rounds.js";
import { inTurn } from "./rounds.js";
import type { Bench, Found } from "./scenario.js";
import { atLeast, atMost, scenario } from "./scenario.js";

/** All that are in hear every message: these are the senders and the listeners. */
const many = { clients: 32, window: 64 };
const few = { clients: 4, window: 512 };
const messageBytes = 24;

const options = {
  ...roundOptions({ rounds: 3, seconds: 3, warmUp: 1.5 }),
  offered: {
    type: "whole",
    default: 20_000,
    least: 100,
    most: 1_000_000,
    help: "messages a second of the open loop",
  },
} as const;

export type DurableOptions = Values<typeof options>;

export interface FloodedFigures {
  readonly ackedPerSecond: number;
  readonly cpuNsPerAck: number;
  /** Shares of one core, 0 to 1. */
  readonly serverCpu: number;
  readonly loadBusy: number;
}

/** Milliseconds from when a message was due. */
export interface OfferedFigures extends Omit<LatencySummary, "count"> {
  readonly [figure: string]: number;
  /** How late the load wrote its messages, at the 99th percentile: so much of the latency is its own. */
  readonly loadLate: number;
  readonly serverCpu: number;
  readonly loadBusy: number;
}

export interface DurableRounds {
  readonly many: readonly PeerRounds<FloodedFigures>[];
  readonly few: readonly PeerRounds<FloodedFigures>[];
  readonly offered: readonly PeerRounds<OfferedFigures>[];
}

export const durable = scenario({
  name: "durable",
  title: "sends acked after fsync: how many, and how soon",
  peers: [memory.name, sqlite.name],
  options,
  run: async (options, bench) => {
    const flooded = (crowd: typeof many) =>
      inTurn(bench.peers, options.rounds, bench, (peer, server) =>
        flood(peer, server, crowd, options, bench),
      );
    bench.say("  32 clients, as many messages as they get acked");
    const manyRounds = await flooded(many);
    bench.say("  4 clients, as many messages as they get acked");
    const fewRounds = await flooded(few);
    bench.say(`  4 clients, ${count(options.offered)} messages a second`);
    const offered = await inTurn(bench.peers, options.rounds, bench, (peer, server) =>
      offer(peer, server, options, bench),
    );
    return durableFound({ many: manyRounds, few: fewRounds, offered }, options);
  },
});

async function flood(
  { dialect }: ReadyPeer,
  { port, cpu }: Listening,
  crowd: typeof many,
  { warmUp, seconds }: DurableOptions,
  { cores }: Bench,
): Promise<FloodedFigures> {
  const [warmUpMs, countedMs] = [warmUp * 1000, seconds * 1000];
  const talk = { audience: "everyone", messageBytes, acks: true, placed: true } as const;
  const plan: FloodPlan = { port, dialect, ...crowd, ...talk, warmUpMs, countedMs };
  const { count, serverCpu } = await runLoad("flood", plan, cores.load, cpu);
  const ackedPerSecond = count.messages / count.seconds;
  return {
    ackedPerSecond,
    cpuNsPerAck: (serverCpu * 1e9) / ackedPerSecond,
    serverCpu,
    loadBusy: count.loadBusy,
  };
}

async function offer(
  { dialect }: ReadyPeer,
  { port, cpu }: Listening,
  { warmUp, seconds, offered }: DurableOptions,
  { cores }: Bench,
): Promise<OfferedFigures> {
  const [warmUpMs, countedMs] = [warmUp * 1000, seconds * 1000];
  const { clients } = few;
  const plan = { port, dialect, clients, perSecond: offered, messageBytes, warmUpMs, countedMs };
  const { count, serverCpu } = await runLoad("offered", plan, cores.load, cpu);
  const { p50, p99, p999, max } = count.ackMs;
  return { p50, p99, p999, max, loadLate: count.lateMs.p99, serverCpu, loadBusy: count.loadBusy };
}

/** What the rounds found, for people and machines. */
export function durableFound(rounds: DurableRounds, options: DurableOptions): Found {
  const flooded = (title: string, all: readonly PeerRounds<FloodedFigures>[]) =>
    all.map(({ peer, median }) => [
      `${titleOf(peer)}: ${title}`,
      `${count(median.ackedPerSecond)}/s`,
      nanoseconds(median.cpuNsPerAck),
      "",
      "",
      "",
      share(median.serverCpu),
      share(median.loadBusy),
    ]);
  const offered = rounds.offered.map(({ peer, median }) => [
    `${titleOf(peer)}: 4 × 4, offered`,
    `${count(options.offered)}/s`,
    nanoseconds((median.serverCpu * 1e9) / options.offered),
    milliseconds(median.p50),
    milliseconds(median.p99),
    milliseconds(median.p999),
    share(median.serverCpu),
    share(median.loadBusy),
  ]);
  const acked = medianOf(rounds.many)?.ackedPerSecond;
  const latency = medianOf(rounds.offered);
  return {
    figures: { ...rounds },
    done: [
      `32 × 32 and 4 × 4: so many clients all send to everyone and all hear everything, ${many.window} or ${few.window} messages unacked each.`,
      `Offered: 4 clients send ${count(options.offered)} messages a second in turn, whatever the server does; a message's latency is from when it was due until its ack was read.`,
      `Medians of ${options.rounds} × ${options.seconds} s after ${options.warmUp} s of warm-up. A message has ${messageBytes} bytes, an id, no nonce.`,
    ],
    table: [
      ["", "acked", "CPU per ack", "p50", "p99", "p99.9", "server CPU", "load busy"],
      ...flooded("32 × 32", rounds.many),
      ...flooded("4 × 4", rounds.few),
      ...offered,
    ],
    notes: [
      "SQLite: an ack is sent when its message was committed with fsync; memory: when it stands in the log in memory",
      "proved: every message was acked and reached all; the offered ones were acked once each, in order, at as many places of the log without a hole",
      ...rounds.offered.map(
        ({ peer, median }) =>
          `${titleOf(peer)}: the load wrote its messages up to ${milliseconds(median.loadLate)} late (p99), which the latencies contain; the longest took ${milliseconds(median.max)}`,
      ),
    ],
    charts: [
      {
        title: "durable, 32 × 32: messages acked a second; more is better",
        bars: rounds.many.map(({ peer, median }) => ({
          label: titleOf(peer),
          value: median.ackedPerSecond,
          told: `${count(median.ackedPerSecond)}/s`,
          ours: peers.some(({ name, ours }) => name === peer && ours),
        })),
      },
    ],
    goals: [
      atLeast("durable, 32 × 32: acked after fsync", 100_000, "/s", acked),
      atMost(`durable, ${count(options.offered)}/s offered: p50`, 2, "ms", latency?.p50),
      atMost(`durable, ${count(options.offered)}/s offered: p99`, 20, "ms", latency?.p99),
    ],
  };
}

/** The goals are for what is on the disk. */
function medianOf<Measured extends object>(rounds: readonly PeerRounds<Measured>[]): Measured | undefined {
  return rounds.find(({ peer }) => peer === sqlite.name)?.median;
}
