// `npm run planted`: hunts the planted bugs. Exit code 0 if each is found, and the product as it is keeps the
// laws in the same worlds; 1 if not; 2 for usage.

import { parseArgs } from "node:util";
import { WrongUse, wholeNumber, wishOf } from "../../support/wish.ts";
import { laws } from "../laws/laws.ts";
import { simulate } from "../world.ts";
import { bugs } from "./bugs.ts";
import type { Hunted } from "./hunt.ts";
import { huntAll } from "./hunts.ts";
import { writeTable } from "./readme.ts";

const usage = `usage: npm run planted -- [--bug NAME] [--most N] [--write]
  --bug NAME  only this one: ${bugs.map(({ name }) => name).join(", ")}
  --most N    worlds that are lived for each at most (2000)
  --write     writes what was found into the table of the README beside this`;

interface Wish {
  readonly bug?: string | undefined;
  readonly most: number;
  readonly write: boolean;
}

/** @throws for what can't be read */
function readWish(args: readonly string[]): Wish {
  const options = {
    bug: { type: "string" },
    most: { type: "string", default: "2000" },
    write: { type: "boolean", default: false },
  } as const;
  const { bug, write, ...rest } = parseArgs({ args: [...args], options }).values;
  if (bug !== undefined && !bugs.some(({ name }) => name === bug))
    throw new WrongUse(`there is no bug ${bug}`);
  return { bug, most: wholeNumber("--most", rest.most, 1), write };
}

function tell({ bug, found, seconds }: Hunted): void {
  const how = found === undefined ? "NOT FOUND" : `${found.law.padEnd(8)} seed ${found.seed}`;
  console.log(`${bug.padEnd(32)} ${how.padEnd(20)} ${seconds.toFixed(1)} s`);
  if (found !== undefined) console.log(`    ${found.why}`);
}

/** Seeds in which a law breaks without any bug planted: what was found there says nothing. */
function brokenAnyway(hunts: readonly Hunted[]): readonly number[] {
  const seeds = new Set(hunts.flatMap(({ found }) => (found === undefined ? [] : [found.seed])));
  return [...seeds].filter((seed) => simulate(seed, { laws }).broken !== undefined);
}

const wish = wishOf(usage, () => readWish(process.argv.slice(2)));
if (wish === undefined) process.exitCode = 2;
else {
  const hunted = wish.bug === undefined ? bugs : bugs.filter(({ name }) => name === wish.bug);
  const hunts = await huntAll(hunted, wish.most, { seen: tell });
  const broken = brokenAnyway(hunts);
  if (broken.length > 0) console.log(`without any bug the laws break in the worlds ${broken.join(", ")}`);
  if (wish.write) writeTable(hunts);
  process.exitCode = broken.length === 0 && hunts.every(({ found }) => found !== undefined) ? 0 : 1;
}
