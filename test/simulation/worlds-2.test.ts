// The second half of the worlds of each run.

import { expect, test } from "vitest";
import { liveHalf } from "./worlds.ts";

test("in the worlds of the seeds 1,001 to 2,000 the laws hold, and enough happens there", {
  timeout: 300_000,
  // One seed is one world: what has failed fails again.
  retry: 0,
}, async () => {
  expect(await liveHalf(1_001)).toEqual({ missing: [] });
});
