// `npm run fuzz`: a million mutations of valid sessions, against servers as a person starts them. Exit
// code 0 if all holds, 1 if not, 2 for usage. The same seed makes the same sessions.

import { parseArgs } from "node:util";
import { endWithSignals } from "../faults/load/server.ts";
import { WrongUse, wholeNumber, wishOf } from "../support/wish.ts";
import { carryOut } from "./campaign.ts";
import { fuzz, houses, patienceMs } from "./house.ts";
import { culpritOf, playAlone } from "./only.ts";
import { againWith, brokenIn, linesOf } from "./report.ts";
import { shown } from "./session.ts";
import { caseOf } from "./sources/cases.ts";
import { Verdict } from "./verdict.ts";

const usage = `usage: npm run fuzz -- [options]
  --seed N      the chance that is used; told at the beginning
  --count N     how many mutations (1,000,000)
  --only INDEX  one session alone, made as short as it can be and still break something
  --server URL  against this server, ws://…, which is then only heard: by default it starts its own`;

interface Wish {
  readonly seed: number;
  readonly count: number;
  readonly only: number | undefined;
  readonly server: string | undefined;
}

/** @throws for what can't be read */
function readWish(args: readonly string[]): Wish {
  const options = {
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    count: { type: "string", default: "1000000" },
    only: { type: "string" },
    server: { type: "string" },
  } as const;
  const { seed, count, only, server } = parseArgs({ args: [...args], options }).values;
  if (server !== undefined && !/^ws:\/\/./.test(server))
    throw new WrongUse(`--server is an address such as ws://localhost:8001, not ${server}`);
  return {
    seed: wholeNumber("--seed", seed),
    count: wholeNumber("--count", count, 1),
    only: only === undefined ? undefined : wholeNumber("--only", only),
    server,
  };
}

async function main(args: readonly string[]): Promise<number> {
  const wish = wishOf(usage, () => readWish(args));
  if (wish === undefined) return 2;
  console.log(`seed ${wish.seed}`);
  if (wish.only !== undefined) return one(wish, wish.only);
  return wish.server === undefined ? ours(wish) : theirs(wish, wish.server);
}

async function one({ seed, server }: Wish, index: number): Promise<number> {
  const { moves, broken } = await playAlone(seed, index, server);
  for (const move of moves) console.log(shown(move));
  console.log(broken ?? "all of it is answered as it may be");
  return broken === undefined ? 0 : 1;
}

async function ours({ seed, count }: Wish): Promise<number> {
  const start = performance.now();
  const looks = count < 100_000 ? 0 : 7;
  const all = await Promise.all(
    houses.map((house) => fuzz(house, { seed, count, looks, told: console.log })),
  );
  const seconds = (performance.now() - start) / 1000;
  const mutations = all.reduce((sum, found) => sum + found.mutations, 0);
  const broken = all.flatMap((found) => brokenIn(found, seed));
  for (const line of [...all.flatMap(linesOf), ...broken]) console.log(line);
  for (const { died, broken } of all) {
    if (died === undefined) continue;
    const culprit = await culpritOf(
      seed,
      broken.map(({ index }) => index),
    );
    console.log(culprit === undefined ? "none of them does it alone" : `again: ${againWith(seed, culprit)}`);
  }
  const told = `${mutations.toLocaleString("en")} mutations in ${seconds.toFixed(0)} s`;
  console.log(`${told}, ${broken.length} broken`);
  return broken.length === 0 ? 0 : 1;
}

async function theirs({ seed, count }: Wish, url: string): Promise<number> {
  let [index, mutations] = [0, 0];
  const next = () => {
    if (mutations >= count) return undefined;
    const drawn = caseOf(seed, index++);
    mutations += drawn.mutations;
    return drawn;
  };
  const broken = await carryOut({ url, atOnce: 32, patienceMs, verdict: new Verdict(), next });
  for (const { index, what } of broken) {
    console.log(`${what}\n  again: npm run fuzz -- --seed ${seed} --only ${index} --server ${url}`);
  }
  console.log(`${mutations.toLocaleString("en")} mutations, ${broken.length} sessions broken`);
  return broken.length === 0 ? 0 : 1;
}

endWithSignals();
process.exitCode = await main(process.argv.slice(2));
