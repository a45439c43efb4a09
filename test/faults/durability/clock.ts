// Fault 8: somebody sets the clock of the machine, forwards and back, while people talk. Places order what is
// said, not the clock; and nobody is thrown out, limited or kept waiting for it.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { between, chanceOf } from "../../support/chance.ts";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import { startServer } from "../load/server.ts";
import type { Visitor } from "../load/visitor.ts";
import { visit } from "../load/visitor.ts";

const hourMs = 3_600_000;
const rounds = { short: 1, long: 10 };
/** With the limits that everyone has, of 10 messages a second. */
const paceMs = 120;
const patienceMs = 10_000;
/** The clock is set by a file that the server's Node looks at every few milliseconds. */
const shim = join(import.meta.dirname, "../load/shifted-clock.ts");

export const clock: Fault = {
  number: 8,
  name: "the wall clock jumps an hour forwards and back",
  seconds: 3,
  async run(seed, size) {
    const chance = chanceOf(seed);
    const folder = mkdtempSync(join(tmpdir(), "chat-clock-"));
    const file = join(folder, "shift");
    try {
      await using server = await startServer({
        nodeFlags: ["--import", shim],
        env: { SHIFTED_CLOCK_FILE: file },
      });
      await using load = new Load(server, { senders: 20, readers: 3, paceMs });
      const visitor = await visit(server.url, { username: "visitor" });
      await load.acks(60);
      load.faultBegins();
      const jumps = Array.from({ length: rounds[size] }, () => [hourMs, 0, -hourMs, -2 * hourMs, 0]).flat();
      for (const jump of jumps) {
        writeFileSync(file, String(jump));
        await showsTime(visitor, Date.now() + jump);
        await load.acks(20);
        await pause(between(chance, 0, 200));
      }
      load.faultEnds();
      await load.acks(60);
      const log = await load.settles();
      const broken: string[] = [];
      if (load.refused.size > 0) broken.push(`refused: ${[...load.refused.keys()]}`);
      if (load.readers.some(({ returns }) => returns > 0)) broken.push("readers were thrown out");
      if (load.senders.some(({ closed }) => closed.size > 1)) broken.push("senders were thrown out");
      const back = log.filter(({ at }, index) => at < (log[index - 1]?.at ?? 0)).length;
      if (back > 0) broken.push(`${back} messages are dated before the one before them`);
      return await load.findings({ injected: `set ${jumps.length} times`, broken });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** @throws if the server's clock is not set to this time soon */
async function showsTime(visitor: Visitor, wanted: number): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const { at } = await visitor.does("ping");
    if (Math.abs(Number(at) - wanted) < hourMs / 2) return;
    if (performance.now() > until) throw new Error(`the server's clock shows ${at}, not ${wanted}`);
    await pause(100);
  }
}
