// Ends and removes what the bench has left, when the bench has ended. See keeper.ts.

import { rmSync } from "node:fs";
import { createInterface } from "node:readline";

const processes = new Set<number>();
const folders = new Set<string>();

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [sign, kind, ...rest] = line.split(" ");
    const what = rest.join(" ");
    const change = sign === "+" ? "add" : "delete";
    if (kind === "process") processes[change](Number(what));
    else folders[change](what);
  })
  .on("close", () => {
    for (const pid of processes) end(pid);
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });

/** What does not stop for a signal that can be refused would stay. */
function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
