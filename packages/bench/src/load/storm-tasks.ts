// The crowd of a storm in a process of its own. It gives way to the process of the ordinary people, whose waiting would
// else be for this one.

import { constants, setPriority } from "node:os";
import type { CrowdPlan } from "./crowd.js";
import { enterAll } from "./crowd.js";
import type { Session } from "./session.js";
import type { StormCount, StormPlan } from "./storm.js";
import { Storm } from "./storm.js";
import { failLoad, take } from "./tasks.js";

setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
let sessions: readonly Session[] = [];

const tasks = {
  /** Everybody was here once. */
  enter: async (plan: CrowdPlan): Promise<void> => {
    sessions = await enterAll(plan, failLoad);
  },
  leave: async (): Promise<void> => {
    await Promise.all(sessions.map((session) => session.leave()));
  },
  resume: async (plan: StormPlan): Promise<StormCount> => {
    const storm = await new Storm(plan).run();
    sessions = storm.sessions;
    return storm.count;
  },
};

export type StormTasks = typeof tasks;
take(tasks);
