// What `npm run simulate` does: it lives worlds of drawn seeds under the laws. The product is loaded with it,
// so that main.ts can plant a bug before.

import { parseArgs } from "node:util";
import { wholeNumber, wishOf } from "../support/wish.ts";
import { laws } from "./laws/laws.ts";
import { simulateMany } from "./many.ts";
import { lineOf } from "./report/line.ts";
import { commandOf, countsOf, storyOf } from "./report/summary.ts";
import type { Counts } from "./report/tally.ts";
import type { WorldOptions, WorldResult } from "./world.ts";
import { defaultSteps, simulate } from "./world.ts";

const usage = `usage: npm run simulate -- [--seed N] [--seeds COUNT] [--steps N]
  --seed N       the world to live; without it, worlds from a seed by chance on
  --seeds COUNT  so many, of this seed and the next ones (1 with --seed, else 1000)
  --steps N      how often somebody does something or something befalls (${defaultSteps})
  --trace        tells everything that is seen, line by line
  --json         one line of JSON a world
  --plant NAME   plants a bug first (planted/bugs.ts)`;

interface Wish {
  readonly seed: number;
  readonly seeds: number;
  readonly steps: number;
  readonly trace: boolean;
  readonly json: boolean;
}

/** @throws for what can't be read */
function readWish(args: readonly string[]): Wish {
  const options = {
    seed: { type: "string" },
    seeds: { type: "string" },
    steps: { type: "string", default: String(defaultSteps) },
    trace: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  const { trace, json } = values;
  const byChance = Math.floor(Math.random() * 2 ** 31);
  const seed = values.seed === undefined ? byChance : wholeNumber("--seed", values.seed);
  const usual = values.seed === undefined ? 1_000 : 1;
  const seeds = values.seeds === undefined ? usual : wholeNumber("--seeds", values.seeds, 1);
  return { seed, seeds, steps: wholeNumber("--steps", values.steps, 1), trace, json };
}

function optionsOf({ steps, trace }: Wish): WorldOptions {
  return trace ? { steps, watch: (observed) => console.log(lineOf(observed)) } : { steps };
}

function tellOne(wish: Wish): boolean {
  const { seed, steps, json } = wish;
  const result = simulate(seed, { ...optionsOf(wish), laws });
  if (json) console.log(jsonOf(result));
  else {
    console.log(countsOf(result.counts));
    console.log(`${steps} steps, ${Math.round(result.lastedMs / 1_000)} virtual seconds`);
    console.log(storyOf(result));
  }
  return result.broken === undefined;
}

function tellMany(wish: Wish): boolean {
  const { seed, seeds, json } = wish;
  const began = performance.now();
  const told = seeds / 10;
  const { worlds, counts, broken } = simulateMany(seed, seeds, optionsOf(wish), (result) => {
    const lived = result.seed - seed + 1;
    if (json) console.log(jsonOf(result));
    else if (Math.floor(lived / told) > Math.floor((lived - 1) / told)) console.log(`${lived} worlds`);
  });
  if (json) return broken === undefined;
  console.log(countsOf(counts));
  const tookMs = performance.now() - began;
  console.log(`${worlds} worlds from seed ${seed}, ${(tookMs / worlds).toFixed(1)} ms each`);
  console.log(broken === undefined ? "the laws hold" : storyOf(broken));
  return broken === undefined;
}

function jsonOf(result: WorldResult): string {
  const { seed, steps, lastedMs, broken } = result;
  const { law, why, step, at } = broken ?? {};
  const found = broken === undefined ? {} : { broken: { law, why, step, at }, again: commandOf(result) };
  return JSON.stringify({ seed, steps, lastedMs, counts: plain(result.counts), ...found });
}

function plain(counts: Counts): Readonly<Record<string, number>> {
  return Object.fromEntries(counts);
}

/** The exit code: 0 if all laws hold, 1 if one is broken, 2 for usage. */
export function simulateAs(args: readonly string[]): number {
  const wish = wishOf(usage, () => readWish(args));
  if (wish === undefined) return 2;
  return (wish.seeds === 1 ? tellOne(wish) : tellMany(wish)) ? 0 : 1;
}
