// The scenarios, in the order in which they run and are reported.

import { connects } from "./connects.js";
import { crowd } from "./crowd.js";
import { durable } from "./durable.js";
import { flood } from "./flood.js";
import { growth } from "./growth.js";
import { idle } from "./idle.js";
import { paced } from "./paced.js";
import { pairs } from "./pairs.js";
import { resumeStorm } from "./resume-storm.js";
import type { Scenario } from "./scenario.js";

export const scenarios: readonly Scenario[] = [
  flood,
  crowd,
  paced,
  pairs,
  durable,
  resumeStorm,
  connects,
  idle,
  growth,
];
