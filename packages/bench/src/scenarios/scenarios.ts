// The scenarios, in the order in which they run and are reported.

import { connects } from "./connects.js";
import { durable } from "./durable.js";
import { floodScenario } from "./flood.js";
import { growth } from "./growth.js";
import { idle } from "./idle.js";
import { resumeStorm } from "./resume-storm.js";
import type { Scenario } from "./scenario.js";

export const scenarios: readonly Scenario[] = [floodScenario, durable, resumeStorm, connects, idle, growth];
