// The load as a process of its own, pinned to its own core: takes a plan, tells the marks, answers with the count.

import type { LoadName, Marked } from "./loads.js";
import { loads } from "./loads.js";

export interface GeneratorTold {
  readonly load: LoadName;
  readonly plan: unknown;
}

export type GeneratorSays =
  | { readonly type: "counting" | "counted" }
  | { readonly type: "done"; readonly count: unknown }
  | { readonly type: "failed"; readonly reason: string };

function say(what: GeneratorSays): void {
  process.send?.(what);
}

process.once("message", async ({ load, plan }: GeneratorTold) => {
  const run = loads[load] as (plan: unknown, marked: Marked) => Promise<unknown>;
  try {
    say({ type: "done", count: await run(plan, (mark) => say({ type: mark })) });
  } catch (error) {
    say({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
  process.disconnect?.();
});
