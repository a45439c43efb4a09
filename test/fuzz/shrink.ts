// Makes a session that is broken as short as it can be and still broken: moves are left out as long as
// that changes nothing, first many at a time, then one by one.

import type { Move } from "./session.ts";

/** `isBroken` is asked again and again, each time with fewer moves. */
export async function shrink(
  moves: readonly Move[],
  isBroken: (moves: readonly Move[]) => Promise<boolean>,
): Promise<readonly Move[]> {
  let left = moves;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < left.length; ) {
      const fewer = left.toSpliced(from, size);
      if (fewer.length > 0 && (await isBroken(fewer))) left = fewer;
      else from += size;
    }
  }
  return left;
}
