// Fault 1: kill -9 at moments of chance. What was acked is in history exactly once, at its acked place
// and in order; what was not is sent again and gets one place.

import { setTimeout as pause } from "node:timers/promises";
import { chanceOf } from "../../support/chance.ts";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import { Script } from "../load/script.ts";
import { startServer } from "../load/server.ts";

const kills = { short: 3, long: 20 };
/** The first ack after a restart may take so long; in the middle, for what else a shared machine does. */
const backMs = 1_000;

export const kill: Fault = {
  number: 1,
  name: "kill -9 at moments of chance",
  seconds: 4,
  async run(seed, size) {
    const chance = chanceOf(seed);
    await using server = await startServer({ flags: ["--limits", "off"] });
    await using load = new Load(server, { senders: 20 });
    await using script = new Script(server);
    const backs: number[] = [];
    await script.isIn();
    await load.acks(100);
    load.faultBegins();
    for (let kill = 0; kill < kills[size]; kill += 1) {
      script.says(`line ${kill}`);
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
    const broken = [...(await script.ends()), ...script.faultsIn(await load.settles())];
    backs.sort((a, b) => a - b);
    const [middle = 0, most = 0] = [backs[Math.floor(backs.length / 2)], backs.at(-1)];
    // In npm test other tests have the machine as well.
    if (size === "long" && middle > backMs) broken.push(`the first ack came ${middle} ms after a restart`);
    return await load.findings({
      load: "20 senders, chat-cli, 1 reader",
      injected: `killed ${kills[size]} times`,
      broken,
      notes: [`first ack ${middle} ms after a restart, ${most} ms at most`],
    });
  },
};
