// What flood, crowd and pairs have in common: clients that send in a closed loop, as fast as the server can, and what of
// that is measured and told.

import type { DialectName } from "../load/dialects.js";
import { dialects } from "../load/dialects.js";
import type { FloodPlan } from "../load/flood.js";
import type { OptionTable } from "../option-table.js";
import type { ReadyPeer } from "../peers/peer.js";
import { reference, titleOf } from "../peers/peers.js";
import { runLoad } from "../processes/load.js";
import { count, nanoseconds, range, ratio, share } from "../report/written.js";
import { notesOf, unequal } from "./peer-notes.js";
import type { PeerRounds } from "./rounds.js";
import { inTurn, ratioOf } from "./rounds.js";
import type { Bench, Found, Goal } from "./scenario.js";

/** A side that works more than this is what limits the deliveries. */
const busy = 0.9;

export const messageOptions = {
  messageBytes: {
    type: "whole",
    default: 24,
    least: 6,
    most: 10_000,
    help: "length of a message; its frame is about 140 longer",
  },
} as const satisfies OptionTable;

/** What is the same for all peers. */
export interface Setting
  extends Pick<FloodPlan, "audience" | "clients" | "window" | "messageBytes" | "acks"> {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUp: number;
}

/** One peer in one round. */
export interface FloodFigures {
  readonly deliveriesPerSecond: number;
  readonly messagesPerSecond: number;
  readonly cpuNsPerDelivery: number;
  /** Shares of one core, 0 to 1. */
  readonly serverCpu: number;
  readonly loadBusy: number;
  readonly frameBytes: number;
  /** Delivered frames whose place in the log was read and was the right one. */
  readonly checked: number;
}

export interface Flooded {
  readonly results: readonly PeerRounds<FloodFigures>[];
  readonly peers: readonly ReadyPeer[];
  /** A delivered frame of each peer. */
  readonly frames: ReadonlyMap<string, string>;
}

/** Rounds of all peers that can do it. */
export async function floodPeers(setting: Setting, bench: Bench): Promise<Flooded> {
  const peers = bench.peers.filter(({ dialect }) => !setting.acks || acksIn(dialect));
  const frames = new Map<string, string>();
  const results = await inTurn(peers, setting.rounds, bench, async (peer, server) => {
    const plan = planFor(peer, server.port, setting);
    const { count, serverCpu } = await runLoad("flood", plan, bench.cores.load, server.cpu);
    frames.set(peer.name, count.frame);
    const deliveriesPerSecond = count.deliveries / count.seconds;
    return {
      deliveriesPerSecond,
      messagesPerSecond: count.messages / count.seconds,
      cpuNsPerDelivery: (serverCpu * 1e9) / deliveriesPerSecond,
      serverCpu,
      loadBusy: count.loadBusy,
      frameBytes: count.frameBytes,
      checked: count.checked,
    };
  });
  return { results, peers, frames };
}

function acksIn(dialect: DialectName): boolean {
  return "ack" in dialects[dialect];
}

function planFor(peer: ReadyPeer, port: number, setting: Setting): FloodPlan {
  const { audience, clients, window, messageBytes, acks, warmUp, seconds } = setting;
  return {
    ...{ port, dialect: peer.dialect, audience, clients, window, messageBytes, acks },
    // The programs of the peers have one count for all conversations.
    placed: audience === "everyone" || peer.ours,
    warmUpMs: warmUp * 1000,
    countedMs: seconds * 1000,
  };
}

/** How the CPU per delivery of one peer stands to another's. */
export type To = (peer: string, other: string) => number | undefined;

/** What a scenario adds of its own. */
export interface Words {
  readonly done: readonly string[];
  readonly notes: readonly string[];
  /** Of the picture. */
  readonly title: string;
  goals(to: To): readonly Goal[];
}

export function floodFound(
  { results, peers, frames }: Flooded,
  { acks }: Pick<Setting, "acks">,
  words: Words,
): Found {
  const to: To = (peer, other) => ratioOf(results, "cpuNsPerDelivery", peer, other);
  const checked = results.flatMap(({ rounds }) => rounds).reduce((sum, { checked }) => sum + checked, 0);
  return {
    figures: { results: results.map((result) => ({ ...result, frame: frames.get(result.peer) })) },
    done: words.done,
    table: tableOf(results, to),
    notes: [
      ...words.notes,
      acks
        ? "every message has an id and is acked; the window counts unacked messages; who can't ack is left out"
        : "messages have neither id nor nonce, so nothing is acked; a client sends on when its own message has come back",
      `proved: every client got every message it must get; ${count(checked)} frames read, each at its place in the log`,
      ...unequal(frames),
      ...notesOf(results, limit),
    ],
    charts: [
      {
        title: `${words.title}: server CPU per delivery`,
        bars: results.map(({ peer, median }) => ({
          label: titleOf(peer),
          value: median.cpuNsPerDelivery,
          told: nanoseconds(median.cpuNsPerDelivery),
          ours: peers.some(({ name, ours }) => name === peer && ours),
        })),
      },
    ],
    goals: words.goals(to),
  };
}

function tableOf(results: readonly PeerRounds<FloodFigures>[], to: To): Found["table"] {
  const heads = ["deliveries/s", "messages/s", "CPU/delivery", "in its rounds", "to plain loop", "to Bun"];
  return [
    ["", ...heads, "server CPU", "load busy", "frame"],
    ...results.map(({ peer, median, rounds }) => [
      titleOf(peer),
      count(median.deliveriesPerSecond),
      count(median.messagesPerSecond),
      nanoseconds(median.cpuNsPerDelivery),
      range(
        rounds.map((round) => round.cpuNsPerDelivery),
        "ns",
      ),
      ratio(to(peer, reference)),
      ratio(to(peer, "bun")),
      share(median.serverCpu),
      share(median.loadBusy),
      `${median.frameBytes.toFixed(0)} B`,
    ]),
  ];
}

/** In a closed loop one of the two must be busy, and it should be the server. */
function limit({ serverCpu, loadBusy }: FloodFigures): readonly string[] {
  if (serverCpu >= busy) return [];
  if (loadBusy >= busy)
    return ["the load generator limited the deliveries; what one costs the server is right all the same"];
  return [
    "neither side was busy all the time: it waited for the disk, or other work had the cores and disturbed the figures",
  ];
}
