// Programs of the machine that a fault needs.

import { execFileSync } from "node:child_process";

/** Runs a program; tells in one line why that did not work, if it did not. */
export function obstacleOf(program: string, ...args: readonly string[]): string | undefined {
  try {
    execFileSync(program, args, { stdio: "pipe" });
    return undefined;
  } catch (error) {
    const { stderr, message } = error as Error & { readonly stderr?: Buffer };
    const [line = message] = String(stderr ?? "")
      .split("\n")
      .filter((each) => each.trim() !== "");
    return line;
  }
}
