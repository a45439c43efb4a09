// The command line: what holds for every scenario stands here, the rest comes from the scenarios' own tables.

import { parseArgs } from "node:util";
import type { Given, OptionTable, Values } from "./option-table.js";
import { BadUsage, flagOf, helpLine, helpOf, readOwn } from "./option-table.js";
import { peers, reference } from "./peers/peers.js";
import type { Scenario } from "./scenarios/scenario.js";
import { scenarios } from "./scenarios/scenarios.js";

export interface Options {
  /** The chosen scenarios, each with the values of its own options. */
  readonly runs: readonly Run[];
  /** Names, in the order of the table; the plain loop always, since ratios refer to it. */
  readonly peers: readonly string[];
  /** Instead of the scenarios: hold the bounds of the guard. */
  readonly guard: boolean;
  readonly quick: boolean;
  /** What is printed: for people, one JSON object a line, or for a README. */
  readonly form: "text" | "json" | "markdown";
  /** A file to write the picture to. */
  readonly svg: string | undefined;
  /** The figures and the picture of this package's README are made new. */
  readonly write: boolean;
  /** A file with lines of `--json` to report instead of running anything. */
  readonly from: string | undefined;
  readonly profile: string | undefined;
}

export interface Run {
  readonly scenario: Scenario;
  readonly options: Values<OptionTable>;
}

const shared = {
  scenarios: { type: "string" },
  peers: { type: "string" },
  guard: { type: "boolean" },
  quick: { type: "boolean" },
  json: { type: "boolean" },
  markdown: { type: "boolean" },
  svg: { type: "string" },
  write: { type: "boolean" },
  from: { type: "string" },
  profile: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

export function usage(): string {
  return `${[
    "npm run bench -- [options]",
    "",
    helpLine("--scenarios A,B", `of ${scenarios.map(({ name }) => name).join(", ")} (all)`),
    helpLine("--peers A,B", `of ${peers.map(({ name }) => name).join(", ")} (all)`),
    helpLine("--guard", "no scenario: short runs; fails if ours is too near to the plain loop"),
    helpLine("--quick", "fewer and shorter rounds: a first answer in some two minutes"),
    helpLine("--json", "one JSON object a line on stdout, one line a scenario"),
    helpLine("--markdown", "tables for a README instead"),
    helpLine("--svg FILE", "the bars as a picture"),
    helpLine("--write", "tables and picture into this package's README"),
    helpLine("--from FILE", "report what lines of --json say, of one run or of several; nothing is run"),
    helpLine("--profile DIR", "a .cpuprofile of each server in DIR; its figures are then slower"),
    "",
    "An option of a scenario holds for every chosen one that has it.",
    ...scenarios.flatMap(({ name, title, options }) => ["", `${name}: ${title}`, ...helpOf(options)]),
  ].join("\n")}\n`;
}

/** @throws {BadUsage} */
export function readOptions(args: readonly string[]): Options | "help" {
  const given = parse(args);
  if (given["help"] === true) return "help";
  const chosen = chosenOf("scenarios", given["scenarios"], scenarios);
  const quick = given["quick"] === true;
  refuseUnused(given, chosen);
  return {
    runs: chosen.map((scenario) => ({ scenario, options: readOwn(scenario.options, given, quick) })),
    peers: chosenPeers(given["peers"]),
    guard: given["guard"] === true,
    quick,
    form: given["json"] === true ? "json" : given["markdown"] === true ? "markdown" : "text",
    svg: given["svg"] as string | undefined,
    write: given["write"] === true,
    from: given["from"] as string | undefined,
    profile: given["profile"] as string | undefined,
  };
}

function parse(args: readonly string[]): Readonly<Record<string, Given>> {
  const own = scenarios.flatMap(({ options }) => Object.entries(options));
  const types = own.map(([name, { type }]) => [
    flagOf(name),
    { type: type === "flag" ? "boolean" : "string" },
  ]);
  try {
    return parseArgs({ args: [...args], options: { ...Object.fromEntries(types), ...shared } })
      .values as Readonly<Record<string, Given>>;
  } catch (error) {
    throw new BadUsage(error instanceof Error ? error.message : String(error));
  }
}

/** An option that changes nothing is a mistake. */
function refuseUnused(given: Readonly<Record<string, Given>>, chosen: readonly Scenario[]): void {
  for (const flag of Object.keys(given).filter((flag) => !(flag in shared))) {
    const owners = scenarios.filter(({ options }) =>
      Object.keys(options).some((name) => flagOf(name) === flag),
    );
    if (owners.some((owner) => chosen.includes(owner))) continue;
    throw new BadUsage(
      `--${flag} is of ${owners.map(({ name }) => name).join(", ")}, which you have not chosen`,
    );
  }
}

function chosenPeers(given: Given): readonly string[] {
  const named = chosenOf("peers", given, peers);
  return peers.filter((peer) => named.includes(peer) || peer.name === reference).map(({ name }) => name);
}

function chosenOf<Named extends { readonly name: string }>(
  option: string,
  given: Given,
  known: readonly Named[],
): readonly Named[] {
  if (typeof given !== "string") return known;
  const names = given.split(",");
  const unknown = names.find((name) => !known.some((one) => one.name === name));
  if (unknown !== undefined)
    throw new BadUsage(
      `--${option}: there is no "${unknown}"; there are ${known.map(({ name }) => name).join(", ")}`,
    );
  return known.filter(({ name }) => names.includes(name));
}
