// `npm run bench`: reads the options, runs the scenarios one after the other, prints what each found as soon as it is
// done, and which goals are held at the end. Progress goes to stderr.

import { writeFile } from "node:fs/promises";
import { guard } from "./guard/guard.js";
import { BadUsage } from "./option-table.js";
import type { Options } from "./options.js";
import { readOptions, usage } from "./options.js";
import { atHand, peers } from "./peers/peers.js";
import { chooseCores } from "./processes/cores.js";
import { markdown } from "./report/markdown.js";
import { picture } from "./report/picture.js";
import { writeReadme } from "./report/readme.js";
import { goalReport, runReport, scenarioReport } from "./report/report.js";
import type { Result } from "./report/result.js";
import { aboutRun, resultOf, resultsIn } from "./report/result.js";
import type { Bench } from "./scenarios/scenario.js";

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") return print(usage());
  if (options.guard) return holdGuard(options);
  const results: Result[] = [];
  const tell = (result: Result) => {
    if (options.form === "json") print(`${JSON.stringify(result)}\n`);
    if (options.form === "text") {
      if (results.length === 0) print(`${runReport(result.about)}\n\n`);
      print(`${scenarioReport(result)}\n\n`);
    }
    results.push(result);
  };
  if (options.from === undefined) await runAll(options, tell);
  else for (const result of await chosenIn(options.from, options)) tell(result);
  if (options.form === "markdown") print(markdown(results));
  const goals = results.flatMap((result) => result.goals);
  if (options.form === "text" && goals.length > 0) print(`${goalReport(goals)}\n`);
  if (options.svg !== undefined) await writeFile(options.svg, picture(results));
  if (options.write) await writeReadme(results);
}

async function holdGuard({ profile }: Options): Promise<void> {
  const held = await guard({ cores: chooseCores(), profile, say }, (line) => print(`${line}\n`));
  if (!held) process.exitCode = 1;
}

async function chosenIn(file: string, { runs }: Options): Promise<readonly Result[]> {
  const results = await resultsIn(file);
  return runs.flatMap(({ scenario }) => results.find((result) => result.scenario === scenario.name) ?? []);
}

type Run = Options["runs"][number];

/** A scenario that fails does not take the others with it. */
async function runAll(
  { runs, peers: chosen, profile }: Options,
  tell: (result: Result) => void,
): Promise<void> {
  const cores = chooseCores();
  const wanted = peers.filter(({ name }) => chosen.includes(name) && runs.some((run) => uses(run, name)));
  const hand = await atHand(wanted, say);
  const about = aboutRun(hand, cores, profile !== undefined);
  const bench: Bench = { peers: hand.ready, cores, profile, say };
  for (const run of runs) {
    say(`${run.scenario.name}: ${run.scenario.title}`);
    try {
      const peers = bench.peers.filter(({ name }) => uses(run, name));
      const found = await run.scenario.run(run.options, { ...bench, peers });
      tell(resultOf(run.scenario, run.options, found, about));
    } catch (error) {
      fail(`${run.scenario.name}: ${error instanceof Error ? error.message : error}`, 1);
    }
  }
}

function uses({ scenario }: Run, peer: string): boolean {
  return scenario.peers?.includes(peer) ?? true;
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
