// People come and go as fast as the server lets them in, while others chat: how many a second, how long does a login take,
// and what do the others notice?

import { setTimeout as sleep } from "node:timers/promises";
import type { ArrivalTasks } from "../load/arrival-tasks.js";
import type { ChatterTasks } from "../load/chatter-tasks.js";
import type { Values } from "../option-table.js";
import { roundOptions } from "../option-table.js";
import { memory, sqlite } from "../peers/chat-server.js";
import { peers, reference, titleOf } from "../peers/peers.js";
import type { Listening } from "../processes/listening.js";
import { startLoad } from "../processes/load-process.js";
import { count, milliseconds, share } from "../report/written.js";
import type { PeerRounds } from "./rounds.js";
import { inTurn } from "./rounds.js";
import type { Bench, Found } from "./scenario.js";
import { scenario } from "./scenario.js";

const chatters = { members: 32, perSecond: 200 };
/** Fewer than what waits at a server's door without being sent away. */
const atOnce = 64;

const options = {
  ...roundOptions({ rounds: 3, seconds: 3, warmUp: 1.5 }),
  people: {
    type: "whole",
    default: 1_000,
    least: 1,
    most: 100_000,
    help: "who come and go in turn; each was there before",
  },
} as const;

export type ConnectsOptions = Values<typeof options>;

/** All times in milliseconds. */
export interface ConnectsFigures {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuMsPerConnect: number;
  readonly p99Before: number;
  readonly p99During: number;
  readonly p99Ratio: number;
  /** Shares of one core, 0 to 1. */
  readonly serverCpu: number;
  readonly loadCpu: number;
}

export const connects = scenario({
  name: "connects",
  title: "people come and go as fast as they are let in, while others chat",
  peers: [memory.name, sqlite.name, reference],
  options,
  run: async (options, bench) => {
    const results = await inTurn(bench.peers, options.rounds, bench, (_, server) =>
      comeAndGo(server, options, bench),
    );
    return connectsFound(results, options);
  },
});

async function comeAndGo(
  { port, cpu }: Listening,
  { seconds, warmUp, people }: ConnectsOptions,
  { cores }: Bench,
): Promise<ConnectsFigures> {
  const arrivals = startLoad<ArrivalTasks>("arrival-tasks", cores.load);
  const others = startLoad<ChatterTasks>("chatter-tasks", cores.load);
  try {
    await others.does("start", { port, ...chatters });
    await sleep(warmUp * 1000);
    await others.does("take");
    const quietCpu = await cpu.read();
    await sleep(seconds * 1000);
    const before = await others.does("take");
    const stillCpu = await cpu.read();
    await arrivals.does("start", { port, atOnce, people });
    await sleep(warmUp * 1000);
    await others.does("take");
    const beganCpu = await cpu.read();
    const { entered, latencyMs, loadCpu } = await arrivals.does("count", seconds * 1000);
    const endedCpu = await cpu.read();
    const during = await others.does("take");
    const ms = endedCpu.atMs - beganCpu.atMs;
    const serverCpu = (endedCpu.cpuMs - beganCpu.cpuMs) / ms;
    const chatCpu = (stillCpu.cpuMs - quietCpu.cpuMs) / (stillCpu.atMs - quietCpu.atMs);
    const perSecond = (entered * 1000) / ms;
    return {
      perSecond,
      p50: latencyMs.p50,
      p99: latencyMs.p99,
      cpuMsPerConnect: ((serverCpu - chatCpu) * 1000) / perSecond,
      p99Before: before.p99,
      p99During: during.p99,
      p99Ratio: during.p99 / before.p99,
      serverCpu,
      loadCpu,
    };
  } finally {
    await Promise.all([arrivals.end(), others.end()]);
  }
}

/** What the rounds found, for people and machines. */
export function connectsFound(
  results: readonly PeerRounds<ConnectsFigures>[],
  options: ConnectsOptions,
): Found {
  const { rounds, seconds, warmUp, people } = options;
  return {
    figures: { results },
    done: [
      `${atOnce} at a time of ${count(people)} people with names of their own open a connection, log in and leave again; each has been there before.`,
      `Meanwhile ${chatters.members} others chat with everyone, ${chatters.perSecond} messages a second; "before" is the same chat alone.`,
      `Medians of ${rounds} × ${seconds} s after ${warmUp} s of warm-up.`,
    ],
    table: [
      ["", "logins/s", "p50", "p99", "CPU/login", "others' p99", "during", "ratio", "server CPU", "load CPU"],
      ...results.map(({ peer, median }) => [
        titleOf(peer),
        count(median.perSecond),
        milliseconds(median.p50),
        milliseconds(median.p99),
        milliseconds(median.cpuMsPerConnect),
        milliseconds(median.p99Before),
        milliseconds(median.p99During),
        median.p99Ratio.toFixed(2),
        share(median.serverCpu),
        share(median.loadCpu),
      ]),
    ],
    notes: [
      "a login: from the opening of the connection until the welcome is read; the plain loop keeps a name, and welcomes anybody",
      "ours looks up the name and its token, what is unread and where, writes down who comes and goes, and tells the others",
      "CPU/login: the server's, the leaving included, less what the chat alone took before",
      "proved: each got its welcome, and each chatter every message once, each speaker's in order",
    ],
    charts: [
      {
        title: "connects: logins a second; more is better",
        bars: results.map(({ peer, median }) => ({
          label: titleOf(peer),
          value: median.perSecond,
          told: `${count(median.perSecond)}/s`,
          ours: peers.some(({ name, ours }) => name === peer && ours),
        })),
      },
    ],
    goals: [],
  };
}
