// Fault 12: a link dies and nobody is told. The server notices by its pings, others see it after the
// grace, and when the link is back whoever was behind it has missed nothing.

import { setTimeout as pause } from "node:timers/promises";
import type { Fault, Findings } from "../fault.ts";
import { Load } from "../load/load.ts";
import type { Server } from "../load/server.ts";
import { startServer } from "../load/server.ts";
import { visit } from "../load/visitor.ts";
import { TcpProxy } from "../proxy/tcp-proxy.ts";
import { DeadLink } from "./dead-link.ts";

/** Behind the link: somebody by hand, and somebody with a client core. */
const ghosts = ["reader0", "core0"];
const pingMs = 25_000;
const graceMs = 20_000;
/** From the last life to the ping that finds the two before it unanswered; then the grace; and a loaded machine. */
const noticedMs = 3 * pingMs + graceMs + 5_000;
/** What was alive a moment ago is not given up before two pings, and the grace. */
const heldMs = 2 * pingMs + graceMs - 1_000;

export const halfOpen: Fault = {
  number: 12,
  name: "a link that dies, and nobody is told",
  seconds: 110,
  async run() {
    const reason = DeadLink.skip();
    const found = await Promise.all([behindProxy(), ...(reason === undefined ? [overCable()] : [])]);
    const sum = (of: (findings: Findings) => number): number =>
      found.reduce((total, each) => total + of(each), 0);
    return {
      ...(found[0] as Findings),
      injected: found.map(({ injected }) => injected).join("; "),
      acked: sum(({ acked }) => acked),
      lost: sum(({ lost }) => lost),
      stored: sum(({ stored }) => stored),
      doubled: sum(({ doubled }) => doubled),
      gaps: sum(({ gaps }) => gaps),
      broken: found.flatMap(({ broken }) => broken),
      notes: [...found.flatMap(({ notes }) => notes), ...(reason === undefined ? [] : [reason])],
    };
  },
};

interface Mortal {
  dies(): void;
  comesBack(): void;
}

async function behindProxy(): Promise<Findings> {
  await using server = await startServer();
  await using proxy = await TcpProxy.open({ to: server.port });
  const link = { dies: () => proxy.goesDark(), comesBack: () => proxy.comesBack() };
  return await findOut("a proxy that passes nothing on", server, `ws://127.0.0.1:${proxy.port}`, link);
}

async function overCable(): Promise<Findings> {
  using link = new DeadLink();
  await using server = await startServer({
    host: link.host,
    flags: ["--host", "0.0.0.0", "--yes-open"],
    under: link.under,
  });
  return await findOut("a cable that is dead", server, `ws://${link.dyingHost}:${server.port}`, link);
}

/** What comes of it when those at `url` are cut off until others see that they are gone. */
async function findOut(name: string, server: Server, url: string, link: Mortal): Promise<Findings> {
  await using load = new Load(server, {
    // Few words: more than the kernel takes for a dead peer would be waited for longer.
    senders: 2,
    readers: 2,
    cores: 1,
    paceMs: 2_000,
    patienceMs: 5_000,
    url: (name) => (ghosts.includes(name) ? url : server.url),
  });
  await load.acks(10);
  load.faultBegins();
  link.dies();
  const { gone, broken } = await watch(server);
  link.comesBack();
  load.faultEnds();
  await load.acks(20);
  const times = [...gone].map(([ghost, ms]) => `${ghost} after ${(ms / 1_000).toFixed(1)} s`);
  return await load.findings({ injected: name, broken, notes: [`offline by ${name}: ${times.join(", ")}`] });
}

interface Watched {
  /** After how many milliseconds others saw that somebody was gone. */
  readonly gone: ReadonlyMap<string, number>;
  readonly broken: readonly string[];
}

async function watch(server: Server): Promise<Watched> {
  const begun = performance.now();
  const gone = new Map<string, number>();
  const watcher = await visit(server.url, { username: "watcher" });
  while (gone.size < ghosts.length && performance.now() - begun < noticedMs) {
    await pause(500);
    const { users } = (await watcher.does("users")) as { users: readonly { username: string }[] };
    const here = new Set(users.map(({ username }) => username));
    for (const ghost of ghosts)
      if (!here.has(ghost) && !gone.has(ghost)) gone.set(ghost, performance.now() - begun);
  }
  watcher.breaks();
  const broken = ghosts.flatMap((ghost) => {
    const ms = gone.get(ghost);
    if (ms === undefined) return [`${ghost} is still there after ${noticedMs / 1_000} s`];
    return ms < heldMs ? [`${ghost} was given up after ${Math.round(ms / 1_000)} s`] : [];
  });
  return { gone, broken };
}
