// What a simulated world promises: it is one number, all that can befall it does, and a broken law says
// how to see it again.

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Law } from "./observed.ts";
import { LawBroken } from "./observed.ts";
import { commandOf, storyOf } from "./report/summary.ts";
import { simulate } from "./world.ts";

/** All that is seen of a world, in a few characters. */
function traceOf(seed: number, steps = 60): string {
  const hash = createHash("sha256");
  simulate(seed, { steps, watch: (observed) => hash.update(JSON.stringify(observed)) });
  return hash.digest("hex");
}

test("one seed is one world, byte for byte, whatever was lived before it", () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const forwards = seeds.map((seed) => traceOf(seed));
  const backwards = [...seeds].reverse().map((seed) => traceOf(seed));
  expect(backwards.reverse()).toEqual(forwards);
  expect(new Set(forwards).size).toBe(seeds.length);
});

test("fewer steps are the beginning of the same world", () => {
  const seen = (steps: number): string[] => {
    const lines: string[] = [];
    let isCalm = false;
    simulate(7, {
      steps,
      watch(observed) {
        isCalm ||= observed.type === "calm";
        if (!isCalm) lines.push(JSON.stringify(observed));
      },
    });
    return lines;
  };
  const short = seen(40);
  expect(short.length).toBeGreaterThan(100);
  expect(seen(80).slice(0, short.length)).toEqual(short);
});

test("a broken law tells the seed, the step, what was seen before it, and the command that shows it again", () => {
  const law = (): Law => ({
    name: "silence",
    see({ type }) {
      if (type === "heard") throw new LawBroken("silence", "somebody hears something");
    },
  });
  const result = simulate(5, { laws: [law] });
  expect(result.broken).toMatchObject({ law: "silence", why: "silence: somebody hears something", step: 0 });
  expect(result.broken?.last.at(-1)?.type).toBe("heard");
  expect(storyOf(result)).toContain("again: npm run simulate -- --seed 5 --steps 200");
  expect(commandOf(result)).toBe("npm run simulate -- --seed 5 --steps 200");
});
