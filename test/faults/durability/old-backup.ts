// Fault 10: an older state of the database is put back. The numbering gets another name (`epoch`), so
// whoever comes back with a place in the old one is told so and fetches everything anew; nobody is stuck
// at a place that is there no more, or takes new entries for old ones.

import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import { Script } from "../load/script.ts";
import { startServer } from "../load/server.ts";
import { visit } from "../load/visitor.ts";

export const oldBackup: Fault = {
  number: 10,
  name: "an older backup is put back",
  seconds: 4,
  async run() {
    await using server = await startServer({ flags: ["--limits", "off"] });
    await using before = new Load(server, { senders: 5, readers: 0 });
    await before.acks(100);
    await before.settles();
    const backup = join(server.folder, "backup");
    copyInto(server.folder, backup);

    // What is said from here to the restore is gone with it: nobody holds it against the log.
    await using watcher = new Script(server, "watcher", "--follow");
    await watcher.isIn();
    await using forgotten = new Load(server, { name: "forgotten", senders: 5, readers: 3 });
    await forgotten.acks(200);
    const log = await forgotten.settles();
    await watcher.prints((out) => out.some((line) => line.includes(log.at(-1)?.message ?? "")));
    const epoch = await epochOf(server.url);
    await server.ends("SIGKILL");
    for (const file of ["chat.db-wal", "chat.db-shm"]) rmSync(join(server.folder, file), { force: true });
    renameSync(backup, join(server.folder, "chat.db"));
    await server.start();

    // The log grows over the places at which the readers stood.
    const broken: string[] = [];
    if ((await epochOf(server.url)) === epoch) broken.push("the epoch is the same");
    await using after = new Load(server, { name: "after", senders: 5, readers: 1 });
    await after.acks(300);
    const last = (await after.settles()).at(-1)?.message ?? "";
    await watcher.prints((out) => out.some((line) => line.includes(last)));
    for (const reader of forgotten.readers)
      if (reader.resets !== 1) broken.push(`${reader.name} was told ${reader.resets} times to begin anew`);
    return await after.findings(
      { injected: "restored once", broken },
      { speakers: before.speakers },
      { listeners: forgotten.listeners },
    );
  },
};

/** As it is done while a server runs. */
function copyInto(folder: string, backup: string): void {
  const database = new Database(join(folder, "chat.db"), { readonly: true });
  try {
    database.prepare("VACUUM INTO ?").run(backup);
  } finally {
    database.close();
  }
}

async function epochOf(url: string): Promise<string> {
  const visitor = await visit(url, { username: "visitor" });
  visitor.breaks();
  const welcome = JSON.parse(visitor.heard[0] ?? "{}") as { payload: { epoch: string } };
  return welcome.payload.epoch;
}
