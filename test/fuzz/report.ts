// What came of a run: whether all held, and lines for people with the command that shows it again.

import { pushes, refusals } from "chat-hub";
import type { Found, Held } from "./house.ts";

/** What a heap may have more at the end than after the first part of a run, when all its caches are full. */
const growthBytes = 8 * 1024 * 1024;

/** Everything that did not hold, one line each. */
export function brokenIn(found: Found, seed: number): readonly string[] {
  const { broken, witnesses, died, held } = found;
  const { name: house, keepsInHeap = false } = found.house;
  if (died !== undefined) {
    const during = broken.map(({ index }) => index);
    return [`${house}: the server died: ${died.slice(-2_000)}\n  while these went on: ${during.join(", ")}`];
  }
  const growth = keepsInHeap ? 0 : growthOf(held);
  return [
    ...broken.map(
      ({ index, what }) => `${house}: ${what.slice(0, 1_000)}\n  again: ${againWith(seed, index)}`,
    ),
    ...witnesses.broken.map((line) => `${house}: of the witnesses: ${line}`),
    ...(growth > growthBytes ? [`${house}: the heap grew by ${mib(growth)} MiB`] : []),
  ];
}

export function againWith(seed: number, index: number): string {
  return `npm run fuzz -- --seed ${seed} --only ${index}`;
}

export function linesOf({ house, cases, mutations, kinds, witnesses, held }: Found): readonly string[] {
  const { acked, p50, p99 } = witnesses;
  const [answers, codes] = [Object.keys(pushes), Object.keys(refusals)];
  const heard = (of: readonly string[]): string =>
    `${of.filter((kind) => kinds.has(kind)).length} of ${of.length}`;
  return [
    `${house.name}: ${counted(mutations)} mutations in ${counted(cases)} sessions`,
    `  heard: ${heard(answers)} pushes and answers, ${heard(codes)} refusals`,
    `  beside: ${counted(acked)} messages of the witnesses, acked in ${p50.toFixed(1)} ms, 99 % in ${p99.toFixed(0)} ms`,
    ...held.map(
      ({ mutations, heap, resident = 0 }) =>
        `  after ${counted(mutations)}: heap ${mib(heap)} MiB, resident ${mib(resident)} MiB`,
    ),
  ];
}

/** From a third of the run on: what is built once, and what is kept up to a limit, is there by then. */
function growthOf(held: readonly Held[]): number {
  const first = held[Math.floor((held.length - 1) / 3)];
  const last = held.at(-1);
  return first === undefined || last === undefined ? 0 : last.heap - first.heap;
}

function counted(count: number): string {
  return count.toLocaleString("en");
}

function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
