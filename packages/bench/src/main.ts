// `npm run bench`: reads the options, runs the flood, prints what it found. Progress goes to stderr.

import { BadUsage, readOptions, usage } from "./options.js";
import { chooseCores } from "./processes/cores.js";
import { floodReport } from "./report/flood-report.js";
import { machine } from "./report/machine.js";
import { floodAll } from "./scenarios/flood.js";

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(usage);
    return;
  }
  const cores = chooseCores();
  const result = await floodAll(options, cores, (line) => process.stderr.write(`${line}\n`));
  const told = options.json
    ? JSON.stringify({ ...result, machine: machine(), cores, options })
    : floodReport(result, options, cores);
  process.stdout.write(`${told}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = error instanceof BadUsage ? 2 : 1;
}
