// The loads by name: the generator's process is told a name and a plan, and answers with the load's count.

import { flood } from "./flood.js";
import { offered } from "./offered.js";
import { paced } from "./paced.js";

/** Told at the beginning and the end of the counted time; the server's CPU is read then. */
export type Marked = (mark: "counting" | "counted") => void;

export const loads = { flood, offered, paced } as const satisfies Record<
  string,
  (plan: never, marked: Marked) => Promise<unknown>
>;

export type LoadName = keyof typeof loads;
export type PlanOf<Name extends LoadName> = Parameters<(typeof loads)[Name]>[0];
export type CountOf<Name extends LoadName> = Awaited<ReturnType<(typeof loads)[Name]>>;
