// The first half of the worlds of each run.

import { refusals } from "chat-hub";
import { expect, test } from "vitest";
import { simulateMany } from "./many.ts";
import { storyOf } from "./report/summary.ts";
import { missing, worldsOfATest } from "./worlds.ts";

test("in the worlds of the seeds 1 to 1,000 the laws hold, and enough happens there", {
  timeout: 300_000,
}, () => {
  const { broken, counts } = simulateMany(1, worldsOfATest);
  expect(broken && storyOf(broken)).toBeUndefined();
  expect(missing(counts, Object.keys(refusals))).toEqual([]);
});
