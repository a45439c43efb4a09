// Runs the load generator in its own process, and reads the server's CPU at its marks.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { GeneratorSays, GeneratorTold } from "../load/generator.js";
import type { CountOf, LoadName, PlanOf } from "../load/loads.js";
import { pinned } from "./cores.js";
import type { CpuClock, CpuReading } from "./cpu-clock.js";
import { kept } from "./keeper.js";

const generator = fileURLToPath(new URL("../load/generator.js", import.meta.url));

export interface Measured<Count> {
  readonly count: Count;
  /** How much of one core the server used meanwhile: 0 to 1. */
  readonly serverCpu: number;
}

/** @throws if the load fails: what the peer did wrong is in the message */
export function runLoad<Name extends LoadName>(
  name: Name,
  plan: PlanOf<Name>,
  core: number | undefined,
  cpu: CpuClock,
): Promise<Measured<CountOf<Name>>> {
  const [program = "", ...args] = pinned(core, [process.execPath, generator]);
  const load = kept(spawn(program, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] }));
  return new Promise((resolve, reject) => {
    const readings: Promise<CpuReading>[] = [];
    load.once("error", reject);
    load.once("exit", (code, signal) => reject(new Error(`the load ended with ${code ?? signal}`)));
    load.on("message", (said: GeneratorSays) => {
      switch (said.type) {
        case "counting":
        case "counted":
          readings.push(cpu.read());
          return;
        case "done":
          return void Promise.all(readings).then(
            (read) => resolve({ count: said.count as CountOf<Name>, serverCpu: used(read) }),
            reject,
          );
        case "failed":
          return reject(new Error(said.reason));
      }
    });
    const told: GeneratorTold = { load: name, plan };
    load.send(told);
  });
}

/** A share, not an amount: the readings are taken a moment after the load's own clock was read. */
function used([first, last]: readonly CpuReading[]): number {
  if (first === undefined || last === undefined) throw new Error("the load did not mark what it counted");
  return (last.cpuMs - first.cpuMs) / (last.atMs - first.atMs);
}
