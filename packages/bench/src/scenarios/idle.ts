// What a connection costs that says nothing: resident memory with so many logged in, less that with nobody, each after a
// pause and a forced collection of garbage, once V8 has given back what it no longer needs. The plain loop holds as many, and keeps their names.

import { setTimeout as sleep } from "node:timers/promises";
import type { IdleTasks } from "../load/idle-tasks.js";
import { sqlite } from "../peers/chat-server.js";
import type { ReadyPeer } from "../peers/peer.js";
import { reference, titleOf } from "../peers/peers.js";
import { mostConnections } from "../processes/descriptors.js";
import type { Listening } from "../processes/listening.js";
import { startLoad } from "../processes/load-process.js";
import { serving } from "../processes/serving.js";
import { count } from "../report/written.js";
import type { Bench, Found } from "./scenario.js";
import { atMost, scenario } from "./scenario.js";

const ours = sqlite.name;
/** Nothing has happened yet, but what start-up leaves behind is on its way out. */
const restMs = 2_000;
const kilobyte = 1_000;

export interface Held {
  readonly peer: string;
  readonly connections: number;
  readonly empty: NodeJS.MemoryUsage;
  readonly full: NodeJS.MemoryUsage;
}

export const idle = scenario({
  name: "idle",
  title: "memory of a connection that says nothing, logged in",
  peers: [ours, reference],
  options: {
    connections: {
      type: "whole",
      default: 19_000,
      quick: 5_000,
      least: 1,
      most: 1_000_000,
      help: "held at once, or as many as a process may open",
    },
    settle: {
      type: "seconds",
      default: 10,
      quick: 3,
      help: "pause before garbage is collected",
    },
    watch: {
      type: "seconds",
      default: 18,
      quick: 12,
      help: "memory is looked at for so long after that; the least counts",
    },
  },
  run: async ({ connections, settle, watch }, bench) => {
    const possible = Math.min(connections, mostConnections());
    const held: Held[] = [];
    for (const peer of bench.peers) {
      bench.say(`  ${count(possible)} connections to ${peer.title}`);
      held.push(await hold(peer, possible, settle * 1000, watch * 1000, bench));
    }
    return idleFound(held, connections, settle, watch);
  },
});

function hold(
  peer: ReadyPeer,
  connections: number,
  settleMs: number,
  watchMs: number,
  bench: Bench,
): Promise<Held> {
  const measure = async (server: Listening) => {
    const load = startLoad<IdleTasks>("idle-tasks", bench.cores.load);
    try {
      await sleep(Math.min(restMs, settleMs));
      const empty = await server.memory(watchMs);
      await load.does("enter", { port: server.port, connections });
      await sleep(settleMs);
      return { peer: peer.name, connections, empty, full: await server.memory(watchMs) };
    } finally {
      await load.end();
    }
  };
  return serving(peer, { ...bench, memory: true }, measure);
}

/** What was measured, for people and machines. */
export function idleFound(held: readonly Held[], asked: number, settle: number, watch: number): Found {
  const perConnection = ({ empty, full, connections }: Held, part: keyof NodeJS.MemoryUsage) =>
    (full[part] - empty[part]) / connections;
  const rss = (name: string) => {
    const one = held.find(({ peer }) => peer === name);
    return one === undefined ? undefined : perConnection(one, "rss");
  };
  const [mine, plain] = [rss(ours), rss(reference)];
  const told = (bytes: number) => `${(bytes / kilobyte).toFixed(2)} KB`;
  const [first] = held;
  return {
    figures: {
      held: held.map((one) => ({ ...one, rssPerConnection: perConnection(one, "rss") })),
    },
    done: [
      `${count(first?.connections ?? 0)} connections, each logged in under a name of its own; nobody speaks. The plain loop welcomes whoever comes and keeps the name.`,
      `Memory is read before they come and ${settle} s after the last one is in: each time after three forced collections of garbage in all threads, and as the least of ${watch} s, since V8 gives pages back late.`,
    ],
    table: [
      ["", "RSS per connection", "JS heap", "external", "RSS with nobody", "with all"],
      ...held.map((one) => [
        titleOf(one.peer),
        told(perConnection(one, "rss")),
        told(perConnection(one, "heapUsed")),
        told(perConnection(one, "external")),
        `${Math.round(one.empty.rss / kilobyte ** 2)} MB`,
        `${Math.round(one.full.rss / kilobyte ** 2)} MB`,
      ]),
    ],
    notes: [
      "RSS is the server's whole process, its workers included; 1 KB is 1,000 bytes; the kernel's socket buffers are not in it",
      "JS heap and external: of the main thread, what the garbage collector left",
      ...(first !== undefined && first.connections < asked
        ? [`${count(asked)} were asked for: a process may open no more here (ulimit -n)`]
        : []),
    ],
    charts: [
      {
        title: "idle: RSS per connection",
        bars: held.map((one) => ({
          label: titleOf(one.peer),
          value: perConnection(one, "rss"),
          told: told(perConnection(one, "rss")),
          ours: one.peer !== reference,
        })),
      },
    ],
    goals: [
      atMost(
        "idle connection, RSS with a session",
        5.6,
        "KB",
        mine === undefined ? undefined : mine / kilobyte,
      ),
      atMost(
        "idle connection, RSS to plain ws",
        1,
        "× plain ws",
        mine === undefined || plain === undefined ? undefined : mine / plain,
      ),
    ],
  };
}
