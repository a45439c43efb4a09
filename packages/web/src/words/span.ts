// Which stretch of a conversation stands in the DOM: at most `spanLines` lines, so that a page which has been open
// for a week is as quick as a new one. Pure numbers: the view says which edge was reached.

/** Lines in the DOM; with the dividers between them it stays under 300 rows. */
export const spanLines = 240;
/** How many lines come in at an edge. */
export const stepLines = 60;

export type Span =
  /** The newest lines, whatever comes. */
  | { readonly type: "following"; readonly lines: number }
  /** The reader is somewhere above: the top edge stays where it is, new lines come in below. */
  | { readonly type: "held"; readonly first: number };

export interface Slice {
  readonly from: number;
  readonly to: number;
}

interface Placed {
  /** Absent while it has no place yet: own lines on their way, which stand at the end. Of a hole, between two. */
  readonly seq?: number | undefined;
}

export const newest: Span = { type: "following", lines: stepLines };

/** The indices `from` (inclusive) to `to` (exclusive) that `span` means in `lines`. */
export function slice(lines: readonly Placed[], span: Span): Slice {
  if (span.type === "following") return { from: Math.max(0, lines.length - span.lines), to: lines.length };
  const from = indexOf(lines, span.first);
  return { from, to: Math.min(lines.length, from + spanLines) };
}

/** The same lines, held: the reader left the end. */
export function held(lines: readonly Placed[], span: Span): Span {
  return span.type === "held" ? span : heldAt(lines, slice(lines, span).from);
}

/** The same lines, following: the reader came to the end. */
export function following(lines: readonly Placed[], span: Span): Span {
  if (span.type === "following") return span;
  const { from, to } = slice(lines, span);
  return { type: "following", lines: Math.max(stepLines, to - from) };
}

/** After the upper edge was reached: more above; past the limit, less below. */
export function older(lines: readonly Placed[], span: Span): Span {
  return heldAt(lines, Math.max(0, slice(lines, span).from - stepLines));
}

/** After the lower edge was reached, with lines below it that are not shown. */
export function newer(lines: readonly Placed[], span: Span): Span {
  const { from } = slice(lines, span);
  return heldAt(lines, Math.max(0, Math.min(from + stepLines, lines.length - spanLines)));
}

/** Where reading begins: at `seq`, with some lines before it. */
export function around(lines: readonly Placed[], seq: number): Span {
  return heldAt(lines, Math.max(0, indexOf(lines, seq) - stepLines / 2));
}

function heldAt(lines: readonly Placed[], index: number): Span {
  return { type: "held", first: lines[index]?.seq ?? 0 };
}

/** The index of the first line whose seq is at least `seq`. */
function indexOf(lines: readonly Placed[], seq: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.seq ?? Number.POSITIVE_INFINITY) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
