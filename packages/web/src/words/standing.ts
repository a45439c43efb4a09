// How far I have read in a conversation, and how much is unread. The server's count and what was heard since are one
// sum: an entry is counted where it is heard first, and only there.

import type { Talk } from "./people.js";

export interface Standing extends Talk {
  /** Everything up to here was before my eyes, as far as this page or the server knows. */
  readonly read: number;
  /** Everything up to here is in `unread` already. */
  readonly head: number;
}

/** A row of `welcome` or `conversations`. */
export interface StandingRow {
  readonly conversation: string;
  readonly head: number;
  readonly read: number;
  readonly unread: number;
}

export function newStanding(conversation: string): Standing {
  return { conversation, unread: 0, read: 0, head: 0 };
}

/** The one of this conversation, changed; at the front if it is `lively`, and at the end if it is new. */
export function changed(
  standings: readonly Standing[],
  conversation: string,
  change: (standing: Standing) => Standing,
  lively: boolean,
): readonly Standing[] {
  const index = standings.findIndex((standing) => standing.conversation === conversation);
  const before = standings[index];
  const after = change(before ?? newStanding(conversation));
  if (before === undefined) return lively ? [after, ...standings] : [...standings, after];
  if (lively && index > 0) return [after, ...standings.toSpliced(index, 1)];
  return after === before ? standings : standings.with(index, after);
}

/** The server says how it stands. What was read here and not stored there yet stays read. */
export function told(standing: Standing, row: StandingRow): Standing {
  const read = Math.max(standing.read, row.read);
  const head = Math.max(standing.head, row.head);
  // What came since the server counted is in ours and not in its count, and the other way round.
  if (row.head < standing.head) return { ...standing, read };
  return { ...standing, read, head, unread: Math.min(row.unread, head - read) };
}

export function heard(
  standing: Standing,
  entry: { readonly seq: number; readonly own: boolean; readonly from: string },
): Standing {
  const spelled = entry.own ? standing : spelledAs(standing, entry.from);
  if (entry.seq <= spelled.head) return spelled;
  return { ...spelled, head: entry.seq, unread: spelled.unread + (entry.own ? 0 : 1) };
}

/** The other one's own spelling, for the time when they are not here to be asked. */
export function spelledAs(standing: Standing, from: string): Standing {
  if (standing.conversation === "everyone" || standing.spelling === from) return standing;
  return { ...standing, spelling: from };
}

export function readTo(standing: Standing, seq: number): Standing {
  if (seq <= standing.read) return standing;
  return { ...standing, read: seq, unread: seq >= standing.head ? 0 : standing.unread };
}
