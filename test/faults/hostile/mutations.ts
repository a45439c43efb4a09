// Fault 32: mutations of valid sessions; `npm run fuzz` does a million of them, with two more houses.

import { fuzz, houses } from "../../fuzz/house.ts";
import { brokenIn } from "../../fuzz/report.ts";
import type { Fault } from "../fault.ts";

const counts = { short: 3_000, long: 60_000 };

export const mutations: Fault = {
  number: 32,
  name: "mutations of valid sessions by chance: only documented answers; npm run fuzz does a million",
  seconds: 12,
  async run(seed, size) {
    const [house] = houses;
    if (house === undefined) throw new Error("there is no house");
    const found = await fuzz(house, { seed, count: (counts[size] * 20) / house.share, looks: 0 });
    const { acked, broken, p50, p99 } = found.witnesses;
    return {
      load: "2 witnesses",
      injected: `${found.mutations.toLocaleString("en")} mutations in ${found.cases.toLocaleString("en")} sessions`,
      acked,
      // What a witness misses is told in words.
      lost: 0,
      stored: acked,
      doubled: 0,
      gaps: broken.length,
      broken: brokenIn(found, seed),
      notes: [`the witnesses' acks took ${p50.toFixed(1)} ms, 99 % ${p99.toFixed(0)} ms at most`],
    };
  },
};
