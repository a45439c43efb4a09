// What came of worlds, for people.

import type { WorldResult } from "../world.ts";
import { lineOf } from "./line.ts";
import type { Counts } from "./tally.ts";

/** The command that shows a world again, up to where its law broke. */
export function commandOf({ seed, steps, broken }: WorldResult): string {
  const shown = broken === undefined || broken.step === 0 ? steps : broken.step;
  return `npm run simulate -- --seed ${seed} --steps ${shown}`;
}

/** Which law a world broke, where, and what was seen before. */
export function storyOf(result: WorldResult): string {
  const { broken, seed, steps } = result;
  if (broken === undefined) return `the world of seed ${seed} keeps the laws`;
  return [
    ...broken.last.map(lineOf),
    "",
    `the world of seed ${seed} breaks the law ${broken.law} at step ${broken.step} of ${steps}, after ${broken.at} virtual ms:`,
    broken.why,
    `again: ${commandOf(result)}`,
  ].join("\n");
}

/** Everything that was counted, one line for each first word. */
export function countsOf(counts: Counts): string {
  const groups = new Map<string, string[]>();
  for (const [what, times] of [...counts].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const [first = "", ...rest] = what.split(" ");
    const group = groups.get(first) ?? [];
    groups.set(first, group);
    group.push(`${rest.join(" ") || "all"} ${times}`);
  }
  return Array.from(groups, ([first, parts]) => `${first.padEnd(10)} ${parts.join(", ")}`).join("\n");
}
