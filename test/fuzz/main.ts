// `npm run fuzz`: a million mutations of valid sessions, against servers as a person starts them. Exit
// code 0 if all holds, 1 if not, 2 for usage. The same seed makes the same sessions.

import { parseArgs } from "node:util";
import { endWithSignals } from "../faults/load/server.ts";
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

/** Nothing if it can't be read. */
function readWish(args: readonly string[]): Wish | undefined {
  const options = {
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    count: { type: "string", default: "1000000" },
    only: { type: "string" },
    server: { type: "string" },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const [seed, count] = [Number(values.seed), Number(values.count)];
    const only = values.only === undefined ? undefined : Number(values.only);
    const isFit = Number.isSafeInteger(seed) && count > 0 && (only === undefined || only >= 0);
    const isUrl = values.server === undefined || /^ws:\/\/./.test(values.server);
    return isFit && isUrl ? { seed, count, only, server: values.server } : undefined;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return undefined;
  }
}

async function main(args: readonly string[]): Promise<number> {
  const wish = readWish(args);
  if (wish === undefined) {
    console.error(usage);
    return 2;
  }
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
