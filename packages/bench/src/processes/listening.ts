// A server process that has said on which port it listens.

import type { ChildProcess, StdioOptions } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { CpuClock } from "./cpu-clock.js";
import { cpuClock, cpuReporter, readsProc } from "./cpu-clock.js";
import { kept } from "./keeper.js";
import { ask } from "./question.js";

const memoryReporter = new URL("./memory-reporter.js", import.meta.url).href;
const startMs = 15_000;
const stopMs = 10_000;
const keptChars = 4096;
const usualPortLine = /^Server running on port: (\d+)/m;

export interface Listening {
  readonly port: number;
  readonly cpu: CpuClock;
  /**
   * What is left after its garbage was collected, when least of it was resident in the time after that; only of
   * a server started with `memoryFlags`.
   */
  memory(watchMs: number): Promise<NodeJS.MemoryUsage>;
  /** The newest of what it has said, for when something goes wrong. */
  said(): string;
  /** Asks the process to end and waits for it; one that does not in time is killed. */
  stop(): Promise<"ended" | "killed">;
}

/** What Node itself gets on its command line before the program. */
export function nodeFlags(profileFolder: string | undefined): readonly string[] {
  return [
    ...(readsProc ? [] : ["--import", cpuReporter]),
    ...(profileFolder === undefined ? [] : ["--cpu-prof", "--cpu-prof-dir", profileFolder]),
  ];
}

/** What Node gets besides, if it will be asked for its memory. */
export const memoryFlags: readonly string[] = ["--expose-gc", "--import", memoryReporter];

export interface Hearing {
  /** It is asked by messages as well: needed where there is no /proc, and for its memory. */
  readonly asked?: boolean;
  /** How it names its port, in the first group. */
  readonly portLine?: RegExp | undefined;
}

/** @throws if the process ends or is silent instead of naming its port */
export async function listening(command: readonly string[], hearing: Hearing = {}): Promise<Listening> {
  const { asked = !readsProc, portLine = usualPortLine } = hearing;
  const [program = "", ...args] = command;
  const stdio: StdioOptions = ["ignore", "pipe", "pipe", asked ? "ipc" : "ignore"];
  const server = kept(spawn(program, args, { stdio }));
  const said = newest(server);
  try {
    const port = await namedPort(server, said, portLine);
    return {
      port,
      cpu: cpuClock(server),
      memory: (watchMs) => ask(server, "memory", watchMs),
      said,
      stop: () => stop(server),
    };
  } catch (error) {
    server.kill("SIGKILL");
    throw new Error(`${command.join(" ")}: ${(error as Error).message}\n${said()}`.trimEnd());
  }
}

/** Both streams stay read to the end: a full pipe would stop the server. */
function newest(server: ChildProcess): () => string {
  let said = "";
  const hear = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-keptChars);
  };
  server.stdout?.on("data", hear);
  server.stderr?.on("data", hear);
  return () => said;
}

function namedPort(server: ChildProcess, said: () => string, portLine: RegExp): Promise<number> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error(`no port named within ${startMs} ms`)), startMs);
    server.once("error", reject);
    server.once("exit", (code, signal) => {
      clearTimeout(deadline);
      reject(new Error(`ended with ${code ?? signal}`));
    });
    const look = () => {
      const port = portLine.exec(said())?.[1];
      if (port === undefined) return;
      clearTimeout(deadline);
      resolve(Number(port));
    };
    server.stdout?.on("data", look);
    server.stderr?.on("data", look);
  });
}

async function stop(server: ChildProcess): Promise<"ended" | "killed"> {
  if (server.exitCode !== null || server.signalCode !== null) return "ended";
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  const late = setTimeout(() => server.kill("SIGKILL"), stopMs);
  await ended;
  clearTimeout(late);
  return server.signalCode === "SIGKILL" ? "killed" : "ended";
}
