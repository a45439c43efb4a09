// The servers that a run is against, each with its share of the cases: with both stores, and with the
// limits off for most, since a limit that is met hides what is behind it.

import type { Server } from "../faults/load/server.ts";
import { startServer } from "../faults/load/server.ts";
import type { Broken } from "./campaign.ts";
import { carryOut, quiet } from "./campaign.ts";
import { heapOf, inspected, residentOf } from "./heap.ts";
import type { Case } from "./sources/cases.ts";
import { caseOf } from "./sources/cases.ts";
import { Verdict } from "./verdict.ts";
import type { Testimony } from "./witness.ts";
import { Witnesses } from "./witness.ts";

export interface House {
  readonly name: string;
  readonly flags: readonly string[];
  /** Of twenty cases; a case belongs to a house by its number. */
  readonly share: number;
  /** How many cases are played at a time. */
  readonly atOnce: number;
  /** Between two messages of the witnesses. */
  readonly paceMs: number;
  /** What it keeps is in its heap, which grows with it. */
  readonly keepsInHeap?: true;
}

const unlimited = ["--limits", "off"] as const;

export const houses: readonly House[] = [
  { name: "sqlite", flags: unlimited, share: 12, atOnce: 64, paceMs: 20 },
  {
    name: "memory",
    flags: [...unlimited, "--store", "memory"],
    share: 5,
    atOnce: 32,
    paceMs: 20,
    keepsInHeap: true,
  },
  { name: "limits on", flags: [], share: 3, atOnce: 48, paceMs: 200 },
];

/** The house that a case belongs to. */
export function houseOf(index: number): House {
  let turn = index % 20;
  for (const house of houses) {
    if (turn < house.share) return house;
    turn -= house.share;
  }
  throw new Error("the shares are not twenty");
}

export interface Wish {
  readonly seed: number;
  /** Mutations of all houses together. */
  readonly count: number;
  /** How often the heap is looked at, when everybody has gone: that takes as long as the grace. */
  readonly looks: number;
  /** After so long no more cases begin. */
  readonly mostMs?: number;
  readonly told?: (line: string) => void;
}

export interface Held {
  readonly mutations: number;
  readonly heap: number;
  readonly resident: number | undefined;
}

export interface Found {
  readonly house: House;
  readonly cases: number;
  readonly mutations: number;
  readonly broken: readonly Broken[];
  /** The types and the codes of refusals that were heard. */
  readonly kinds: ReadonlySet<string>;
  readonly witnesses: Testimony;
  /** If the server died: what it said. Then the broken cases are those that were under way. */
  readonly died: string | undefined;
  readonly held: readonly Held[];
}

/** How long a server may take for what it owes. */
export const patienceMs = 20_000;
/** Who is gone without a goodbye counts as here for 20 s. */
const quietMs = 60_000;

export async function fuzz(house: House, wish: Wish): Promise<Found> {
  await using server = await startServer({ flags: house.flags, nodeFlags: inspected });
  const witnesses = new Witnesses(server.url, house.paceMs, patienceMs);
  await witnesses.begin();
  const { atOnce, name } = house;
  let isUp = true;
  void server.ended.then(() => {
    isUp = false;
  });
  const draw = new Draw(house, wish);
  const verdict = new Verdict();
  const broken: Broken[] = [];
  const held: Held[] = [];
  const rounds = Math.max(1, wish.looks);
  const until = performance.now() + (wish.mostMs ?? Number.POSITIVE_INFINITY);
  for (let round = 1; round <= rounds && broken.length === 0 && isUp; round += 1) {
    draw.until = (draw.whole * round) / rounds;
    const next = (): Case | undefined => (isUp && performance.now() < until ? draw.next() : undefined);
    broken.push(...(await carryOut({ url: server.url, atOnce, patienceMs, verdict, next })));
    if (wish.looks > 0 && isUp) held.push(await look(server, draw.mutations));
    wish.told?.(`${name}: ${draw.mutations.toLocaleString("en")} mutations`);
  }
  const died = isUp ? undefined : server.err.trim();
  const { cases, mutations } = draw;
  const testimony = await witnesses.end();
  return { house, cases, mutations, broken, kinds: verdict.kinds, witnesses: testimony, died, held };
}

/** Draws the cases of one house, one after another, until it has had its part of the mutations. */
class Draw {
  readonly whole: number;
  until = 0;
  mutations = 0;
  cases = 0;
  readonly #house: House;
  readonly #seed: number;
  #index = -1;

  constructor(house: House, { seed, count }: Wish) {
    this.#house = house;
    this.#seed = seed;
    this.whole = (count * house.share) / 20;
  }

  next(): Case | undefined {
    if (this.mutations >= this.until) return undefined;
    do this.#index += 1;
    while (houseOf(this.#index).name !== this.#house.name);
    const drawn = caseOf(this.#seed, this.#index);
    this.mutations += drawn.mutations;
    this.cases += 1;
    return drawn;
  }
}

async function look(server: Server, mutations: number): Promise<Held> {
  await quiet(server.url, 2, quietMs);
  return { mutations, heap: await heapOf(server.err), resident: residentOf(server.pid) };
}
