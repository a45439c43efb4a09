// Runs a command of this repository in a process of its own, as `npm run` does.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export interface CommandEnded {
  /** `null` if a signal ended it. */
  readonly code: number | null;
  /** Line by line. */
  readonly told: readonly string[];
  readonly complained: string;
}

/** Until it ends by itself; it is ended with the test at the latest. */
export async function runCommand(main: URL, args: readonly string[]): Promise<CommandEnded> {
  const program = spawn(process.execPath, [fileURLToPath(main), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void program.kill());
  let [told, complained] = ["", ""];
  program.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    told += chunk;
  });
  program.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    complained += chunk;
  });
  const [code] = (await once(program, "close")) as [number | null];
  return { code, told: told.trimEnd().split("\n"), complained };
}
