// `npm run bench -- --guard`: has the fan-out become slow? Short runs of ours and of the plain loop in the same minute,
// and bounds on their ratios.

import { memory, sqlite } from "../peers/chat-server.js";
import { atHand, reference } from "../peers/peers.js";
import { plainLoop } from "../peers/plain-loop.js";
import { floodPeers } from "../scenarios/flooding.js";
import { ratioOf } from "../scenarios/rounds.js";
import type { Bench } from "../scenarios/scenario.js";
import type { Case } from "./bounds.js";
import { cases } from "./bounds.js";
import type { Ratios } from "./judge.js";
import { better, judge, verdictLine } from "./judge.js";

const short = {
  rounds: 1,
  seconds: 1.5,
  warmUp: 1.5,
  messageBytes: 24,
  acks: false,
  audience: "everyone",
} as const;

/**
 * @param tell gets a line for each bound
 * @returns whether all are held
 * @throws if a server does not deliver what it must
 */
export async function guard(bench: Omit<Bench, "peers">, tell: (line: string) => void): Promise<boolean> {
  const { ready } = await atHand([memory, sqlite, plainLoop], bench.say);
  const measure = (one: Case) => {
    bench.say(`guard: ${one.name}`);
    return ratiosOf(one, { ...bench, peers: ready });
  };
  return holdAll(cases, measure, tell);
}

/** A case of which a bound is broken is measured once more, since anything may have disturbed it. */
export async function holdAll(
  all: readonly Case[],
  measure: (one: Case) => Promise<Ratios>,
  tell: (line: string) => void,
): Promise<boolean> {
  let allHeld = true;
  for (const one of all) {
    let verdicts = judge(one, await measure(one));
    if (verdicts.some(({ held }) => !held)) verdicts = better(verdicts, judge(one, await measure(one)));
    for (const verdict of verdicts) tell(verdictLine(one, verdict));
    allHeld &&= verdicts.every(({ held }) => held);
  }
  return allHeld;
}

async function ratiosOf({ clients, window, most }: Case, bench: Bench): Promise<Ratios> {
  const { results } = await floodPeers({ ...short, clients, window }, bench);
  const ratio = (peer: string) => ratioOf(results, "cpuNsPerDelivery", peer, reference);
  return Object.fromEntries(Object.keys(most).map((peer) => [peer, ratio(peer)]));
}
