// The peers of a run, in the order of the tables.

import { bun } from "./bun.js";
import { memory, sqlite } from "./chat-server.js";
import { nats } from "./nats.js";
import type { Peer, ReadyPeer } from "./peer.js";
import { Absent } from "./peer.js";
import { plainLoop } from "./plain-loop.js";
import { socketIo } from "./socket-io.js";

/** What the ratios refer to; measured in every run. */
export const reference = plainLoop.name;

export const peers: readonly Peer[] = [memory, sqlite, bun, nats, socketIo, plainLoop];

export interface AtHand {
  readonly ready: readonly ReadyPeer[];
  /** Those that are not to be had here, and why. */
  readonly absent: readonly { readonly peer: string; readonly why: string }[];
}

/** Which of the chosen ones can be measured on this machine. What is missing is fetched, if it can be. */
export async function atHand(chosen: readonly Peer[], say: (line: string) => void): Promise<AtHand> {
  const ready: ReadyPeer[] = [];
  const absent: { peer: string; why: string }[] = [];
  for (const peer of chosen) {
    try {
      ready.push({ ...peer, ...(await peer.prepare(say)) });
    } catch (error) {
      if (!(error instanceof Absent)) throw error;
      absent.push({ peer: peer.name, why: error.message });
      say(`${peer.title} is left out: ${error.message}`);
    }
  }
  return { ready, absent };
}

/** The name of a peer for tables. */
export function titleOf(name: string): string {
  return peers.find((peer) => peer.name === name)?.title ?? name;
}
