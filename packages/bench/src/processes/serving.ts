// One peer's server for as long as something is done with it: fresh, on its core, with an empty folder, and gone afterwards.

import type { ReadyPeer } from "../peers/peer.js";
import type { Bench } from "../scenarios/scenario.js";
import { pinned } from "./cores.js";
import { readsProc } from "./cpu-clock.js";
import { inFolder } from "./keeper.js";
import type { Listening } from "./listening.js";
import { listening, memoryFlags, nodeFlags } from "./listening.js";

export interface Wishes extends Pick<Bench, "cores" | "profile"> {
  /** The server, a Node program, will be asked for its memory. */
  readonly memory?: boolean;
}

/** @throws what `work` throws, with the peer's name and what its server said last */
export function serving<Result>(
  peer: ReadyPeer,
  { cores, profile, memory = false }: Wishes,
  work: (server: Listening, folder: string) => Promise<Result>,
): Promise<Result> {
  return inFolder(async (folder) => {
    const node = [process.execPath, ...nodeFlags(profile), ...(memory ? memoryFlags : [])];
    const command = pinned(cores.server, peer.command({ folder, node }));
    const server = await listening(command, { asked: memory || !readsProc, portLine: peer.portLine });
    try {
      return await work(server, folder);
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      throw new Error(`${peer.title}: ${reason}\n${server.said()}`.trimEnd());
    } finally {
      await server.stop();
    }
  });
}
