// Fault 17: thousands come within seconds, all are gone at once without a goodbye, and are back at once,
// again and again. The server stays up for those who chat, and keeps no descriptor of those who have gone.

import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { checkoutNode } from "../../../bin/setup.js";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import { grown } from "../load/promises.ts";
import type { Server } from "../load/server.ts";
import { startServer } from "../load/server.ts";
import type { Count, Order } from "./crowd-process.ts";

const people = { short: 1_000, long: 10_000 };
const processes = 2;
const times = 5;
/** How long the server may take to close what was dropped. */
const closedMs = 15_000;

export const crowd: Fault = {
  number: 17,
  name: "10,000 connections, all dropped and back at once, ten times",
  seconds: 15,
  async run(_seed, size) {
    await using server = await startServer();
    await using load = new Load(server, { senders: 5, paceMs: 500 });
    await load.acks(20);
    const quiet = server.descriptors();
    await using crowd = new Crowd(server, people[size]);
    const broken: string[] = [];
    const seconds: number[] = [];
    const bring = async (): Promise<void> => {
      const begun = performance.now();
      const { here, lost } = await crowd.gets("come");
      seconds.push((performance.now() - begun) / 1_000);
      if (here !== people[size] || lost > 0) broken.push(`${here} are in, ${lost} were cut off`);
    };
    const comeAndGo = async (): Promise<void> => {
      for (let time = 0; time < times; time += 1) {
        await bring();
        await crowd.gets("go");
      }
    };
    load.faultBegins();
    await comeAndGo();
    // So much the server takes for so many, with the garbage of those before them. The next take no more.
    const filled = server.memory();
    await comeAndGo();
    const left = await descriptorsLeft(server, quiet);
    if (left > 0) broken.push(`${left} descriptors are still open`);
    load.faultEnds();
    await load.acks(20);
    const memory = server.memory();
    return await load.findings({
      injected: `${people[size].toLocaleString("en")} people came and were dropped ${2 * times} times`,
      broken: [...broken, ...grown(filled, memory)],
      notes: [`all were in after ${seconds.map((each) => each.toFixed(1)).join(", ")} s`],
    });
  },
};

class Crowd implements AsyncDisposable {
  readonly #processes: readonly ChildProcess[];

  constructor(server: Server, count: number) {
    const program = join(import.meta.dirname, "crowd-process.ts");
    this.#processes = Array.from({ length: processes }, (_, index) =>
      fork(program, [String(server.port), `p${index}-`, String(count / processes)], {
        execPath: checkoutNode,
        execArgv: [],
      }),
    );
  }

  /** All of them come, or go; done when it is so. */
  async gets(order: Order): Promise<Count> {
    const counts = this.#processes.map(async (each): Promise<Count> => {
      each.send(order);
      const [count] = await once(each, "message");
      return count as Count;
    });
    const all = await Promise.all(counts);
    return {
      here: all.reduce((sum, { here }) => sum + here, 0),
      lost: all.reduce((sum, { lost }) => sum + lost, 0),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const each of this.#processes) each.kill("SIGKILL");
  }
}

/** How many more the server has open than when it was quiet, as soon as there are none or it had its time. */
async function descriptorsLeft(server: Server, quiet: number | undefined): Promise<number> {
  const until = performance.now() + closedMs;
  const left = (): number => (server.descriptors() ?? 0) - (quiet ?? 0);
  while (left() > 0 && performance.now() < until) await pause(50);
  return Math.max(0, left());
}
