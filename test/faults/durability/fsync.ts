// Fault 3: fsync fails. What it was for is never acked, and the server ends at once, since nobody knows
// what is on disk then: it never tries an fsync again.

import { chanceOf } from "../../support/chance.ts";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import type { Server } from "../load/server.ts";
import { startServer } from "../load/server.ts";
import { obstacleOf } from "./tool.ts";

const flags = ["--limits", "off"];
/** Which of a thread's calls fail from the nth on, as strace writes it. */
const failures = {
  once: (n: number) => `${n}`,
  "seven times": (n: number) => `${n}..${n + 6}`,
  "for ever": (n: number) => `${n}+`,
};
const failuresOf = {
  short: ["once", "for ever"],
  long: ["once", "seven times", "for ever", "once", "seven times", "for ever"],
} as const;
/** From the failure to the end of the process. */
const endMs = 10_000;

function strace(when: string): readonly string[] {
  // -D: the server is what was started, and strace beside it.
  const inject = `inject=fsync,fdatasync:error=EIO:when=${when}`;
  return [
    "strace",
    "-D",
    "-f",
    "--seccomp-bpf",
    "-o",
    "/dev/null",
    "-e",
    "trace=fsync,fdatasync",
    "-e",
    inject,
  ];
}

export const fsync: Fault = {
  number: 3,
  name: "fsync fails with EIO",
  seconds: 4,
  skip() {
    const obstacle = obstacleOf("strace", "-o", "/dev/null", "true");
    return obstacle === undefined ? undefined : `fsync is made to fail by strace: ${obstacle}`;
  },
  async run(seed, size) {
    const chance = chanceOf(seed);
    await using server = await startServer({ flags });
    await using load = new Load(server, { senders: 20 });
    const broken: string[] = [];
    await load.acks(100);
    load.faultBegins();
    for (const failing of failuresOf[size]) {
      await server.ends("SIGKILL");
      const nth = 10 + Math.floor(chance() * 30);
      await server.start({ under: strace(failures[failing](nth)) });
      broken.push(...(await faultsOfEnd(server)));
    }
    await server.start();
    load.faultEnds();
    await load.acks(100);
    return await load.findings({ injected: `failed ${failuresOf[size].join(", ")}`, broken });
  },
};

async function faultsOfEnd(server: Server): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), endMs);
  });
  const ended = await Promise.race([server.ended, late]);
  clearTimeout(timer);
  if (ended === undefined) {
    await server.ends("SIGKILL");
    return ["it goes on after a failed fsync"];
  }
  const isTold = /^\{"level":"error",.*the store failed, and what was not acked is not kept.*\n$/.test(
    ended.err,
  );
  if (ended.code === 1 && isTold) return [];
  return [`after a failed fsync it ended with ${ended.code}, saying ${JSON.stringify(ended.err)}`];
}
