// Which core the server gets and which the load: two different ones, and always the same.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Cores {
  readonly server: number | undefined;
  readonly load: number | undefined;
}

/** The last core for the server, since interrupts prefer the first; nothing is pinned without taskset or a second core. */
export function chooseCores(): Cores {
  const allowed = allowedCores();
  const load = allowed.at(0);
  const server = allowed.at(-1);
  if (load === server || server === undefined || !hasTaskset(server))
    return { server: undefined, load: undefined };
  return { server, load };
}

/** The command line that runs `command` on `core` only. */
export function pinned(core: number | undefined, command: readonly string[]): readonly string[] {
  return core === undefined ? command : ["taskset", "-c", String(core), ...command];
}

function hasTaskset(core: number): boolean {
  return spawnSync("taskset", ["-c", String(core), "true"]).status === 0;
}

function allowedCores(): readonly number[] {
  try {
    return parseCores(
      /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "",
    );
  } catch {
    return []; // no Linux
  }
}

/** A list of the kernel's, as "0-1,4". */
export function parseCores(list: string): readonly number[] {
  return list.split(",").flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number);
    if (first === undefined || last === undefined || range === "") return [];
    return Array.from({ length: last - first + 1 }, (_, n) => first + n);
  });
}
