// The piece of a message that shows why it was found.

import { isBorder, isInsidePair } from "./borders.js";
import { needle } from "./matches.js";
import type { Term } from "./query.js";
import type { Span } from "./scan.js";
import { spans } from "./scan.js";

export interface Snippet {
  readonly text: string;
  /** What matches in `text`: UTF-16 ranges that don't overlap, in order. Cut where the text is. */
  readonly marks: readonly (readonly [start: number, end: number])[];
}

/** How far a cut is moved to fall between two words, and how far at most not to fall into a character. */
const wordReach = 16;
const characterReach = 64;

/**
 * At most `chars` UTF-16 units of the message around its first match, or from its beginning if none of `terms` is in
 * it, with `…` where it is cut. Line breaks become spaces; control and bidi characters stay as they are: whoever shows
 * it makes it inert. A cut never splits a surrogate pair, nor a character of up to 64 units.
 */
export function snippet(message: string, terms: readonly Term[], chars = 120): Snippet {
  const wanted = terms.filter((term) => !term.not);
  const tokens = wanted.length === 0 ? [] : spans(message);
  const [from, to] =
    message.length <= chars ? [0, message.length] : cut(message, first(tokens, wanted), chars);
  const [before, after] = [from > 0 ? "…" : "", to < message.length ? "…" : ""];
  const shift = before.length - from;
  return {
    text: before + message.slice(from, to).replace(/[\n\v\f\r\u0085\u2028\u2029]/g, " ") + after,
    marks: marksIn(tokens, wanted, from, to).map(([start, end]) => [start + shift, end + shift]),
  };
}

type Range = readonly [start: number, end: number];

/** The first place where one of the terms is; the longest of those. */
function first(tokens: readonly Span[], terms: readonly Term[]): Range {
  const line = ` ${tokens.map((span) => span.token).join(" ")} `;
  let [found, length] = [line.length, 0];
  for (const term of terms) {
    const at = line.indexOf(needle(term));
    if (at < 0 || at > found || (at === found && term.tokens.length <= length)) continue;
    [found, length] = [at, term.tokens.length];
  }
  if (length === 0) return [0, 0];
  let index = 0;
  for (let at = line.indexOf(" ", 1); at > 0 && at <= found; at = line.indexOf(" ", at + 1)) index += 1;
  return [tokens[index]?.start ?? 0, tokens[index + length - 1]?.end ?? 0];
}

/** A third of what is left beside the match goes before it. */
function cut(message: string, [start, end]: Range, chars: number): Range {
  const lead = Math.max(0, Math.floor((chars - (end - start)) / 3));
  const from = cutBefore(message, Math.max(0, Math.min(start - lead, message.length - chars)), start);
  const to = Math.min(message.length, from + chars);
  return [from, cutAfter(message, to, from, Math.max(from, Math.min(end, to)))];
}

/** The next good place from `at` on, at most `start`. */
function cutBefore(message: string, at: number, start: number): number {
  if (at === 0) return 0;
  const last = Math.min(start, at + wordReach);
  for (let place = at; place <= last; place += 1) {
    if (/\s/.test(message.charAt(place - 1)) && isBorder(message, place)) return place;
  }
  for (let place = at; place <= Math.min(start, at + characterReach); place += 1) {
    if (isBorder(message, place)) return place;
  }
  return isInsidePair(message, at) ? at + 1 : at;
}

/** The next good place from `at` back: between two words not before `end`, else after `from`. */
function cutAfter(message: string, at: number, from: number, end: number): number {
  if (at === message.length) return at;
  const least = Math.max(end, at - wordReach);
  for (let place = at; place >= least && place > from; place -= 1) {
    if (/\s/.test(message.charAt(place))) return place;
  }
  for (let place = at; place > Math.max(from, at - characterReach); place -= 1) {
    if (isBorder(message, place)) return place;
  }
  return isInsidePair(message, at) ? at - 1 : at;
}

/** What matches from `from` on and before `to`; of matches that overlap, all that they cover. */
function marksIn(
  tokens: readonly Span[],
  terms: readonly Term[],
  from: number,
  to: number,
): readonly Range[] {
  const found: [number, number][] = [];
  for (const [index, { start }] of tokens.entries()) {
    if (start < from || start >= to) continue;
    for (const term of terms) {
      if (!isAt(tokens, index, term)) continue;
      const end = Math.min(to, tokens[index + term.tokens.length - 1]?.end ?? 0);
      const last = found.at(-1);
      if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end);
      else found.push([start, end]);
    }
  }
  return found;
}

function isAt(tokens: readonly Span[], index: number, term: Term): boolean {
  return term.tokens.every((token, nth) => {
    const there = tokens[index + nth]?.token;
    if (term.prefix && nth === term.tokens.length - 1) return there?.startsWith(token) === true;
    return there === token;
  });
}
