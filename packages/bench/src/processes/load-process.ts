// A load that is told its tasks one by one, in a process of its own, pinned to a core.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Answered, Asked, Tasks } from "../load/tasks.js";
import { pinned } from "./cores.js";
import { kept } from "./keeper.js";

type Waiting = PromiseWithResolvers<unknown>;

export interface LoadProcess<T extends Tasks> {
  readonly pid: number;
  /** @throws if the task fails, or the load while it waits */
  does<Name extends keyof T & string>(
    task: Name,
    ...plan: Parameters<T[Name]>
  ): Promise<Awaited<ReturnType<T[Name]>>>;
  end(): Promise<void>;
}

/** @param name of the file in `load` whose tasks they are */
export function startLoad<T extends Tasks>(name: string, core: number | undefined): LoadProcess<T> {
  const file = fileURLToPath(new URL(`../load/${name}.js`, import.meta.url));
  const [program = "", ...args] = pinned(core, [process.execPath, file]);
  const load = kept(spawn(program, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] }));
  const waiting = new Map<number, Waiting>();
  let asks = 0;
  let failure: Error | undefined;
  const fail = (reason: string) => {
    failure ??= new Error(reason);
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  load.once("error", (error) => fail(error.message));
  load.once("exit", (code, signal) => fail(`the load ended with ${code ?? signal}`));
  load.on("message", (said: Answered) => {
    const { ask } = said;
    if (ask === undefined) return fail(said.failed);
    const asked = waiting.get(ask);
    waiting.delete(ask);
    if ("failed" in said) asked?.reject(new Error(said.failed));
    else asked?.resolve(said.answer);
  });
  return {
    pid: load.pid ?? 0,
    does: (task, ...[plan]) => {
      if (failure !== undefined) return Promise.reject(failure);
      const ask = ++asks;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(ask, answer);
      load.send({ ask, task, plan } satisfies Asked);
      // The tasks of `load/<name>` are typed there; what comes over the channel is what they return.
      return answer.promise as ReturnType<LoadProcess<T>["does"]>;
    },
    end: async () => {
      if (load.exitCode !== null || load.signalCode !== null) return;
      const ended = once(load, "exit");
      load.kill("SIGKILL");
      await ended;
    },
  };
}
