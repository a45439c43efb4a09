// One case alone, on a server of its own: whether it is broken, and which of its moves it needs for that.

import { startServer } from "../faults/load/server.ts";
import { wiringTo } from "./campaign.ts";
import { houseOf } from "./house.ts";
import { play } from "./play.ts";
import type { Move } from "./session.ts";
import { shrink } from "./shrink.ts";
import { caseOf } from "./sources/cases.ts";
import { Verdict } from "./verdict.ts";

export interface Alone {
  readonly moves: readonly Move[];
  /** What may not be; nothing if it is not broken. */
  readonly broken: string | undefined;
}

/** How long it is waited for what must come, when nothing else is going on. */
const patienceMs = 3_000;

/** With the fewest moves that break it, or all if none do. `url`: against this server, whatever it keeps. */
export async function playAlone(seed: number, index: number, url: string | undefined): Promise<Alone> {
  const { moves } = caseOf(seed, index);
  const asked = (some: readonly Move[]): Promise<string | undefined> =>
    url === undefined
      ? onItsOwn(some, index)
      : play(some, wiringTo({ url, patienceMs, verdict: new Verdict() }));
  const broken = await asked(moves);
  if (broken === undefined) return { moves, broken };
  return { moves: await shrink(moves, async (fewer) => (await asked(fewer)) !== undefined), broken };
}

/** The first of these cases that breaks a server of its own; nothing if none does. */
export async function culpritOf(seed: number, indexes: readonly number[]): Promise<number | undefined> {
  for (const index of indexes) {
    if ((await onItsOwn(caseOf(seed, index).moves, index)) !== undefined) return index;
  }
  return undefined;
}

async function onItsOwn(moves: readonly Move[], index: number): Promise<string | undefined> {
  await using server = await startServer({ flags: houseOf(index).flags });
  let died: string | undefined;
  void server.ended.then(({ err }) => {
    died = `the server died: ${err.trim()}`;
  });
  const broken = await play(moves, wiringTo({ url: server.url, patienceMs, verdict: new Verdict() }));
  return died ?? broken;
}
