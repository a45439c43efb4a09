// How text is cut where a person sees a cut: into graphemes, and by the columns they take.

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** One thing to the eye, and where it begins in the text. */
export interface Grapheme {
  readonly text: string;
  readonly index: number;
}

export function segment(text: string): readonly Grapheme[] {
  return Array.from(graphemes.segment(text), ({ segment: part, index }) => ({ text: part, index }));
}

/** Where the first grapheme from there on begins: a mark joins the letter before it, a joiner what follows. */
export function edgeFrom(text: string, index: number): number {
  for (const part of segment(text)) if (part.index >= index) return part.index;
  return text.length;
}

// East Asian wide and fullwidth, as far as anything in them is assigned.
const wide =
  /[\u1100-\u115f\u231a\u231b\u2329\u232a\u23e9-\u23ec\u23f0\u23f3\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
const emoji = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\p{Regional_Indicator}/u;
const invisible = /^[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]$/u;

/**
 * The most columns that any terminal gives this grapheme. They disagree about joined emoji: the newer
 * ones show a family in 2 columns, others its members side by side.
 */
export function mostColumns(grapheme: string): number {
  let columns = 0;
  for (const char of grapheme) {
    if (invisible.test(char)) continue;
    columns += wide.test(char) || emoji.test(`${char}\ufe0f`) ? 2 : 1;
  }
  return columns;
}

export function columnsOf(text: string): number {
  return segment(text).reduce((sum, { text: part }) => sum + mostColumns(part), 0);
}

/** As much of the beginning as fits, with an ellipsis in place of the rest. */
export function clip(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = "";
  let left = columns - 1;
  for (const { text: part } of segment(text)) {
    left -= mostColumns(part);
    if (left < 0) break;
    kept += part;
  }
  return columns < 1 ? "" : `${kept}…`;
}

/**
 * The text in lines of so many columns, broken after spaces and beside wide letters, which need none.
 * What offers no place to break, such as an address, stays whole: the terminal breaks it, and it can
 * still be copied. `used` = the columns of the first line that are taken already.
 */
export function wrap(text: string, columns: number, used = 0): readonly string[] {
  const lines: string[] = [];
  let start = 0;
  let taken = used;
  // Where the line may end and the next begin, and the columns up to there.
  let place: { readonly end: number; readonly next: number; readonly taken: number } | undefined;
  let before = { width: 0, isSpace: true };
  for (const { text: part, index } of segment(text)) {
    const width = mostColumns(part);
    const isSpace = part === " ";
    const besideWide = width > 1 || before.width > 1;
    if (besideWide && !isSpace && !before.isSpace) place = { end: index, next: index, taken };
    if (!isSpace && taken + width > columns && place !== undefined) {
      lines.push(text.slice(start, place.end));
      start = place.next;
      taken -= place.taken;
      place = undefined;
    }
    taken += width;
    if (isSpace && index > start) place = { end: index, next: index + 1, taken };
    before = { width, isSpace };
  }
  return [...lines, text.slice(start)];
}
