// Those who come and go in a process of their own. It gives way to the process of the ordinary people, whose waiting would
// else be for this one.

import { constants, setPriority } from "node:os";
import type { ArrivalsCount, ArrivalsPlan } from "./arrivals.js";
import { Arrivals } from "./arrivals.js";
import { failLoad, take } from "./tasks.js";

setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
let arrivals: Arrivals | undefined;

const tasks = {
  /** Answered when everybody has been in once. They come and go until the process ends. */
  start: async (plan: ArrivalsPlan): Promise<void> => {
    arrivals = new Arrivals(plan, failLoad);
    await arrivals.start();
  },
  /** Answered after so many milliseconds. */
  count: async (ms: number): Promise<ArrivalsCount> => {
    if (arrivals === undefined) throw new Error("nobody comes yet");
    return arrivals.count(ms);
  },
};

export type ArrivalTasks = typeof tasks;
take(tasks);
