// A command that could not do what it was asked says why, a line each, and how it ends.

import { ErrandError, UsageError } from "../control/errand.js";
import { inert } from "../inert.js";
import { usageExit } from "../options/command-line.js";
import { BadOptions } from "../options/said.js";
import { StoreError } from "../stores/store-error.js";

export function complain(lines: readonly string[]): void {
  process.stderr.write(lines.map((line) => `chat-server: ${inert(line)}\n`).join(""));
}

/**
 * Says what is for people, and gives the exit code.
 * @throws whatever else it was
 */
export function failed(error: unknown): number {
  if (error instanceof BadOptions) {
    complain(error.lines);
    return usageExit;
  }
  if (!(error instanceof StoreError || error instanceof ErrandError)) throw error;
  complain([error.message]);
  return error instanceof UsageError ? usageExit : 1;
}
