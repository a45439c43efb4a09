// No frame is longer than 64 KiB: a page is cut to what fits, at the end that is far from where it
// starts, and says that there is more.

import type { Limits } from "../../tables/limits.js";
import { utf8Bytes } from "../../words/text.js";

/** What a page's frame needs beside its rows, at the most. */
const envelopeBytes = 1024;

/** As many rows as fit into a frame, the first ones; but always one, if there is one. */
export function fit<Row>(rows: readonly Row[], limits: Limits): readonly Row[] {
  return fitBetween(rows, limits, () => false);
}

/** The same, cut at whichever end `dropsFirst` says of the first and the last of those that are left. */
export function fitBetween<Row>(
  rows: readonly Row[],
  { frameBytes }: Limits,
  dropsFirst: (first: Row, last: Row) => boolean,
): readonly Row[] {
  const sizes = rows.map((row) => utf8Bytes(JSON.stringify(row)) + 1);
  let total = sizes.reduce((sum, size) => sum + size, 0);
  let [from, to] = [0, rows.length];
  while (total > frameBytes - envelopeBytes && to - from > 1) {
    const [first, last] = [rows[from] as Row, rows[to - 1] as Row];
    if (dropsFirst(first, last)) {
      total -= sizes[from] ?? 0;
      from += 1;
    } else {
      to -= 1;
      total -= sizes[to] ?? 0;
    }
  }
  return rows.slice(from, to);
}
