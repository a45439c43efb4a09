// "Did you mean": the word that is the fewest slips of the finger away.

/** More slips than this and nobody meant it. */
function mostSlips(word: string): number {
  return word.length < 4 ? 1 : 2;
}

/** The nearest of these words, the first of several; a beginning of one is near, if it is long enough. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  let best: { readonly word: string; readonly slips: number } | undefined;
  for (const known of words) {
    const begins = word.length > 1 && known.startsWith(word);
    const slips = begins ? 0.5 : slipsBetween(word, known);
    if (slips <= mostSlips(word) && (best === undefined || slips < best.slips)) best = { word: known, slips };
  }
  return best?.word;
}

/** Letters put in, left out, exchanged, or typed in each other's place. */
function slipsBetween(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      now.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (now[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (isSame ? 0 : 1),
          swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = last;
    last = now;
  }
  return last[other.length] ?? 0;
}
