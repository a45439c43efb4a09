// Where a text may be cut in two so that no character falls apart. The core has no segmenter of the machine's: these
// are the rules that matter in a chat (marks, joined emoji, flags, Hangul), not all of Unicode's.

const clings =
  /^(?:\p{M}|\p{Emoji_Modifier}|[\u200c\u200d]|[\u1160-\u11ff\ud7b0-\ud7fb]|[\u{e0020}-\u{e007f}])/u;
const flag = /^\p{Regional_Indicator}/u;

/** Whether the text may be cut at `at`, an offset in UTF-16 units. */
export function isBorder(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  if (isInsidePair(text, at)) return false;
  const after = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (clings.test(after) || text.charCodeAt(at - 1) === 0x200d) return false;
  if (text.startsWith("\r\n", at - 1)) return false;
  return !flag.test(after) || flagsBefore(text, at) % 2 === 0;
}

/** Whether `at` is between the two halves of a surrogate pair. */
export function isInsidePair(text: string, at: number): boolean {
  return isBetween(text.charCodeAt(at - 1), 0xd800, 0xdbff) && isBetween(text.charCodeAt(at), 0xdc00, 0xdfff);
}

/** Looks back no further than a screen: in a longer row of flags one may fall apart. */
function flagsBefore(text: string, at: number): number {
  let count = 0;
  while (count < 64 && flag.test(text.slice(Math.max(0, at - 2 * count - 2), at - 2 * count))) count += 1;
  return count;
}

function isBetween(unit: number, least: number, most: number): boolean {
  return unit >= least && unit <= most;
}
