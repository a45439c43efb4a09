// Whether a message matches, for a store without an index and for what is not yet in one.

import type { Term } from "./query.js";

/**
 * Whether tokens of one message match every term. A phrase matches tokens that follow each other; with `prefix` its
 * last token need only begin the message's.
 */
export function matches(terms: readonly Term[], tokens: readonly string[]): boolean {
  // A token has no space in it, so that a phrase is found as text: quick, and in long repetitive messages as well.
  const line = ` ${tokens.join(" ")} `;
  return terms.every((term) => line.includes(needle(term)) !== term.not);
}

/** What stands in the tokens, joined and surrounded by spaces, if the term matches, `not` aside. */
export function needle(term: Term): string {
  return ` ${term.tokens.join(" ")}${term.prefix ? "" : " "}`;
}
