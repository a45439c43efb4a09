// Fault 7: the process is stopped and goes on later, as a machine that sleeps does. Who waits for an answer
// notices, comes back and says it again, and it is there once; who only listens is not thrown out.

import { setTimeout as pause } from "node:timers/promises";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import { Script } from "../load/script.ts";
import { startServer } from "../load/server.ts";
import { visit } from "../load/visitor.ts";

const stops = { short: [1_500], long: [20_000, 60_000] };
/** Who has heard nothing for so long asks, and leaves after as long again: sooner than any stop ends. */
const patienceMs = 600;
/** The client core asks after 30 s of silence, and gives up 10 s later: so the long stop is noticed. */
const noticedMs = 45_000;

export const stopped: Fault = {
  number: 7,
  name: "SIGSTOP, and CONT later",
  seconds: 4,
  async run(_, size) {
    await using server = await startServer({ flags: ["--limits", "off"] });
    await using load = new Load(server, { senders: 10, patienceMs });
    await using script = new Script(server);
    const listener = await visit(server.url, { username: "listener" });
    let thrownOut = false;
    void listener.closed.then(() => {
      thrownOut = true;
    });
    const broken: string[] = [];
    await script.isIn();
    await load.acks(100);
    load.faultBegins();
    for (const ms of stops[size]) {
      server.gets("SIGSTOP");
      script.says(`while it is stopped for ${ms} ms`);
      await pause(ms);
      server.gets("SIGCONT");
      await load.acks(10);
      if (ms > noticedMs) await script.prints((out) => out.some((line) => line.includes('"waiting"')));
    }
    load.faultEnds();
    await load.acks(100);
    if (thrownOut) broken.push("whoever only listened was thrown out");
    broken.push(...(await script.ends()), ...script.faultsIn(await load.settles()));
    const returns = load.readers.reduce((sum, reader) => sum + reader.returns, 0);
    if (returns === 0) broken.push("no reader noticed");
    return await load.findings({
      load: "10 senders, chat-cli, 1 reader, 1 listener",
      injected: `stopped for ${stops[size].map((ms) => `${ms / 1_000} s`).join(", ")}`,
      broken,
    });
  },
};
