// Bun's own pub/sub, which is uWebSockets in C++. A `bun` on the PATH is taken; else one is fetched.

import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { readsProc } from "../processes/cpu-clock.js";
import { fetched } from "./npm-cache.js";
import type { Peer } from "./peer.js";
import { Absent } from "./peer.js";

const version = "1.4.5";
const answersMs = 10_000;
const program = fileURLToPath(new URL("./programs/bun-publish.js", import.meta.url));

export const bun: Peer = {
  name: "bun",
  title: "Bun.serve publish",
  ours: false,
  dialect: "events",
  note: "publishText, no compression, no limit to its backlog; stores nothing",
  prepare: async (say) => {
    if (!readsProc) throw new Absent("its CPU time can be read only where there is /proc");
    const found = (await runs("bun")) ?? (await fetchedBun(say));
    return { command: () => [found.file, program], version: `Bun ${found.version}` };
  },
};

interface Found {
  readonly file: string;
  readonly version: string;
}

/** npm brings the binaries that fit this system; its package's install script would only choose among them. */
async function fetchedBun(say: (line: string) => void): Promise<Found> {
  const modules = await fetched({ name: "bun", version }, say);
  const kinds = await readdir(join(modules, "@oven")).catch(() => []);
  for (const kind of kinds) {
    const found = await runs(join(modules, "@oven", kind, "bin", "bun"));
    if (found !== undefined) return found;
  }
  throw new Absent(`bun@${version} has no binary that runs on this system`);
}

async function runs(file: string): Promise<Found | undefined> {
  try {
    const { stdout } = await promisify(execFile)(file, ["--version"], { timeout: answersMs });
    return { file, version: stdout.trim() };
  } catch {
    return undefined;
  }
}
