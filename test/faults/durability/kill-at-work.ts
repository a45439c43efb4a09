// Fault 2: kill -9 while the server brings SQLite's log into the database, while it recovers from such an
// end, and while it takes a database of version 1 to the present one.

import { statSync, watch } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { between, chanceOf } from "../../support/chance.ts";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import type { Server } from "../load/server.ts";
import { startServer } from "../load/server.ts";
import { migrationFaults } from "./migration.ts";

/** So long that the log is brought in after about 1,000 of them. */
const text = (name: string, n: number): string => `${name} ${n} ${"😀".repeat(9_900)}`;
const rounds = 3;
const recoveries = 4;
const migrations = 10;
/** How long it may take until there is something to bring in. */
const patienceMs = 60_000;

export const killAtWork: Fault = {
  number: 2,
  name: "kill -9 during checkpoints, recoveries and migrations",
  seconds: 60,
  async run(seed) {
    const chance = chanceOf(seed);
    const migration = await migrationFaults(migrations, chance);
    await using server = await startServer({ flags: ["--limits", "off"] });
    await using load = new Load(server, { senders: 2, text });
    const notes: string[] = [];
    await load.acks(20);
    load.faultBegins();
    for (let round = 0; round < rounds; round += 1) {
      await databaseChanges(server);
      await server.ends("SIGKILL");
      notes.push(
        `killed with ${mib(server, "chat.db")} MiB in the database and ${mib(server, "chat.db-wal")} in its log`,
      );
      for (let recovery = 0; recovery < recoveries; recovery += 1) {
        const { ended } = server.launch();
        await Promise.race([databaseChanges(server), ended]);
        await pause(between(chance, 0, 20));
        await server.ends("SIGKILL");
      }
      await server.start();
      await load.acks(10);
    }
    load.faultEnds();
    await load.acks(20);
    return await load.findings({
      injected: `killed in ${rounds} checkpoints, ${rounds * recoveries} recoveries, ${migrations} migrations`,
      broken: migration.broken,
      notes: [...notes, ...migration.notes],
    });
  },
};

/** SQLite writes into the database itself only when it brings its log in. */
function databaseChanges(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    const watcher = watch(join(server.folder, "chat.db"), (event) => {
      if (event === "change") done(resolve);
    });
    const timer = setTimeout(() => done(() => reject(new Error("no checkpoint"))), patienceMs);
    function done(then: () => void): void {
      clearTimeout(timer);
      watcher.close();
      then();
    }
  });
}

function mib(server: Server, file: string): number {
  return Math.round(statSync(join(server.folder, file)).size / 1024 / 1024);
}
