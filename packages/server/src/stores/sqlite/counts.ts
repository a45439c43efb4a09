// Finds messages by their count, and entries by their time, in a log where anything may lie between
// them: by halves, so that a page costs the same in a log of a thousand and of a million.

import type { ConversationId, Seq, WallMillis } from "chat-hub";
import type { SqliteRows } from "./rows.js";

/** The entries of a log that are looked at. */
export interface Reach {
  readonly first: Seq;
  readonly head: Seq;
}

/** The first seq of `reach` for which `isThere`, which is true from one seq on; head + 1 if for none. */
export function firstSeq({ first, head }: Reach, isThere: (seq: Seq) => boolean): Seq {
  let [low, high] = [first as number, head + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isThere(middle as Seq)) high = middle;
    else low = middle + 1;
  }
  return low as Seq;
}

/** The first entry that is not before a time. */
export function firstAt(rows: SqliteRows, conversation: ConversationId, reach: Reach, at: WallMillis): Seq {
  return firstSeq(reach, (seq) => (rows.at(conversation, seq) ?? 0) >= at);
}

/** Spans of entries that hold all the messages, and not much beside them. */
export interface Stretch {
  readonly from: Seq;
  readonly to: Seq;
}

/** A stretch that is read in one go may hold this many entries for each message, and some more. */
const entriesPerMessage = 4;
const entriesBeside = 64;

/** Where the messages from one count to another (both included, from 1) are, in `reach`. */
export function stretches(
  rows: SqliteRows,
  conversation: ConversationId,
  reach: Reach,
  from: number,
  to: number,
): Stretch[] {
  if (from > to) return [];
  const seqOf = (count: number) => firstSeq(reach, (seq) => rows.countTo(conversation, seq) >= count);
  const split = (low: number, high: number, start: Seq, end: Seq): Stretch[] => {
    const most = (high - low + 1) * entriesPerMessage + entriesBeside;
    if (high - low < 2 || end - start < most) {
      if (end - start < most) return [{ from: start, to: end }];
      return [
        { from: start, to: start },
        { from: end, to: end },
      ].slice(0, high - low + 1);
    }
    const middle = Math.floor((low + high) / 2);
    const [before, after] = [seqOf(middle), seqOf(middle + 1)];
    return [...split(low, middle, start, before), ...split(middle + 1, high, after, end)];
  };
  return split(from, to, seqOf(from), seqOf(to));
}
