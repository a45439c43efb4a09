// What was found, for people at a terminal: of each scenario a table and what one must know about it; at the end which
// goals are held.

import type { Cores } from "../processes/cores.js";
import type { Goal } from "../scenarios/scenario.js";
import type { About, Result } from "./result.js";
import { table } from "./table.js";

export function scenarioReport({ scenario, told }: Pick<Result, "scenario" | "told">): string {
  const notes = told.notes.map((note) => `- ${note}`);
  const heading = `${scenario}: ${told.title}`;
  return [heading, ...told.done, "", table(told.table), ...(notes.length === 0 ? [] : ["", ...notes])].join(
    "\n",
  );
}

export function runReport(about: About): string {
  return [...measuredOn(about), ...peerLines(about).map((line) => `- ${line}`)].join("\n");
}

export function goalReport(goals: readonly Goal[]): string {
  const rows = goals.map(({ name, bound, told, held }) => [name, bound, told, verdict(held)]);
  return ["goals", table([["", "goal", "measured", ""], ...rows])].join("\n");
}

/** The machine, and how CPU was read. */
export function measuredOn({ machine, cores, cpuSource, profiled }: About): readonly string[] {
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.system}, Node ${machine.node}; ${pinning(cores)}`,
    `CPU: ${cpuSource}, divided by chat frames that reached a client; acks, presence, welcome not counted`,
    ...(profiled ? ["measured under the profiler: slower than without"] : []),
  ];
}

/** Who was measured, and who was not. */
export function peerLines({ peers, absent }: About): readonly string[] {
  return [
    ...peers.map(
      ({ title, version, note }) => `${title}: ${version === undefined ? "" : `${version}; `}${note}`,
    ),
    ...absent.map(({ title, why }) => `${title} is not measured: ${why}`),
  ];
}

export function verdict(held: boolean | undefined): string {
  if (held === undefined) return "–";
  return held ? "held" : "NOT held";
}

function pinning({ server, load }: Cores): string {
  if (server === undefined) return "not pinned (no taskset or one core only)";
  return `server pinned to core ${server}, load to core ${load}`;
}
