// Whether what was measured is within the bounds. Pure: the guard measures, this decides.

import { titleOf } from "../peers/peers.js";
import type { Case } from "./bounds.js";

/** CPU per delivery as a part of the plain loop's, by peer; absent if it was not measured. */
export type Ratios = Readonly<Record<string, number | undefined>>;

export interface Verdict {
  readonly peer: string;
  readonly ratio: number | undefined;
  readonly most: number;
  readonly held: boolean;
}

/** One for each bound. What was not measured is not held: a guard that sees nothing guards nothing. */
export function judge({ most }: Case, measured: Ratios): readonly Verdict[] {
  return Object.entries(most).map(([peer, bound]) => {
    const is = measured[peer];
    return { peer, ratio: is, most: bound, held: is !== undefined && is > 0 && is <= bound };
  });
}

/** A bound is broken only if it was broken twice. */
export function better(first: readonly Verdict[], second: readonly Verdict[]): readonly Verdict[] {
  return first.map((one, n) => {
    const other = second[n];
    return one.held || other === undefined || !other.held ? one : other;
  });
}

/** "held    flood, 32 × 32, chat-server, memory store: 1/31.2 of the plain loop's CPU per delivery, at most 1/10.0" */
export function verdictLine({ name }: Case, { peer, ratio: is, most, held }: Verdict): string {
  const told = is === undefined ? "not measured" : `${part(is)} of the plain loop's CPU per delivery`;
  return `${held ? "held  " : "BROKEN"}  ${name}, ${titleOf(peer)}: ${told}, at most ${part(most)}`;
}

/** Always as a part, so that bound and value stand beside each other in one kind of figure. */
function part(value: number): string {
  return `1/${(1 / value).toFixed(1)}`;
}
