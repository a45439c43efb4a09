// The load as a process of its own, pinned to its own core: takes a plan, tells the marks, answers with the count.

import type { FloodCount, FloodPlan } from "./flood.js";
import { flood } from "./flood.js";

export type GeneratorSays =
  | { readonly type: "counting" | "counted" }
  | { readonly type: "done"; readonly count: FloodCount }
  | { readonly type: "failed"; readonly reason: string };

function say(what: GeneratorSays): void {
  process.send?.(what);
}

process.once("message", async (plan: FloodPlan) => {
  try {
    say({ type: "done", count: await flood(plan, (mark) => say({ type: mark })) });
  } catch (error) {
    say({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
  process.disconnect?.();
});
