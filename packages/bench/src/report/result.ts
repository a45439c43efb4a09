// What one scenario found, with all that is needed to believe it: a line of `--json`, from which every report can be made
// again, in another form or from several runs together.

import { readFile } from "node:fs/promises";
import { BadUsage } from "../option-table.js";
import type { ReadyPeer } from "../peers/peer.js";
import type { AtHand } from "../peers/peers.js";
import { titleOf } from "../peers/peers.js";
import type { Cores } from "../processes/cores.js";
import { cpuSource } from "../processes/cpu-clock.js";
import type { Found, Goal, Scenario } from "../scenarios/scenario.js";
import type { Machine } from "./machine.js";
import { machine } from "./machine.js";

/** What holds for all figures of a run. */
export interface About {
  readonly machine: Machine;
  readonly cores: Cores;
  readonly cpuSource: string;
  readonly profiled: boolean;
  readonly peers: readonly Pick<ReadyPeer, "name" | "title" | "note" | "version">[];
  readonly absent: readonly { readonly peer: string; readonly title: string; readonly why: string }[];
}

export interface Result {
  readonly scenario: string;
  readonly options: object;
  readonly goals: readonly Goal[];
  /** The same for people. */
  readonly told: Pick<Scenario, "title"> & Pick<Found, "done" | "table" | "notes" | "charts">;
  readonly about: About;
}

export function aboutRun({ ready, absent }: AtHand, cores: Cores, profiled: boolean): About {
  return {
    machine: machine(),
    cores,
    cpuSource,
    profiled,
    peers: ready.map(({ name, title, note, version }) => ({
      name,
      title,
      note,
      ...(version && { version }),
    })),
    absent: absent.map(({ peer, why }) => ({ peer, title: titleOf(peer), why })),
  };
}

/** With the scenario's figures at its side. */
export function resultOf({ name, title }: Scenario, options: object, found: Found, about: About): Result {
  const { figures, goals, done, table, notes, charts } = found;
  return { scenario: name, ...figures, goals, options, told: { title, done, table, notes, charts }, about };
}

/**
 * Of a file with lines of `--json`, from one run or several: of each scenario its newest.
 * @throws {BadUsage}
 */
export async function resultsIn(file: string): Promise<readonly Result[]> {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new BadUsage(`--from: ${error.message}`);
  });
  const results = new Map<string, Result>();
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const result = parse(line);
    if (result === undefined) throw new BadUsage(`--from: line ${index + 1} of ${file} is none of --json`);
    results.set(result.scenario, result);
  }
  if (results.size === 0) throw new BadUsage(`--from: ${file} has no line`);
  return [...results.values()];
}

function parse(line: string): Result | undefined {
  try {
    const result = JSON.parse(line) as Partial<Result>;
    return result.told !== undefined && result.about !== undefined ? (result as Result) : undefined;
  } catch {
    return undefined;
  }
}
