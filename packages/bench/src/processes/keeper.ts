// What the bench has started or made must go when it goes, however it ends: a Ctrl-C, a crash, a kill -9. No code in here
// runs after the last of these, so the list is kept by a process that lives for nothing else (keeper-program.ts): it
// reads it from a pipe, and when the pipe ends, the bench is no more.

import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./keeper-program.js", import.meta.url));
let keeper: ChildProcess | undefined;

/** A line of the list: what to end, or to remove, and whether it is to be or has been. */
export type KeeperLine = `${"+" | "-"} ${"process" | "folder"} ${string}`;

/** @returns the same process, which now ends with this one at the latest */
export function kept<Child extends ChildProcess>(child: Child): Child {
  if (child.pid === undefined) return child;
  tell(`+ process ${child.pid}`);
  // A number may be given to somebody else as soon as its process has been waited for.
  child.once("exit", () => tell(`- process ${child.pid}`));
  return child;
}

/** Gives `use` a fresh folder, which is gone afterwards. */
export async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "chat-bench-"));
  tell(`+ folder ${folder}`);
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    tell(`- folder ${folder}`);
  }
}

function tell(line: KeeperLine): void {
  keeper ??= startKeeper();
  keeper.stdin?.write(`${line}\n`);
}

/** In a group of its own: a Ctrl-C reaches the whole group of a terminal, and this one must outlive it. */
function startKeeper(): ChildProcess {
  const started = spawn(process.execPath, [program], {
    stdio: ["pipe", "ignore", "inherit"],
    detached: true,
  });
  started.unref();
  (started.stdin as Socket).unref();
  return started;
}
