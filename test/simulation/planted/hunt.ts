// The program that hunts one bug: `node hunt.ts NAME MOST [SEED]` lives the worlds of the seeds 1, 2 … with
// it planted, until a law breaks, MOST at most, and first of all that of SEED; and says what came of it in
// one line of JSON. A process of its own, since modules that were loaded once stay as they are.

import { plant } from "./plant.ts";

export interface Hunted {
  readonly bug: string;
  readonly found?: {
    readonly seed: number;
    readonly law: string;
    readonly why: string;
  };
  readonly seconds: number;
}

if (import.meta.main) {
  const [, , name = "", most = "", first] = process.argv;
  plant(name);
  const { simulate } = await import("../world.ts");
  const { laws } = await import("../laws/laws.ts");
  const began = performance.now();
  let found: Hunted["found"];
  const seeds = Array.from({ length: Number(most) }, (_, index) => index + 1);
  if (first !== undefined) seeds.unshift(Number(first));
  for (const seed of seeds) {
    const { broken } = simulate(seed, { laws });
    if (broken === undefined) continue;
    found = { seed, law: broken.law, why: broken.why };
    break;
  }
  const seconds = (performance.now() - began) / 1_000;
  const hunted: Hunted = { bug: name, seconds, ...(found === undefined ? {} : { found }) };
  console.log(JSON.stringify(hunted));
}
