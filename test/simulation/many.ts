// Many worlds, one after the other, until one breaks a law.

import { laws } from "./laws/laws.ts";
import type { Counts } from "./report/tally.ts";
import type { WorldOptions, WorldResult } from "./world.ts";
import { simulate } from "./world.ts";

export interface Many {
  readonly worlds: number;
  /** What happened in all of them. */
  readonly counts: Counts;
  /** The first that broke a law. */
  readonly broken?: WorldResult;
}

/** Of so many worlds one is looked at for whether its hubs do the same again. */
const replayedOf = 10;

/** The worlds of the seeds `first`, `first + 1` … under the laws. `seen` is told of each. */
export function simulateMany(
  first: number,
  worlds: number,
  options: WorldOptions = {},
  seen: (result: WorldResult) => void = () => {},
): Many {
  const counts = new Map<string, number>();
  for (let seed = first; seed < first + worlds; seed += 1) {
    const result = simulate(seed, { laws, replays: seed % replayedOf === 0, ...options });
    for (const [what, times] of result.counts) counts.set(what, (counts.get(what) ?? 0) + times);
    seen(result);
    if (result.broken !== undefined) return { worlds: seed - first + 1, counts, broken: result };
  }
  return { worlds, counts };
}
