// The idle crowd: everybody comes in and stays, saying nothing.

import type { CrowdPlan } from "./crowd.js";
import { enterAll } from "./crowd.js";
import { failLoad, take } from "./tasks.js";

const tasks = {
  /** Answered when all are in, with how many. They stay until the process ends. */
  enter: async (plan: CrowdPlan): Promise<number> => (await enterAll(plan, failLoad)).length,
};

export type IdleTasks = typeof tasks;
take(tasks);
