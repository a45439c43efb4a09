// The flood's result for people: a table, and below it what one must know to believe or to doubt it.

import type { Options } from "../options.js";
import { peers, reference } from "../peers/peers.js";
import type { Cores } from "../processes/cores.js";
import type { FloodResult, PeerResult, Round } from "../scenarios/flood.js";
import { machine } from "./machine.js";
import { table } from "./table.js";

/** A side that works more than this is what limits the deliveries. */
const busy = 0.9;

type Column = readonly [title: string, cell: (median: Round, rounds: readonly Round[]) => string];

const columns: readonly Column[] = [
  ["deliveries/s", (round) => count(round.deliveriesPerSecond)],
  ["messages/s", (round) => count(round.messagesPerSecond)],
  ["server CPU/delivery", (round) => `${count(round.cpuNsPerDelivery)} ns`],
  ["in its rounds", (_, rounds) => range(rounds.map((round) => round.cpuNsPerDelivery))],
  ["to plain loop", (round) => ratio(round.cpuRatio)],
  ["server CPU", (round) => share(round.serverCpu)],
  ["load busy", (round) => share(round.loadBusy)],
  ["frame", (round) => `${round.frameBytes.toFixed(0)} B`],
];

export function floodReport(result: FloodResult, options: Options, cores: Cores): string {
  const { clients, window, seconds, warmUp } = options;
  const rows = result.results.map(({ peer, median, rounds }) => [
    titleOf(peer),
    ...columns.map(([, cell]) => cell(median, rounds)),
  ]);
  return [
    `Flood: ${clients} clients, all send, all receive, ${window} messages in flight each.`,
    `Medians of ${options.rounds} × ${seconds} s after ${warmUp} s of warm-up.`,
    "",
    table([["", ...columns.map(([title]) => title)], ...rows]),
    "",
    ...notes(result, options, cores).map((note) => `- ${note}`),
  ].join("\n");
}

function notes(result: FloodResult, options: Options, cores: Cores): readonly string[] {
  const { cpu, cores: count, system, node } = machine();
  const checked = result.results.reduce(
    (sum, { rounds }) => sum + rounds.reduce((all, one) => all + one.checked, 0),
    0,
  );
  return [
    `${cpu}, ${count} cores, ${system}, Node ${node}; ${pinning(cores)}`,
    `CPU: ${result.cpuSource}, divided by chat frames that reached a client; acks, presence, welcome not counted`,
    options.acks
      ? "every message has an id and is acked; the window counts unacked messages"
      : "messages have neither id nor nonce, so nothing is acked; a client sends on when its own message has come back",
    `proved: every client got every message; ${checked} frames read, each at its place in the log`,
    ...result.results.map(({ peer }) => `${titleOf(peer)}: ${noteOf(peer)}`),
    ...unequal(result.results),
    ...result.results.flatMap(({ peer, median }) => limit(median).map((note) => `${titleOf(peer)}: ${note}`)),
    ...(options.profile === undefined ? [] : ["measured under the profiler: slower than without"]),
  ];
}

/** In a closed loop one of the two must be busy, and it should be the server. */
function limit({ serverCpu, loadBusy }: Round): readonly string[] {
  if (serverCpu >= busy) return [];
  if (loadBusy >= busy) return ["the load generator limited the deliveries"];
  return [
    "neither side was busy all the time: it waited for the disk, or other work had the cores and disturbed the figures",
  ];
}

function pinning({ server, load }: Cores): string {
  if (server === undefined) return "not pinned (no taskset or one core only)";
  return `server pinned to core ${server}, load to core ${load}`;
}

/** Peers are comparable only if they deliver the same bytes; figures in them may differ. */
function unequal(results: readonly PeerResult[]): readonly string[] {
  const shape = (frame: string) => frame.replace(/\d+/g, "0");
  const expected = results.find(({ peer }) => peer === reference)?.frame ?? "";
  return results
    .filter(({ frame }) => shape(frame) !== shape(expected))
    .map(({ peer, frame }) => `${titleOf(peer)} sends other bytes: ${frame} instead of ${expected}`);
}

function titleOf(name: string): string {
  return peers.find((peer) => peer.name === name)?.title ?? name;
}

function noteOf(name: string): string {
  return peers.find((peer) => peer.name === name)?.note ?? "";
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** How far the rounds lie apart: what lies between two figures that overlap is noise. */
function range(values: readonly number[]): string {
  return `${count(Math.min(...values))}–${count(Math.max(...values))} ns`;
}

function share(value: number): string {
  return `${Math.round(value * 100)} %`;
}

function ratio(value: number): string {
  return value >= 1 ? value.toFixed(2) : `1/${(1 / value).toFixed(1)}`;
}
