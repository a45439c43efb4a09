// What a code point becomes in a token. Each is folded alone, whatever stands beside it, so that a word is folded
// the same in every message and in every query.

/**
 * `word` goes on with the token that is open, or opens one. `alone` opens a token of its own, in scripts that put no
 * space between words. `syllable` opens a Hangul syllable and `rhyme` goes on with it. `mark` belongs to the letter
 * before it, with "" when it only decorates; `breve` belongs to it where it makes another letter. `gap` ends a token.
 */
export type Kind = "word" | "alone" | "syllable" | "rhyme" | "mark" | "breve" | "gap";

export interface Part {
  /** One code point, folded and decomposed; "" for a mark that is left out and for a gap. */
  readonly text: string;
  readonly kind: Kind;
}

const space = /^[\s\u200b]$/;
const mark = /^\p{M}$/u;
const letter = /^[\p{L}\p{N}]$/u;
const invisible = /^\p{Default_Ignorable_Code_Point}$/u;

/**
 * Marks that people leave out as they like: accents, tashkeel, niqqud. All others are the vowels of their script, and
 * without them Hindi's "in", "I" and "mother" would be one word.
 */
const decoration =
  /^[\p{Script=Inherited}\p{Script=Common}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]$/u;

/**
 * No space between words: a letter with its marks is a token, and several of them in a query are a phrase. Korean has
 * spaces, but its particles are written onto the noun (학교에서, "at school"): by words, 학교 would not find it.
 */
const unspaced =
  /^[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;

/** Letters that are one to whoever searches, and that no decomposition of Unicode makes equal. */
const twins: ReadonlyMap<string, string> = new Map([
  ["ٱ", "ا"],
  ["ى", "ي"],
  ["ی", "ي"],
  ["ک", "ك"],
  ["ة", "ه"],
  ["ς", "σ"],
  ["ı", "i"],
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
]);

const tatweel = "\u0640";
const nothing: readonly Part[] = [];
const gaps: readonly Part[] = [{ text: "", kind: "gap" }];
const left: Part = { text: "", kind: "mark" };

/** Of the first 65,536 code points and of emoji only, so that it stays small whatever people write: some 10 MB with all of them. */
const known = new Map<number, readonly Part[]>();

/** The parts of a code point in their order; none for one that is as if it were not there. */
export function fold(point: number): readonly Part[] {
  const folded = known.get(point);
  if (folded !== undefined) return folded;
  const char = String.fromCodePoint(point);
  const pieces = char.normalize("NFKD");
  const parts =
    pieces === char ? foldPiece(char) : [...pieces].flatMap((piece) => fold(piece.codePointAt(0) ?? 0));
  if (point < 0x10000 || point >> 12 === 0x1f) known.set(point, parts);
  return parts;
}

/** Of one that decomposes no further. */
function foldPiece(piece: string): readonly Part[] {
  if (space.test(piece)) return gaps;
  if (mark.test(piece)) return [foldMark(piece)];
  if (piece === tatweel || invisible.test(piece)) return nothing;
  if (!letter.test(piece)) return gaps;
  const lower = piece.toLowerCase();
  return [...(twins.get(lower) ?? asciiDigit(lower))].map((text) => ({ text, kind: kindOf(text) }));
}

function foldMark(piece: string): Part {
  if (piece === "\u0306" || piece === "\u0308") return { text: piece, kind: "breve" };
  // The two voicing marks of kana, which are shared by two scripts: か is not が.
  if (piece === "\u3099" || piece === "\u309a") return { text: piece, kind: "mark" };
  return decoration.test(piece) || invisible.test(piece) ? left : { text: piece, kind: "mark" };
}

function kindOf(text: string): Kind {
  if (/^[\u1100-\u115f\ua960-\ua97c]$/.test(text)) return "syllable";
  if (/^[\u1160-\u11ff\ud7b0-\ud7fb]$/.test(text)) return "rhyme";
  return unspaced.test(text) ? "alone" : "word";
}

/** ٣ and ३ are 3. Digits stand in Unicode in rows of ten. Anything else is left as it is. */
export function asciiDigit(char: string): string {
  if (!isDigit(char)) return char;
  const point = char.codePointAt(0) ?? 0;
  let value = 0;
  while (isDigit(String.fromCodePoint(point - value - 1))) value += 1;
  return String(value % 10);
}

function isDigit(char: string): boolean {
  return /^\p{Nd}$/u.test(char);
}
