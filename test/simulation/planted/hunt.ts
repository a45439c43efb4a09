// The program that hunts one bug: `node hunt.ts NAME MOST` lives the worlds of the seeds 1, 2 … with it
// planted, until a law breaks, MOST at most; and says what came of it in one line of JSON. A process of its
// own, since modules that were loaded once stay as they are.

import { plant } from "./plant.ts";

export interface Hunted {
  readonly bug: string;
  readonly found?: {
    /** How many worlds it took: the seed, since they begin at 1. */
    readonly seed: number;
    readonly law: string;
    readonly why: string;
  };
  readonly seconds: number;
}

if (import.meta.main) {
  const [, , name = "", most = ""] = process.argv;
  plant(name);
  const { simulate } = await import("../world.ts");
  const { laws } = await import("../laws/laws.ts");
  const began = performance.now();
  let found: Hunted["found"];
  for (let seed = 1; seed <= Number(most) && found === undefined; seed += 1) {
    const { broken } = simulate(seed, { laws });
    if (broken !== undefined) found = { seed, law: broken.law, why: broken.why };
  }
  const seconds = (performance.now() - began) / 1_000;
  const hunted: Hunted = { bug: name, seconds, ...(found === undefined ? {} : { found }) };
  console.log(JSON.stringify(hunted));
}
