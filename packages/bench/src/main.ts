// `npm run bench`: reads the options, runs the scenarios, prints what they found. Progress goes to stderr.

import { BadUsage, readOptions, usage } from "./options.js";
import { chooseCores } from "./processes/cores.js";
import { floodReport } from "./report/flood-report.js";
import { growthReport } from "./report/growth-report.js";
import { machine } from "./report/machine.js";
import type { FloodResult } from "./scenarios/flood.js";
import { floodAll } from "./scenarios/flood.js";
import type { GrowthResult } from "./scenarios/growth.js";
import { growthOf } from "./scenarios/growth.js";

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(usage);
    return;
  }
  const cores = chooseCores();
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const tell = (result: FloodResult | GrowthResult, report: () => string) => {
    const told = options.json ? JSON.stringify({ ...result, machine: machine(), cores, options }) : report();
    process.stdout.write(`${told}\n${options.json ? "" : "\n"}`);
  };
  if (options.scenarios.includes("flood")) {
    const result = await floodAll(options, cores, say);
    tell(result, () => floodReport(result, options, cores));
  }
  if (options.scenarios.includes("growth")) {
    const result = await growthOf(options, cores, say);
    tell(result, () => growthReport(result, options));
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = error instanceof BadUsage ? 2 : 1;
}
