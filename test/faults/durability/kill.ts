// Fault 1: kill -9 at moments of chance. What was acked is in history exactly once, at its acked place
// and in order; what was not is sent again and gets one place.

import { setTimeout as pause } from "node:timers/promises";
import { chanceOf } from "../../support/chance.ts";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import { startServer } from "../load/server.ts";

const kills = { short: 5, long: 20 };
/** The first ack after a restart may take so long, but for what else a shared machine does meanwhile. */
const backMs = 1_000;

export const kill: Fault = {
  number: 1,
  name: "kill -9 at moments of chance, under 20 senders",
  seconds: 5,
  async run(seed, size) {
    const chance = chanceOf(seed);
    await using server = await startServer({ flags: ["--limits", "off"] });
    await using load = new Load(server, { senders: 20 });
    const backs: number[] = [];
    await load.acks(100);
    load.faultBegins();
    for (let kill = 0; kill < kills[size]; kill += 1) {
      await load.acks(20);
      await pause(chance() * 100);
      await server.ends("SIGKILL");
      await server.start();
      const back = performance.now();
      await load.acks(1);
      backs.push(Math.round(performance.now() - back));
    }
    load.faultEnds();
    await load.acks(100);
    backs.sort((a, b) => a - b);
    const [middle = 0, most = 0] = [backs[Math.floor(backs.length / 2)], backs.at(-1)];
    return await load.findings({
      injected: `killed ${kills[size]} times`,
      broken: middle <= backMs ? [] : [`the first ack came ${middle} ms after a restart`],
      notes: [`first ack ${middle} ms after a restart, ${most} ms at most`],
    });
  },
};
