// A crowd that was away comes back all at once and asks for what it has missed, while others chat: how long until the last
// one has it, and what do the others notice?

import { setTimeout as sleep } from "node:timers/promises";
import { Asker } from "../load/asker.js";
import type { ChatterTasks } from "../load/chatter-tasks.js";
import { welcome } from "../load/session.js";
import type { StormTasks } from "../load/storm-tasks.js";
import type { Values } from "../option-table.js";
import { memory, sqlite } from "../peers/chat-server.js";
import { peers, titleOf } from "../peers/peers.js";
import { mostConnections } from "../processes/descriptors.js";
import type { Listening } from "../processes/listening.js";
import { startLoad } from "../processes/load-process.js";
import { count, milliseconds, share } from "../report/written.js";
import type { PeerRounds } from "./rounds.js";
import { inTurn } from "./rounds.js";
import type { Bench, Found } from "./scenario.js";
import { atMost, scenario } from "./scenario.js";

const chatters = { members: 50, perSecond: 200, room: "#den" };
const spoken = "what they have missed while they were away, in so many words";
/** Everybody's going has been told. */
const goneMs = 2_000;
/** What is said meanwhile belongs to the time after. */
const calmMs = 1_000;

const options = {
  rounds: { type: "whole", default: 3, quick: 1, least: 1, most: 1000, help: "with a fresh server each" },
  returning: {
    type: "whole",
    default: 5_000,
    quick: 1_000,
    least: 1,
    most: 1_000_000,
    help: "people who come back at once",
  },
  missed: { type: "whole", default: 100, least: 1, most: 100_000, help: "messages said meanwhile" },
  calm: { type: "seconds", default: 5, quick: 2, help: "ordinary chat before they come, to compare with" },
} as const;

export type StormOptions = Values<typeof options>;

/** All times in milliseconds. */
export interface StormFigures {
  /** Until the last one had everything. */
  readonly lastMs: number;
  /** Until half of them had. */
  readonly medianMs: number;
  readonly cpuMsPerResume: number;
  /** Shares of one core, 0 to 1. */
  readonly serverCpu: number;
  readonly loadCpu: number;
  readonly p50Before: number;
  readonly p99Before: number;
  readonly p50During: number;
  readonly p99During: number;
  readonly maxDuring: number;
  readonly p99Ratio: number;
}

export const resumeStorm = scenario({
  name: "resume-storm",
  title: "thousands come back at once, while others chat",
  peers: [memory.name, sqlite.name],
  options,
  run: async (options, bench) => {
    const returning = Math.min(options.returning, mostConnections());
    const results = await inTurn(bench.peers, options.rounds, bench, (_, server) =>
      storm(server, { ...options, returning }, bench),
    );
    return stormFound(results, { ...options, returning });
  },
});

async function storm(server: Listening, options: StormOptions, { cores }: Bench): Promise<StormFigures> {
  const { returning, missed, calm } = options;
  const { port, cpu } = server;
  const crowd = startLoad<StormTasks>("storm-tasks", cores.load);
  const others = startLoad<ChatterTasks>("chatter-tasks", cores.load);
  try {
    await crowd.does("enter", { port, connections: returning });
    await crowd.does("leave");
    const since = await say(`ws://127.0.0.1:${port}`, missed);
    await sleep(goneMs);
    await others.does("start", { port, ...chatters });
    await sleep(calmMs);
    await others.does("take");
    const quietCpu = await cpu.read();
    await sleep(calm * 1000);
    const before = await others.does("take");
    const beganCpu = await cpu.read();
    const { ms, eachMs, loadCpu } = await crowd.does("resume", {
      port,
      connections: returning,
      since,
      messages: missed,
    });
    const endedCpu = await cpu.read();
    const during = await others.does("take");
    const quietShare = (beganCpu.cpuMs - quietCpu.cpuMs) / (beganCpu.atMs - quietCpu.atMs);
    const [usedMs, spanMs] = [endedCpu.cpuMs - beganCpu.cpuMs, endedCpu.atMs - beganCpu.atMs];
    return {
      lastMs: ms,
      medianMs: eachMs.p50,
      cpuMsPerResume: (usedMs - quietShare * spanMs) / returning,
      serverCpu: usedMs / spanMs,
      loadCpu,
      p50Before: before.p50,
      p99Before: before.p99,
      p50During: during.p50,
      p99During: during.p99,
      maxDuring: during.max,
      p99Ratio: during.p99 / before.p99,
    };
  } finally {
    await Promise.all([crowd.end(), others.end()]);
  }
}

/** Says so many messages to everyone; gives the place before the first of them. */
async function say(url: string, messages: number): Promise<number> {
  const speaker = await Asker.open(`${url}/ws?username=speaker`, welcome, '{"type":"ack"');
  let head = 0;
  for (let n = 1; n <= messages; n++) {
    const payload = { message: `${n} ${spoken}` };
    const ack = await speaker.asks(JSON.stringify({ type: "send_message", id: n, payload }));
    head = Number(/"seq":(\d+)/.exec(ack)?.[1]);
  }
  speaker.closes();
  return head - messages;
}

/** What the rounds found, for people and machines. */
export function stormFound(results: readonly PeerRounds<StormFigures>[], options: StormOptions): Found {
  const { returning, missed, rounds, calm } = options;
  const durable = results.find(({ peer }) => peer === sqlite.name)?.median;
  return {
    figures: { results },
    done: [
      `${count(returning)} people, each with a name that a token keeps, were in and went; then ${missed} messages were said to everyone.`,
      `They open their connections all at once with since=everyone:N; meanwhile ${chatters.members} others chat in a room, ${chatters.perSecond} messages a second.`,
      `Medians of ${rounds} rounds, each with a fresh server; "before" is ${calm} s of the same chat.`,
    ],
    table: [
      [
        "",
        "last has all",
        "half have",
        "CPU/resume",
        "others' p50",
        "during",
        "others' p99",
        "during",
        "ratio",
        "max",
        "server CPU",
        "load CPU",
      ],
      ...results.map(({ peer, median }) => [
        titleOf(peer),
        `${(median.lastMs / 1000).toFixed(2)} s`,
        `${(median.medianMs / 1000).toFixed(2)} s`,
        milliseconds(median.cpuMsPerResume),
        milliseconds(median.p50Before),
        milliseconds(median.p50During),
        milliseconds(median.p99Before),
        milliseconds(median.p99During),
        median.p99Ratio.toFixed(2),
        milliseconds(median.maxDuring),
        share(median.serverCpu),
        share(median.loadCpu),
      ]),
    ],
    notes: [
      `proved: each of them got exactly the ${missed} messages that it had missed, in order, and each chatter every message once, each speaker's in order`,
      "others' latency: from a chatter's write to each chatter's read, in a process that goes before the crowd's on the load's core",
      "CPU/resume: the server's meanwhile, less what the chat alone took before; upgrade and login are in it",
    ],
    charts: [
      {
        title: `resume-storm, ${count(returning)} come back at once: until the last has its ${missed} messages`,
        bars: results.map(({ peer, median }) => ({
          label: titleOf(peer),
          value: median.lastMs,
          told: `${(median.lastMs / 1000).toFixed(2)} s`,
          ours: peers.some(({ name, ours }) => name === peer && ours),
        })),
      },
    ],
    goals: [
      atMost(
        `resume storm, ${count(returning)} × ${missed}: the last has all`,
        5,
        "s",
        durable === undefined ? undefined : durable.lastMs / 1000,
      ),
      atMost("resume storm: others' p99", 2, "× before", durable?.p99Ratio),
    ],
  };
}
