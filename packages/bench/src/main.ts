// `npm run bench`: reads the options, runs the scenarios one after the other, prints what each found as soon as it is
// done, and which goals are held at the end. Progress goes to stderr.

import { BadUsage } from "./option-table.js";
import type { Options } from "./options.js";
import { readOptions, usage } from "./options.js";
import { atHand, peers } from "./peers/peers.js";
import { chooseCores } from "./processes/cores.js";
import { cpuSource } from "./processes/cpu-clock.js";
import { machine } from "./report/machine.js";
import { goalReport, runReport, scenarioReport } from "./report/report.js";
import type { Bench, Found, Goal } from "./scenarios/scenario.js";

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") return print(usage());
  const cores = chooseCores();
  const hand = await atHand(
    peers.filter(({ name }) => options.peers.includes(name) && options.runs.some((run) => uses(run, name))),
    say,
  );
  const bench: Bench = { peers: hand.ready, cores, profile: options.profile, say };
  const versions = Object.fromEntries(
    hand.ready.map(({ name, version }) => [name, version ?? "this checkout"]),
  );
  const about = { versions, absent: hand.absent, machine: machine(), cpuSource, cores };
  if (!options.json) print(`${runReport(cores, hand, options.profile)}\n\n`);
  const goals: Goal[] = [];
  await runAll(options, bench, (run, found) => {
    goals.push(...found.goals);
    if (options.json) print(`${lineOf(run, found, about)}\n`);
    else print(`${scenarioReport(run.scenario, found)}\n\n`);
  });
  if (!options.json && goals.length > 0) print(`${goalReport(goals)}\n`);
}

type Run = Options["runs"][number];

function uses({ scenario }: Run, peer: string): boolean {
  return scenario.peers?.includes(peer) ?? true;
}

/** A scenario that fails does not take the others with it. */
async function runAll(
  { runs }: Options,
  bench: Bench,
  tell: (run: Run, found: Found) => void,
): Promise<void> {
  for (const run of runs) {
    say(`${run.scenario.name}: ${run.scenario.title}`);
    try {
      const peers = bench.peers.filter(({ name }) => uses(run, name));
      tell(run, await run.scenario.run(run.options, { ...bench, peers }));
    } catch (error) {
      fail(`${run.scenario.name}: ${error instanceof Error ? error.message : error}`, 1);
    }
  }
}

/** One line of `--json`. */
function lineOf({ scenario, options }: Run, { figures, goals }: Found, about: object): string {
  return JSON.stringify({ scenario: scenario.name, ...figures, goals, options, ...about });
}

function print(text: string): void {
  process.stdout.write(text);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function fail(reason: string, exitCode: number): void {
  say(`bench: ${reason}`);
  process.exitCode = exitCode;
}

try {
  await main();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error), error instanceof BadUsage ? 2 : 1);
}
