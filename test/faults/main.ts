// `npm run faults`: does what can go wrong to a server as a person starts it, and tells what came of it.
// One block of lines a fault; exit code 0 if all of them hold, 1 if not, 2 for usage.

import { parseArgs } from "node:util";
import { WrongUse, wholeNumber, wishOf } from "../support/wish.ts";
import type { Fault, Size } from "./fault.ts";
import { shortSeconds } from "./fault.ts";
import { faults } from "./faults.ts";
import { endWithSignals } from "./load/server.ts";
import { rowOf, writeRows } from "./readme.ts";
import type { Outcome } from "./report.ts";
import { isGood, jsonOf, reportOf } from "./report.ts";

const usage = `usage: npm run faults -- [numbers, or words of the faults to do]
  --seed N   the chance that is used; told at the beginning
  --short    a few seconds of each; if none is named, only those that npm test does
  --json     one line of JSON a fault
  --write    puts what was measured into the table of README.md, of those that hold
  --list     tells what there is, and does nothing`;

interface Wish {
  readonly chosen: readonly Fault[];
  readonly seed: number;
  readonly size: Size;
  readonly json: boolean;
  readonly write: boolean;
  readonly list: boolean;
}

/** @throws for what can't be read, or means no fault */
function readWish(args: readonly string[]): Wish {
  const options = {
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    short: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { short, json, write, list } = values;
  if (short && write) throw new WrongUse("the table is of whole runs: --write goes without --short");
  const seed = wholeNumber("--seed", values.seed);
  const chosen = faults.filter(
    (fault) =>
      isMeant(fault, positionals) && (!short || positionals.length > 0 || fault.seconds <= shortSeconds),
  );
  if (chosen.length === 0)
    throw new WrongUse(`no fault is meant by ${positionals.join(" ")}; --list tells which there are`);
  return { chosen, seed, size: short ? "short" : "long", json, write, list };
}

/** Any of the numbers, or all of the words. */
function isMeant({ number, name }: Fault, asked: readonly string[]): boolean {
  const numbers = asked.filter((each) => /^\d+$/.test(each)).map(Number);
  const words = asked.filter((each) => !/^\d+$/.test(each));
  if (numbers.length > 0 && !numbers.includes(number)) return false;
  return words.every((word) => name.includes(word));
}

async function outcomeOf(fault: Fault, { seed, size }: Wish): Promise<Outcome> {
  const reason = fault.skip?.();
  if (reason !== undefined) return { type: "skipped", fault, reason };
  try {
    return { type: "found", fault, findings: await fault.run(seed, size) };
  } catch (error) {
    return { type: "failed", fault, error: error instanceof Error ? error.message : String(error) };
  }
}

async function main(args: readonly string[]): Promise<number> {
  const wish = wishOf(usage, () => readWish(args));
  if (wish === undefined) return 2;
  if (wish.list) {
    for (const { number, name, seconds } of wish.chosen) console.log(`${number}  ${name} (${seconds} s)`);
    return 0;
  }
  if (!wish.json) console.log(`seed ${wish.seed}`);
  const outcomes: Outcome[] = [];
  for (const fault of wish.chosen) {
    const from = performance.now();
    const outcome = await outcomeOf(fault, wish);
    outcomes.push(outcome);
    const doing = { seed: wish.seed, ms: Math.round(performance.now() - from) };
    console.log((wish.json ? jsonOf : reportOf)(outcome, doing));
  }
  const bad = outcomes.filter((outcome) => !isGood(outcome)).length;
  const skipped = outcomes.filter(({ type }) => type === "skipped").length;
  if (!wish.json) console.log(`${outcomes.length - bad - skipped} hold, ${bad} don't, ${skipped} skipped`);
  if (wish.write) writeRows(outcomes.filter(isGood).flatMap(rowsOf), faults);
  return bad === 0 ? 0 : 1;
}

/** None of a fault that was skipped or could not be done. */
function rowsOf(outcome: Outcome): readonly (readonly string[])[] {
  return outcome.type === "found" ? [rowOf(outcome.fault, outcome.findings)] : [];
}

endWithSignals();
// Not only the code: nothing that a fault has left behind may keep the command from ending.
process.exit(await main(process.argv.slice(2)));
