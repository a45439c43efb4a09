// Who may see which place of a log (PROTOCOL.md, "Who sees what"). Two questions, each answered so that
// a doubt about what was under way when is to the hub's good: could they see it; must they be told it.

import type { Log, Moment, Placed } from "./log.ts";
import type { Person } from "./people.ts";

/**
 * Whether somebody could see a place at any moment from `since` on until now: what the hub hands over
 * may have been read for them then, and be on its way since.
 */
export function couldSee(log: Log, person: Person, seq: number, since: Moment): boolean {
  if (log.sides !== undefined) return log.sides.includes(person.id);
  if (log.room === undefined) return seq >= person.everyoneFrom;
  const written = log.at(seq)?.written ?? 0;
  return (log.stays.get(person.id) ?? []).some((stay) => {
    const begins = Math.max(stay.since, written, since);
    if (seq >= stay.from) return begins <= stay.until && seq <= (stay.exit ?? Infinity);
    return begins < stay.until && showedPast(log, begins, stay.until);
  });
}

/** The first place that somebody who is in it may see now. */
export function beginsFor(log: Log, person: Person): number {
  if (log.sides !== undefined) return log.base + 1;
  if (log.room === undefined) return person.everyoneFrom;
  const isOpen = log.histories.at(-1)?.history === "all";
  return isOpen ? 1 : (log.stay(person.id)?.from ?? Infinity);
}

/**
 * The first place of a stretch that somebody must be told who hears this log from before it: what was
 * written while they were in it, unless `isSilent`.
 */
export function firstDue(
  log: Log,
  person: Person,
  [from, to]: readonly [from: number, to: number],
  isSilent: (placed: Placed) => boolean,
): number | undefined {
  const stays = log.stays.get(person.id) ?? [];
  for (let seq = Math.max(from, log.base + 1); seq <= to; seq += 1) {
    const placed = log.at(seq);
    if (placed === undefined || isSilent(placed)) continue;
    if (log.room === undefined || stays.some((stay) => stay.from <= seq && seq <= (stay.exit ?? Infinity)))
      return seq;
  }
  return undefined;
}

/**
 * Whether a place may have nothing to say to somebody: one from before or after their stay, and what is
 * done to a message that is gone, or not theirs to see.
 */
export function maybeMute(log: Log, placed: Placed, person: Person): boolean {
  if (!surelySees(log, person, placed.seq, false)) return true;
  const target = log.target(placed);
  if (target === undefined) return false;
  const isGone = placed.entry.type !== "deletion" && target.deletedAt !== undefined;
  return isGone || !surelySees(log, person, target.seq, true);
}

/** A room's past is surely seen where it was never hidden; surely told (`past` false) it is to nobody. */
function surelySees(log: Log, person: Person, seq: number, past: boolean): boolean {
  if (log.sides !== undefined) return true;
  if (log.room === undefined) return seq >= person.everyoneFrom;
  const stay = log.stay(person.id);
  if (stay === undefined) return false;
  return seq >= stay.from || (past && log.histories.every(({ history }) => history === "all"));
}

function showedPast({ histories }: Log, from: Moment, until: Moment): boolean {
  return histories.some(({ history, since }, index) => {
    const next = histories[index + 1]?.since ?? Infinity;
    return history === "all" && since < until && next > from;
  });
}
