// What a scenario is: a value with a name, options of its own, and a run that gives back what it found. The command line,
// the reports, `--json` and the picture go through the list of them and know nothing special of any.

import type { OptionTable, Values } from "../option-table.js";
import type { ReadyPeer } from "../peers/peer.js";
import type { Cores } from "../processes/cores.js";

export interface Scenario<Table extends OptionTable = OptionTable> {
  /** How `--scenarios` and `--json` name it: lower case, hyphens. */
  readonly name: string;
  /** What is done, in a line; stands in `--help` and over its report. */
  readonly title: string;
  /** Names of those it has a use for; all, if absent. Others are not looked for, nor fetched. */
  readonly peers?: readonly string[];
  /** An option given on the command line holds for every chosen scenario that has one of this name. */
  readonly options: Table;
  /** @throws if a server does not do what it is asked, or a client does not get what it must: then there are no figures */
  run(options: Values<Table>, bench: Bench): Promise<Found>;
}

/** Only for its type: the values that `run` gets follow from the table. */
export function scenario<const Table extends OptionTable>(value: Scenario<Table>): Scenario<Table> {
  return value;
}

/** What a scenario runs with. */
export interface Bench {
  /** Of those that the scenario has a use for: the chosen ones that are at hand, in the order of the tables. */
  readonly peers: readonly ReadyPeer[];
  readonly cores: Cores;
  /** A folder for `.cpuprofile` files, if each server shall be profiled. */
  readonly profile: string | undefined;
  /** Is told what is going on, a line at a time. */
  say(line: string): void;
}

export interface Found {
  /** For `--json`, beside the scenario's name, its options, goals and the machine. */
  readonly figures: Readonly<Record<string, unknown>>;
  /** What was done, with the numbers it was done with: one or two sentences, each a line. */
  readonly done: readonly string[];
  /** Cells as people read them; the first row has the heads, the first column the names. */
  readonly table: readonly (readonly string[])[];
  /** What one must know to believe the figures, or to doubt them. */
  readonly notes: readonly string[];
  /** For the picture: none, or one, or two. */
  readonly charts: readonly Chart[];
  /** The goals that this scenario decides. */
  readonly goals: readonly Goal[];
}

/** Bars beside each other; less is better, if the title does not say otherwise. */
export interface Chart {
  /** The scenario, then what is measured: "flood, 32 × 32: server CPU per delivery". */
  readonly title: string;
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value as it is written beside the bar, with its unit. */
  readonly told: string;
  /** One of ours, not of a peer. */
  readonly ours: boolean;
}

/** Made by `atMost` and `atLeast`, which decide whether it is held. */
export interface Goal {
  /** "flood, memory store: CPU per delivery" */
  readonly name: string;
  /** "≤ 0.7 × Bun" */
  readonly bound: string;
  /** In the unit of the bound; absent if it could not be measured, for instance because a peer is not there. */
  readonly value?: number;
  /** The value as people read it, with its unit. */
  readonly told: string;
  /** Absent if it could not be measured. */
  readonly held?: boolean;
}

/** @param unit stands behind bound and value: "× Bun", "ms" */
export function atMost(name: string, most: number, unit: string, value: number | undefined): Goal {
  return goal(name, { sign: "≤", bound: most, unit }, value, (is) => is <= most);
}

/** @param unit stands behind bound and value: "/s" */
export function atLeast(name: string, least: number, unit: string, value: number | undefined): Goal {
  return goal(name, { sign: "≥", bound: least, unit }, value, (is) => is >= least);
}

function goal(
  name: string,
  { sign, bound, unit }: { readonly sign: string; readonly bound: number; readonly unit: string },
  value: number | undefined,
  holds: (value: number) => boolean,
): Goal {
  const goal = { name, bound: `${sign} ${written(bound)} ${unit}` };
  if (value === undefined || !Number.isFinite(value)) return { ...goal, told: "not measured" };
  const held = holds(value);
  // What misses by a little must not read as if it were the bound.
  const told = !held && written(value) === written(bound) ? String(value) : written(value);
  return { ...goal, value, told: `${told} ${unit}`, held };
}

/** Three digits that count; what is far below 1 as a part of 1. */
function written(value: number): string {
  if (value > 0 && value < 0.1) return `1/${written(1 / value)}`;
  return value.toLocaleString("en", { maximumSignificantDigits: 3 });
}
