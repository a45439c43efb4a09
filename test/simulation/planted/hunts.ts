// Hunts many bugs, two at a time, each in a process of its own.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Bug } from "./bug.ts";
import type { Hunted } from "./hunt.ts";

const run = promisify(execFile);
const program = fileURLToPath(new URL("hunt.ts", import.meta.url));
const atOnce = 2;

/**
 * In the order of the bugs; `seen` is told of each as it comes.
 * @param most worlds that are lived for each at most
 * @param likely the seed that is tried before all others
 */
export async function huntAll(
  bugs: readonly Bug[],
  most: number,
  {
    seen = () => {},
    likely = () => undefined,
  }: {
    readonly seen?: (hunted: Hunted) => void;
    readonly likely?: (bug: Bug) => number | undefined;
  } = {},
): Promise<readonly Hunted[]> {
  const left = [...bugs.entries()];
  const hunted: Hunted[] = [];
  async function hunt(): Promise<void> {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, bug] = next;
      const first = likely(bug);
      const args = [bug.name, String(most), ...(first === undefined ? [] : [String(first)])];
      const { stdout } = await run(process.execPath, [program, ...args]);
      const one = JSON.parse(stdout) as Hunted;
      hunted[index] = one;
      seen(one);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, hunt));
  return hunted;
}
