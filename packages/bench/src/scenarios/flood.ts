// The flood over all peers: 32 clients, all send, all receive, as fast as the server can.

import type { FloodPlan } from "../load/flood.js";
import type { Values } from "../option-table.js";
import { roundOptions } from "../option-table.js";
import { peers, reference, titleOf } from "../peers/peers.js";
import type { Listening } from "../processes/listening.js";
import { runLoad } from "../processes/load.js";
import { count, nanoseconds, range, ratio, share } from "../report/written.js";
import type { PeerRounds } from "./rounds.js";
import { inTurn, ratioOf } from "./rounds.js";
import type { Bench, Found, Goal } from "./scenario.js";
import { atMost, scenario } from "./scenario.js";

/** A side that works more than this is what limits the deliveries. */
const busy = 0.9;

const options = {
  ...roundOptions({ rounds: 3, seconds: 5, warmUp: 2 }),
  clients: { type: "whole", default: 32, least: 1, most: 9999, help: "all send, all receive" },
  window: {
    type: "whole",
    default: 64,
    least: 1,
    most: 10_000,
    help: "messages that each client has in flight",
  },
  messageBytes: {
    type: "whole",
    default: 24,
    least: 6,
    most: 10_000,
    help: "length of a message; its frame is about 140 longer",
  },
  acks: { type: "flag", help: "each message asks for an ack; the window counts unacked messages" },
} as const;

export type FloodOptions = Values<typeof options>;

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

export const floodScenario = scenario({
  name: "flood",
  title: "32 clients, all send, all receive",
  options,
  run: async (options, bench) => {
    const frames = new Map<string, string>();
    const results = await inTurn(bench.peers, options.rounds, bench, async (peer, server) => {
      const { figures, frame } = await floodOnce(planFor(peer.dialect, server.port, options), server, bench);
      frames.set(peer.name, frame);
      return figures;
    });
    return found(results, frames, options);
  },
});

function planFor(dialect: FloodPlan["dialect"], port: number, options: FloodOptions): FloodPlan {
  const { clients, window, messageBytes, acks, warmUp, seconds } = options;
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

async function floodOnce(plan: FloodPlan, server: Listening, { cores }: Bench) {
  const { count, serverCpu } = await runLoad("flood", plan, cores.load, server.cpu);
  const deliveriesPerSecond = count.deliveries / count.seconds;
  const figures: FloodFigures = {
    deliveriesPerSecond,
    messagesPerSecond: count.messages / count.seconds,
    cpuNsPerDelivery: (serverCpu * 1e9) / deliveriesPerSecond,
    serverCpu,
    loadBusy: count.loadBusy,
    frameBytes: count.frameBytes,
    checked: count.samples,
  };
  return { figures, frame: count.frame };
}

/** What the rounds found, for people and machines. */
export function found(
  results: readonly PeerRounds<FloodFigures>[],
  frames: ReadonlyMap<string, string>,
  options: FloodOptions,
): Found {
  const { clients, window, rounds, seconds, warmUp } = options;
  const to = (peer: string, other: string) => ratioOf(results, "cpuNsPerDelivery", peer, other);
  return {
    figures: { results: results.map((result) => ({ ...result, frame: frames.get(result.peer) })) },
    done: [
      `${clients} clients, all send, all receive, ${window} messages in flight each.`,
      `Medians of ${rounds} × ${seconds} s after ${warmUp} s of warm-up.`,
    ],
    table: [
      [
        "",
        "deliveries/s",
        "messages/s",
        "server CPU/delivery",
        "in its rounds",
        "to plain loop",
        "server CPU",
        "load busy",
        "frame",
      ],
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
        share(median.serverCpu),
        share(median.loadBusy),
        `${median.frameBytes.toFixed(0)} B`,
      ]),
    ],
    notes: notes(results, frames, options),
    charts: [
      {
        title: `flood, ${clients} × ${clients}: server CPU per delivery`,
        bars: results.map(({ peer, median }) => ({
          label: titleOf(peer),
          value: median.cpuNsPerDelivery,
          told: nanoseconds(median.cpuNsPerDelivery),
          ours: peers.some(({ name, ours }) => name === peer && ours),
        })),
      },
    ],
    goals: goals(to),
  };
}

function goals(to: (peer: string, other: string) => number | undefined): readonly Goal[] {
  return [atMost("flood, memory store: CPU per delivery", 1 / 40, "× plain loop", to("memory", reference))];
}

function notes(
  results: readonly PeerRounds<FloodFigures>[],
  frames: ReadonlyMap<string, string>,
  { acks }: FloodOptions,
): readonly string[] {
  const checked = results.flatMap(({ rounds }) => rounds).reduce((sum, { checked }) => sum + checked, 0);
  return [
    acks
      ? "every message has an id and is acked; the window counts unacked messages"
      : "messages have neither id nor nonce, so nothing is acked; a client sends on when its own message has come back",
    `proved: every client got every message; ${checked} frames read, each at its place in the log`,
    ...results.map(({ peer }) => `${titleOf(peer)}: ${peers.find(({ name }) => name === peer)?.note}`),
    ...unequal(frames),
    ...results.flatMap(({ peer, median }) => limit(median).map((note) => `${titleOf(peer)}: ${note}`)),
  ];
}

/** In a closed loop one of the two must be busy, and it should be the server. */
function limit({ serverCpu, loadBusy }: FloodFigures): readonly string[] {
  if (serverCpu >= busy) return [];
  if (loadBusy >= busy) return ["the load generator limited the deliveries"];
  return [
    "neither side was busy all the time: it waited for the disk, or other work had the cores and disturbed the figures",
  ];
}

/** Peers are comparable only if they deliver the same bytes; figures in them may differ. */
function unequal(frames: ReadonlyMap<string, string>): readonly string[] {
  const shape = (frame: string) => frame.replace(/\d+/g, "0");
  const expected = frames.get(reference) ?? "";
  return [...frames]
    .filter(([, frame]) => shape(frame) !== shape(expected))
    .map(([peer, frame]) => `${titleOf(peer)} sends other bytes: ${frame} instead of ${expected}`);
}
