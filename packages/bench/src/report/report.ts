// What was found, for people: of each scenario a table and what one must know about it; at the end which goals are held.

import type { AtHand } from "../peers/peers.js";
import { titleOf } from "../peers/peers.js";
import type { Cores } from "../processes/cores.js";
import { cpuSource } from "../processes/cpu-clock.js";
import type { Found, Goal, Scenario } from "../scenarios/scenario.js";
import { machine } from "./machine.js";
import { table } from "./table.js";

export function scenarioReport({ name, title }: Scenario, { done, table: rows, notes }: Found): string {
  const [heading, rest] = [`${name}: ${title}`, notes.map((note) => `- ${note}`)];
  return [heading, ...done, "", table(rows), ...(rest.length === 0 ? [] : ["", ...rest])].join("\n");
}

/** What holds for all figures of a run. */
export function runReport(cores: Cores, { ready, absent }: AtHand, profile: string | undefined): string {
  const { cpu, cores: count, system, node } = machine();
  return [
    `${cpu}, ${count} cores, ${system}, Node ${node}; ${pinning(cores)}`,
    `CPU: ${cpuSource}, divided by chat frames that reached a client; acks, presence, welcome not counted`,
    ...ready.map(
      ({ title, version, note }) => `- ${title}: ${version === undefined ? "" : `${version}; `}${note}`,
    ),
    ...absent.map(({ peer, why }) => `- ${titleOf(peer)} is not measured: ${why}`),
    ...(profile === undefined ? [] : ["measured under the profiler: slower than without"]),
  ].join("\n");
}

export function goalReport(goals: readonly Goal[]): string {
  const rows = goals.map(({ name, bound, told, held }) => [name, bound, told, verdict(held)]);
  return ["goals", table([["", "goal", "measured", ""], ...rows])].join("\n");
}

function verdict(held: boolean | undefined): string {
  if (held === undefined) return "–";
  return held ? "held" : "NOT held";
}

function pinning({ server, load }: Cores): string {
  if (server === undefined) return "not pinned (no taskset or one core only)";
  return `server pinned to core ${server}, load to core ${load}`;
}
