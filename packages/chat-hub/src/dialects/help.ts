// What `help` shows: what whoever asks may do now.

import type { CommandRow } from "../tables/commands.js";
import { commands } from "../tables/commands.js";
import type { HelpPayload } from "./frames.js";

/** How far somebody has come: not logged in, or under a name that a token keeps or doesn't. */
export type HelpStanding =
  | { readonly state: "greeting" }
  | { readonly state: "here"; readonly kept: boolean };

/** The commands that make sense now; those that only a token is missing for say so. */
export function helpFor(standing: HelpStanding): HelpPayload["commands"] {
  const rows: HelpPayload["commands"][number][] = [];
  for (const [type, row] of Object.entries(commands) as [string, CommandRow][]) {
    const { what, example, needs } = row;
    if (standing.state === "greeting" ? needs !== "nothing" : type === "login") continue;
    const token = standing.state === "here" && !standing.kept && needs === "token";
    rows.push({ type, what, example, ...(token ? { needs: "token" } : {}) });
  }
  return rows;
}
