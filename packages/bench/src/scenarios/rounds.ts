// Rounds of all peers in turn, each with a fresh server, so that what slows the machine for a while slows all of them;
// then medians. A ratio is one round's, and the median of those.

import type { ReadyPeer } from "../peers/peer.js";
import type { Listening } from "../processes/listening.js";
import { serving } from "../processes/serving.js";
import { median } from "../report/median.js";
import type { Bench } from "./scenario.js";

/** What is measured of one peer in one round: numbers by name. */
export type Figures = Readonly<Record<string, number>>;

export interface PeerRounds<Measured extends object = Figures> {
  readonly peer: string;
  /** Of each figure alone. */
  readonly median: Measured;
  readonly rounds: readonly Measured[];
}

export async function inTurn<Measured extends { readonly [Name in keyof Measured]: number }>(
  peers: readonly ReadyPeer[],
  rounds: number,
  bench: Bench,
  measure: (peer: ReadyPeer, server: Listening) => Promise<Measured>,
): Promise<readonly PeerRounds<Measured>[]> {
  const measured = new Map<string, Measured[]>(peers.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const peer of peers) {
      bench.say(`  round ${round} of ${rounds}: ${peer.title}`);
      measured.get(peer.name)?.push(await serving(peer, bench, (server) => measure(peer, server)));
    }
  }
  return [...measured].map(([peer, all]) => ({ peer, median: medians(all), rounds: all }));
}

function medians<Measured extends { readonly [Name in keyof Measured]: number }>(
  rounds: readonly Measured[],
): Measured {
  const [first] = rounds;
  if (first === undefined) throw new RangeError("the medians of no round");
  const names = Object.keys(first) as (keyof Measured)[];
  return Object.fromEntries(
    names.map((name) => [name, median(rounds.map((round) => round[name]))]),
  ) as Measured;
}

/**
 * How a figure of one peer stands to another's: the median of the rounds' ratios.
 * @returns undefined if one of the two was not measured
 */
export function ratioOf<Measured extends { readonly [Name in keyof Measured]: number }>(
  results: readonly PeerRounds<Measured>[],
  figure: keyof Measured,
  peer: string,
  to: string,
): number | undefined {
  const [one, other] = [peer, to].map((name) => results.find((result) => result.peer === name)?.rounds);
  if (one === undefined || other === undefined) return undefined;
  return median(one.map((round, n) => round[figure] / (other[n] as Measured)[figure]));
}
