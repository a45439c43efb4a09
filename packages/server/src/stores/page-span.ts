// Which entries a page shows. A log has no holes, so this is arithmetic on seqs, the same for every
// store; the store only says how large a message is.

import type { Read, Seq, TimeWindow, WallMillis, Window } from "chat-hub";
import { unreachable } from "chat-hub";

/** What a log still has. `first` is head + 1 if it has nothing. */
export interface Extent {
  readonly first: Seq;
  readonly head: Seq;
}

/** The entries from `from` to `to`, both included; none if `from > to`. `more` as in `Page`. */
export interface Span {
  readonly from: Seq;
  readonly to: Seq;
  readonly more: boolean;
}

type Asked = Pick<Read, "window" | "rows" | "bytes">;

/** The span of a page. `sizesOf` gives the UTF-8 bytes of each message from one seq to another, both included. */
export function pageSpan(
  read: Asked,
  extent: Extent,
  sizesOf: (from: Seq, to: Seq) => readonly number[],
): Span {
  const { from, to, start, end } = rowSpan(read, extent);
  if (from > to) return { from: from as Seq, to: to as Seq, more: false };
  const sizes = sizesOf(from as Seq, to as Seq);
  const { low, high } = byteSpan(from, to, start, read.bytes, (seq) => sizes[seq - from] ?? 0);
  const older = low > extent.first;
  const newer = high < end;
  const { kind } = read.window;
  const isUpward = kind === "after" || kind === "between";
  const more = isUpward ? newer : kind === "around" ? older || newer : older;
  return { from: low as Seq, to: high as Seq, more };
}

interface RowSpan {
  readonly from: number;
  readonly to: number;
  /** Where the window starts, inside them. */
  readonly start: number;
  /** The newest that the window would show. */
  readonly end: number;
}

/** At most `rows` entries, however large. */
function rowSpan({ window, rows }: Asked, { first, head }: Extent): RowSpan {
  switch (window.kind) {
    case "after":
    case "between": {
      const [after, end] =
        window.kind === "after" ? [window.seq, head] : [window.after, Math.min(head, window.before - 1)];
      const from = Math.max(first, after + 1);
      return { from, to: Math.min(end, from + rows - 1), start: from, end };
    }
    case "around": {
      const from = Math.max(first, Math.min(window.seq - Math.floor(rows / 2), head - rows + 1));
      const to = Math.min(head, from + rows - 1);
      return { from, to, start: Math.min(Math.max(window.seq, from), to), end: head };
    }
    case "before":
    case "newest": {
      const to = window.kind === "before" ? Math.min(head, window.seq - 1) : head;
      return { from: Math.max(first, to - rows + 1), to, start: to, end: head };
    }
    default:
      return unreachable(window);
  }
}

/**
 * The same window over messages that are counted from 0, however many other entries lie between them:
 * `before` tells how many of the `count` messages stand before a seq. The span is then of the extent
 * `{ first: 0, head: count - 1 }`.
 */
export function countedWindow(window: Window, before: (seq: Seq) => number, count: number): Window {
  const next = (seq: Seq) => before((seq + 1) as Seq);
  switch (window.kind) {
    case "after":
      return { kind: "after", seq: (next(window.seq) - 1) as Seq };
    case "before":
      return { kind: "before", seq: before(window.seq) as Seq };
    case "around":
      return { kind: "around", seq: Math.min(before(window.seq), count - 1) as Seq };
    case "between":
      return {
        kind: "between",
        after: (next(window.after) - 1) as Seq,
        before: before(window.before) as Seq,
      };
    case "newest":
      return window;
    default:
      return unreachable(window);
  }
}

/** A window by seq in place of one by time: `from` finds the first entry that is not before a time. */
export function timedWindow(window: TimeWindow, from: (at: WallMillis) => Seq): Window {
  switch (window.kind) {
    case "after":
      return { kind: "after", seq: (from(window.at) - 1) as Seq };
    case "before":
      return { kind: "before", seq: from(window.at) };
    case "around":
      return { kind: "around", seq: from(window.at) };
    case "between":
      return {
        kind: "between",
        after: (from(window.afterAt) - 1) as Seq,
        before: from(window.beforeAt),
      };
    default:
      return unreachable(window);
  }
}

/** Grows from the start, newer and older by turns, until the span or the bytes are used up; one always fits. */
function byteSpan(from: number, to: number, start: number, most: number, sizeOf: (seq: number) => number) {
  let low = start;
  let high = start;
  let bytes = sizeOf(start);
  while (low > from || high < to) {
    const upward = high < to && (low === from || high - start <= start - low);
    bytes += sizeOf(upward ? high + 1 : low - 1);
    if (bytes > most) break;
    if (upward) high += 1;
    else low -= 1;
  }
  return { low, high };
}
