// The sessions of a campaign by their number: seed and index in, moves out, and nothing else has a say.

import type { Chance } from "../../support/chance.ts";
import { between, chanceOf, oneOf } from "../../support/chance.ts";
import { mutate } from "../mutations/mutate.ts";
import { oddNames } from "../mutations/pool.ts";
import type { Move } from "../session.ts";
import { sessionOfCommands } from "./commands.ts";
import { sessionOfVector, vectors } from "./vectors.ts";

export interface Case {
  readonly index: number;
  /** How many mutations are in it. */
  readonly mutations: number;
  readonly moves: readonly Move[];
}

/** Those who chat beside all cases; mutations may name them. */
export const witnesses = { says: "witness-says", hears: "witness-hears" } as const;

/** What goes from one session into another. */
const frames: readonly string[] = vectors
  .flatMap((vector) => sessionOfVector(vector, "x"))
  .flatMap((move) => (move.type === "say" ? [move.text] : []));

export function caseOf(seed: number, index: number): Case {
  const chance = chanceOf(Math.imul(seed, 0x9e3779b1) + index);
  const session = sessionOf(chance, runOf(seed, index));
  const says = session.filter(({ type }) => type === "say").length;
  const mutations = between(chance, 1, 6 * Math.max(1, says));
  const beside = runOf(seed, Math.max(0, index - between(chance, 1, 8)));
  const names = [
    ...namesIn(session),
    ...["alice", "bob", "carl", "dev"].map((name) => `${name}-${beside}`),
    ...Object.values(witnesses),
    ...oddNames,
  ];
  return { index, mutations, moves: mutate(session, mutations, chance, { names, frames }) };
}

function sessionOf(chance: Chance, run: string): readonly Move[] {
  const vector = chance() < 0.5 ? oneOf(chance, vectors) : undefined;
  return vector === undefined ? sessionOfCommands(chance, run) : sessionOfVector(vector, run);
}

/** Makes the names of a session differ from those of all others, also by their looks: so the count is in digits. */
function runOf(seed: number, index: number): string {
  return `${(seed >>> 0).toString(36)}-${index}`;
}

function namesIn(session: readonly Move[]): readonly string[] {
  const opened = session.flatMap((move) => (move.type === "open" ? [move.head] : []));
  return opened.flatMap((head) => /username=([^& ]+)/.exec(head)?.[1] ?? []);
}
