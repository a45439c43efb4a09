// What is known of one conversation: lines with a place in its log, then own lines that have none yet. Whatever is
// told twice (live, as history, in a replay) stands there once, since a place is taken once.

import type { Line, LineState } from "./rows.js";

export interface Timeline {
  /** With a seq, ascending. */
  readonly placed: readonly Line[];
  /** Own, on their way or refused, in the order in which they were written. */
  readonly unplaced: readonly Line[];
  /** Its newest page is here; before that, live lines may stand alone. */
  readonly loaded: boolean;
  /** There is more before the first line. */
  readonly more: boolean;
}

export const emptyTimeline: Timeline = { placed: [], unplaced: [], loaded: false, more: true };

/** Lines kept while nobody reads further up; what is older can be asked for again. */
const mostLines = 4_000;
const fewerLines = 2_000;

/** A message as the wire has it, as far as a line needs it. */
export interface Message {
  readonly from: string;
  readonly message: string;
  readonly seq: number;
  readonly at: number;
  readonly nonce?: string | undefined;
}

export function lines(timeline: Timeline): readonly Line[] {
  return timeline.unplaced.length === 0 ? timeline.placed : [...timeline.placed, ...timeline.unplaced];
}

/** @param own whether I wrote it */
export function withMessages(
  timeline: Timeline,
  messages: readonly Message[],
  own: (message: Message) => boolean,
): Timeline {
  if (messages.length === 0) return timeline;
  const nonces = new Set<string>();
  const fresh = messages.map((message): Line => {
    if (message.nonce !== undefined) nonces.add(message.nonce);
    return {
      key: message.nonce ?? `${message.seq}`,
      seq: message.seq,
      from: message.from,
      own: own(message),
      message: message.message,
      at: message.at,
      state: { type: "sent" },
    };
  });
  return {
    ...timeline,
    placed: merged(timeline.placed, fresh),
    unplaced: nonces.size === 0 ? timeline.unplaced : timeline.unplaced.filter(({ key }) => !nonces.has(key)),
  };
}

export function withUnplaced(timeline: Timeline, line: Line): Timeline {
  return { ...timeline, unplaced: [...timeline.unplaced, line] };
}

export function withState(timeline: Timeline, key: string, state: LineState): Timeline {
  return {
    ...timeline,
    unplaced: timeline.unplaced.map((line) => (line.key === key ? { ...line, state } : line)),
  };
}

export function withoutUnplaced(timeline: Timeline, key: string): Timeline {
  return { ...timeline, unplaced: timeline.unplaced.filter((line) => line.key !== key) };
}

/** A line of ours has its place. The ack has all that the line lacked, so its entry need not have come. */
export function acked(timeline: Timeline, key: string, seq: number, at: number): Timeline {
  const line = timeline.unplaced.find((candidate) => candidate.key === key);
  if (line === undefined) return timeline;
  const unplaced = timeline.unplaced.filter((candidate) => candidate !== line);
  // Told before without its nonce, by a replay: that row is the one.
  if (timeline.placed.some((candidate) => candidate.seq === seq)) return { ...timeline, unplaced };
  return {
    ...timeline,
    placed: merged(timeline.placed, [{ ...line, seq, at, state: { type: "sent" } }]),
    unplaced,
  };
}

/** Without the oldest lines, if there are very many: a page stays open for weeks. */
export function trimmed(timeline: Timeline): Timeline {
  if (timeline.placed.length <= mostLines) return timeline;
  return { ...timeline, placed: timeline.placed.slice(-fewerLines), more: true };
}

export function lastSeq(timeline: Timeline): number {
  return timeline.placed.at(-1)?.seq ?? 0;
}

/** Both are ascending by seq. At one place the fresh words win and the key stays, so its row is not made anew. */
function merged(present: readonly Line[], fresh: readonly Line[]): readonly Line[] {
  const lastPresent = present.at(-1)?.seq ?? 0;
  if ((fresh[0]?.seq ?? 0) > lastPresent) return [...present, ...fresh];
  const byPlace = new Map(present.map((line) => [line.seq, line]));
  for (const line of fresh) {
    const known = byPlace.get(line.seq);
    byPlace.set(line.seq, known === undefined ? line : { ...line, key: known.key, own: known.own });
  }
  return [...byPlace.values()].sort((one, other) => (one.seq ?? 0) - (other.seq ?? 0));
}
