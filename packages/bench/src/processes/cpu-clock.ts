// How much CPU a server has used so far: user and system time of all its threads and of all processes below it.

import type { ChildProcess } from "node:child_process";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { ask } from "./question.js";

export interface CpuClock {
  /** What it has used since it started, and when: times of two readings can be subtracted. */
  read(): Promise<CpuReading>;
}

export interface CpuReading {
  readonly cpuMs: number;
  readonly atMs: number;
}

/** What the server needs on its command line and in its environment to be read. */
export const cpuReporter = new URL("./cpu-reporter.js", import.meta.url).href;

export const readsProc = existsSync("/proc/self/stat");

/** Where the figures come from, for people. */
export const cpuSource = readsProc
  ? "user + system of the process tree from /proc/PID/stat"
  : "process.resourceUsage() of the server";

export function cpuClock(server: ChildProcess): CpuClock {
  return readsProc ? procClock(server.pid as number) : reportedClock(server);
}

function procClock(pid: number): CpuClock {
  const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  return {
    read: async () => ({ cpuMs: (treeTicks(pid) * 1000) / ticksPerSecond, atMs: performance.now() }),
  };
}

/** Elsewhere the server is a Node process with a reporter loaded before it; processes below it are not seen. */
function reportedClock(server: ChildProcess): CpuClock {
  return { read: () => ask<CpuReading>(server, "cpu") };
}

function treeTicks(pid: number): number {
  return [...treeOf(pid)].reduce((sum, each) => sum + ticksIn(statOf(each)), 0);
}

function* treeOf(pid: number): Generator<number> {
  yield pid;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const children = readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8");
    for (const child of children.split(" ").filter(Boolean)) yield* treeOf(Number(child));
  }
}

function statOf(pid: number): string {
  return readFileSync(`/proc/${pid}/stat`, "utf8");
}

/** utime, stime, and those of children that have ended (proc(5), fields 14 to 17). The name before them may hold spaces and ")". */
export function ticksIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}
