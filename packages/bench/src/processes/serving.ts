// One peer's server for as long as something is done with it: fresh, on its core, with an empty folder, and gone afterwards.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReadyPeer } from "../peers/peer.js";
import type { Bench } from "../scenarios/scenario.js";
import { pinned } from "./cores.js";
import type { Listening } from "./listening.js";
import { listening, nodeFlags } from "./listening.js";

/** @throws what `work` throws, with the peer's name and what its server said last */
export async function serving<Result>(
  peer: ReadyPeer,
  { cores, profile }: Pick<Bench, "cores" | "profile">,
  work: (server: Listening, folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "chat-bench-"));
  try {
    const node = [process.execPath, ...nodeFlags(profile)];
    const server = await listening(pinned(cores.server, peer.command({ folder, node })));
    try {
      return await work(server, folder);
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      throw new Error(`${peer.title}: ${reason}\n${server.said()}`.trimEnd());
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
