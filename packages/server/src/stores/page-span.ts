// Which entries a page shows. A log has no holes, so this is arithmetic on seqs, the same for every
// store; the store only says how large a message is.

import type { Read, Seq } from "chat-hub";

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
  const { from, to, start } = rowSpan(read, extent);
  if (from > to) return { from: from as Seq, to: to as Seq, more: false };
  const sizes = sizesOf(from as Seq, to as Seq);
  const { low, high } = byteSpan(from, to, start, read.bytes, (seq) => sizes[seq - from] ?? 0);
  const older = low > extent.first;
  const newer = high < extent.head;
  const { kind } = read.window;
  const more = kind === "after" ? newer : kind === "around" ? older || newer : older;
  return { from: low as Seq, to: high as Seq, more };
}

/** At most `rows` entries, however large; `start` is where the window starts, inside them. */
function rowSpan(
  { window, rows }: Asked,
  { first, head }: Extent,
): { from: number; to: number; start: number } {
  switch (window.kind) {
    case "after": {
      const from = Math.max(first, window.seq + 1);
      return { from, to: Math.min(head, from + rows - 1), start: from };
    }
    case "around": {
      const from = Math.max(first, Math.min(window.seq - Math.floor(rows / 2), head - rows + 1));
      const to = Math.min(head, from + rows - 1);
      return { from, to, start: Math.min(Math.max(window.seq, from), to) };
    }
    case "before":
    case "newest": {
      const to = window.kind === "before" ? Math.min(head, window.seq - 1) : head;
      return { from: Math.max(first, to - rows + 1), to, start: to };
    }
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
