// Fault 4: the disk is full. Nothing is kept and nothing is acked, everything can still be read, and when
// there is room again the server keeps messages without being told.

import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Fault } from "../fault.ts";
import { Load } from "../load/load.ts";
import { startServer } from "../load/server.ts";
import { visitKept } from "../load/visitor.ts";
import { obstacleOf } from "./tool.ts";

const fullMs = { short: 1_000, long: 30_000 };
const senders = 10;

/** A small file system of its own; nothing if none can be mounted. */
class SmallDisk implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "chat-disk-"));

  /** Tells why it can't be mounted, if it can't. */
  mount(): string | undefined {
    return obstacleOf("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", this.folder);
  }

  /** Leaves not a byte. */
  fill(): void {
    const file = openSync(join(this.folder, "ballast"), "w");
    try {
      for (let bytes = 1024 * 1024; bytes >= 1; ) {
        try {
          writeSync(file, Buffer.alloc(bytes));
        } catch {
          bytes = Math.floor(bytes / 2);
        }
      }
    } finally {
      closeSync(file);
    }
  }

  free(): void {
    rmSync(join(this.folder, "ballast"));
  }

  [Symbol.dispose](): void {
    // It says so if it was not mounted.
    obstacleOf("umount", "-l", this.folder);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const diskFull: Fault = {
  number: 4,
  name: "the disk is full",
  seconds: 3,
  skip() {
    using disk = new SmallDisk();
    const obstacle = disk.mount();
    if (obstacle === undefined) return undefined;
    return `a small disk must be mounted, as root or under "unshare -rm": ${obstacle}`;
  },
  async run(_, size) {
    using disk = new SmallDisk();
    disk.mount();
    await using server = await startServer({ folder: join(disk.folder, "data"), flags: ["--limits", "off"] });
    await using load = new Load(server, { senders, paceMs: 5 });
    const broken: string[] = [];
    await load.acks(200);
    load.faultBegins();
    disk.fill();
    await untilAllAreRefused(load);
    const kept = load.acked;
    await pause(fullMs[size]);
    if (load.acked > kept) broken.push(`${load.acked - kept} messages were acked though nothing can be kept`);
    broken.push(...(await faultsOfReading(server.url, kept)));
    disk.free();
    await load.acks(senders);
    load.faultEnds();
    await load.acks(200);
    const refusals = [...load.refused].map(([code, count]) => `${count} ${code}`).join(", ");
    if ([...load.refused.keys()].join() !== "storage_full") broken.push(`refused: ${refusals}`);
    const seconds = fullMs[size] / 1_000;
    return await load.findings({
      injected: `full for ${seconds} s`,
      broken,
      notes: [`refused: ${refusals}`],
    });
  },
};

/** Each has been refused, and so whatever was still kept is acked. */
async function untilAllAreRefused(load: Load): Promise<void> {
  const until = performance.now() + 20_000;
  const refusedOf = (): number[] => load.senders.map(({ refused }) => refused.get("storage_full") ?? 0);
  while (Math.min(...refusedOf()) < 2) {
    if (performance.now() > until) throw new Error(`the disk is full, and refused are ${refusedOf()}`);
    await pause(10);
  }
}

/** Somebody who is here already reads on. Whoever is new is refused: a login is kept too. */
async function faultsOfReading(url: string, kept: number): Promise<readonly string[]> {
  const reader = await visitKept(url, "reader0");
  const { type, payload } = await reader.ask("history", { conversation: "everyone", limit: 1_000 });
  reader.breaks();
  if (type === "history" && Number(payload["head"]) >= kept) return [];
  return [`with a full disk history is ${JSON.stringify(payload).slice(0, 200)}`];
}
