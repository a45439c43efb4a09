// npm run simulate -- --seed N [--steps N] [--seeds COUNT] [--trace] [--json]

import { lineOf } from "./report/line.ts";
import { simulate } from "./world.ts";

const seed = Number(process.argv[2] ?? 1);
const count = Number(process.argv[3] ?? 1);
const started = performance.now();
const totals = new Map<string, number>();
for (let one = seed; one < seed + count; one += 1) {
  const result = simulate(one, process.argv[4] === "trace" ? { watch: (o) => console.log(lineOf(o)) } : {});
  for (const [key, value] of result.counts) totals.set(key, (totals.get(key) ?? 0) + value);
  if (result.broken !== undefined) {
    console.log(one, result.broken.law, result.broken.why, result.broken.step, result.broken.at);
    if (count === 1) for (const line of result.broken.last) console.log(lineOf(line));
  }
}
console.log(totals);
console.log((performance.now() - started) / count, "ms a world");
