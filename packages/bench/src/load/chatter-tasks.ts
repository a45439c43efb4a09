// Ordinary chat in a process of its own, while another load is at work.

import type { ChattersPlan } from "./chatters.js";
import { Chatters } from "./chatters.js";
import type { LatencySummary } from "./latencies.js";
import { failLoad, take } from "./tasks.js";

let chatters: Chatters | undefined;

const tasks = {
  /** Answered when they are talking, which they do until the process ends. */
  start: async (plan: ChattersPlan): Promise<void> => {
    chatters = new Chatters(plan, failLoad);
    await chatters.start();
  },
  /** What they have waited for since the last time. */
  take: async (): Promise<LatencySummary> => {
    if (chatters === undefined) throw new Error("nobody talks yet");
    return chatters.take();
  },
};

export type ChatterTasks = typeof tasks;
take(tasks);
