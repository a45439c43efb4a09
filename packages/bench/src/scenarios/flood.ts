// The flood over all peers: rounds in turn, each with fresh servers, so that what slows the machine for a while slows all
// of them; then medians, and ratios of the rounds to the plain loop in the same round.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FloodPlan } from "../load/flood.js";
import type { Options } from "../options.js";
import type { Peer } from "../peers/peer.js";
import { peers, reference } from "../peers/peers.js";
import type { Cores } from "../processes/cores.js";
import { pinned } from "../processes/cores.js";
import { listening, nodeFlags } from "../processes/listening.js";
import type { Measured } from "../processes/load.js";
import { runLoad } from "../processes/load.js";
import { median } from "../report/median.js";

/** One peer in one round. */
export interface Round {
  readonly deliveriesPerSecond: number;
  readonly messagesPerSecond: number;
  readonly cpuNsPerDelivery: number;
  /** To the plain loop's in the same round. */
  readonly cpuRatio: number;
  /** Shares of one core, 0 to 1. */
  readonly serverCpu: number;
  readonly loadBusy: number;
  readonly frameBytes: number;
  /** Delivered frames whose place in the log was read and was the right one. */
  readonly checked: number;
}

export interface PeerResult {
  readonly peer: string;
  readonly median: Round;
  readonly rounds: readonly Round[];
  /** A delivered frame. */
  readonly frame: string;
}

export interface FloodResult {
  readonly scenario: "flood";
  readonly cpuSource: string;
  readonly results: readonly PeerResult[];
}

type Measurement = Omit<Round, "cpuRatio">;

/** @param say is told what is going on */
export async function floodAll(
  options: Options,
  cores: Cores,
  say: (line: string) => void,
): Promise<FloodResult> {
  const chosen = peers.filter((peer) => options.peers.includes(peer.name));
  const rounds = new Map<string, Round[]>(chosen.map(({ name }) => [name, []]));
  const frames = new Map<string, string>();
  let cpuSource = "";
  for (let round = 1; round <= options.rounds; round++) {
    const measured = new Map<string, Measurement>();
    for (const peer of chosen) {
      say(`round ${round} of ${options.rounds}: ${peer.title}`);
      const { measurement, frame, source } = await measure(peer, options, cores);
      measured.set(peer.name, measurement);
      frames.set(peer.name, frame);
      cpuSource = source;
    }
    const base = measured.get(reference)?.cpuNsPerDelivery ?? Number.NaN;
    for (const [name, each] of measured) {
      rounds.get(name)?.push({ ...each, cpuRatio: each.cpuNsPerDelivery / base });
    }
  }
  return {
    scenario: "flood",
    cpuSource,
    results: chosen.map(({ name }) => {
      const all = rounds.get(name) ?? [];
      return { peer: name, median: medians(all), rounds: all, frame: frames.get(name) ?? "" };
    }),
  };
}

async function measure(peer: Peer, options: Options, cores: Cores) {
  const folder = await mkdtemp(join(tmpdir(), "chat-bench-"));
  try {
    const node = [process.execPath, ...nodeFlags(options.profile)];
    const server = await listening(pinned(cores.server, peer.command({ folder, node })));
    try {
      const measured = await runLoad(planFor(peer, server.port, options), cores.load, server.cpu);
      return { measurement: figures(measured), frame: measured.count.frame, source: server.cpu.source };
    } catch (error) {
      throw new Error(
        `${peer.title}: ${error instanceof Error ? error.message : error}\n${server.said()}`.trimEnd(),
      );
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function planFor(peer: Peer, port: number, options: Options): FloodPlan {
  const { clients, window, messageBytes, acks, warmUp, seconds } = options;
  const { dialect } = peer;
  return {
    port,
    dialect,
    clients,
    window,
    messageBytes,
    acks,
    warmUpMs: warmUp * 1000,
    countedMs: seconds * 1000,
  };
}

function figures({ count, serverCpu }: Measured): Measurement {
  const deliveriesPerSecond = count.deliveries / count.seconds;
  return {
    deliveriesPerSecond,
    messagesPerSecond: count.messages / count.seconds,
    cpuNsPerDelivery: (serverCpu * 1e9) / deliveriesPerSecond,
    serverCpu,
    loadBusy: count.loadBusy,
    frameBytes: count.frameBytes,
    checked: count.samples,
  };
}

function medians(rounds: readonly Round[]): Round {
  const of = (figure: keyof Round) => median(rounds.map((round) => round[figure]));
  return {
    deliveriesPerSecond: of("deliveriesPerSecond"),
    messagesPerSecond: of("messagesPerSecond"),
    cpuNsPerDelivery: of("cpuNsPerDelivery"),
    cpuRatio: of("cpuRatio"),
    serverCpu: of("serverCpu"),
    loadBusy: of("loadBusy"),
    frameBytes: of("frameBytes"),
    checked: of("checked"),
  };
}
