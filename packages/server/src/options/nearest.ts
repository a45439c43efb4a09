// What somebody may have meant.

/** Of so many letters one may be wrong. */
const lettersPerSlip = 3;

/** The candidate with the fewest letters to change, if they are few for its length. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, slips: slips(plain(word), plain(candidate)) }))
    .filter(({ candidate, slips }) => slips <= candidate.length / lettersPerSlip)
    .sort((one, other) => one.slips - other.slips);
  return best?.candidate;
}

/** `nameHold`, `name-hold` and `name_hold` are one. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[-_]/g, "");
}

/** Letters that are wrong, missing, too many, or swapped with the next. */
function slips(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 0; at < one.length; at += 1) {
    const next = [at + 1];
    for (let to = 0; to < other.length; to += 1) {
      const kept = cell(row, to) + (one[at] === other[to] ? 0 : 1);
      const swapped =
        one[at] === other[to - 1] && one[at - 1] === other[to] ? cell(before, to - 1) + 1 : kept;
      next.push(Math.min(kept, swapped, cell(row, to + 1) + 1, cell(next, to) + 1));
    }
    [before, row] = [row, next];
  }
  return cell(row, other.length);
}

function cell(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
