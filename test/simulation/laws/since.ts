// Where a conversation begins on a connection: where its login goes on (`since`), or from now on.

import type { Log, Moment } from "./truth/log.ts";
import type { Person } from "./truth/people.ts";
import type { Truth } from "./truth/truth.ts";
import type { Wire } from "./wires.ts";

/** The first place that is heard is not before `least`, and nothing from `most` on is left out. */
export interface Beginning {
  readonly least: number;
  readonly most: number;
}

export function beginningOf(truth: Truth, wire: Wire, person: Person, name: string, log: Log): Beginning {
  const live = { least: 1, most: (wire.heads.get(name) ?? headAt(log, wire.welcomed)) + 1 };
  const { since, epoch } = wire.wish;
  if (since === undefined) return live;
  // What became theirs after they had come, perhaps once more, was none of theirs to go on with; or the
  // hub looked where they stand after that, and their cursors stand at their join.
  const join = log.stays.get(person.id)?.findLast((stay) => stay.since > wire.opened);
  if (join !== undefined) {
    const isKnown = join.since <= wire.welcomed;
    return { least: 1, most: isKnown ? (log.cursors.get(person.id)?.read ?? 0) + 1 : join.from };
  }
  const { cursors, others } = readSince(since);
  const cursor = cursors.get(name);
  if (cursor === undefined) {
    if (others === "head") return live;
    const after = others === "0" ? 0 : (log.cursors.get(person.id)?.read ?? 0);
    return { least: 1, most: Math.max(after, formerly(cursors, name, log) ?? 0) + 1 };
  }
  const isOfNow = truth.epoch === undefined || epoch === undefined || epoch === truth.epoch;
  const head = headAt(log, wire.opened);
  // A cursor of another numbering, or past the head, is no cursor; one that the head has reached since may be.
  if (!isOfNow) return live;
  if (cursor > head) return { least: 1, most: Math.max(live.most, cursor + 1) };
  // The last so many: of a head that may have grown until the hub looked; and all since the welcome.
  if (cursor < 0 || Object.is(cursor, -0)) {
    const after = Math.min(log.head + cursor, headAt(log, wire.welcomed));
    return { least: head + cursor + 1, most: Math.max(0, after) + 1 };
  }
  return { least: cursor + 1, most: cursor + 1 };
}

/** The cursor of somebody who has lost their name, perhaps only since: it was told by the name alone. */
function formerly(
  cursors: ReadonlyMap<string, number>,
  name: string,
  { base, head }: Log,
): number | undefined {
  const [plain = ""] = name.split("~");
  const cursor = plain === name ? undefined : cursors.get(plain);
  return cursor !== undefined && base <= cursor && cursor <= head ? cursor : undefined;
}

function headAt(log: Log, moment: Moment): number {
  let { head } = log;
  while ((log.at(head)?.written ?? 0) > moment) head -= 1;
  return head;
}

/** Each conversation that is named, with its cursor; and what becomes of the others. */
export function readSince(text: string): { cursors: ReadonlyMap<string, number>; others: string } {
  const cursors = new Map<string, number>();
  let others = "unread";
  for (const part of text === "unread" ? [] : text.split(",")) {
    const colon = part.lastIndexOf(":");
    const [name, value] = [part.slice(0, colon), part.slice(colon + 1)];
    if (name === "*") others = value;
    else cursors.set(conversationNamed(name), Number(value));
  }
  return { cursors, others };
}

/** A room may stand in a URL without its sign. */
export function conversationNamed(name: string): string {
  return name === "everyone" || /^[@#]/.test(name) ? name : `#${name}`;
}
