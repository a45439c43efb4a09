// A search in the language of SQLite's full text index.

import type { ConversationId, NameKey, Query, Term } from "chat-hub";
import { marks } from "./search-index.js";

/**
 * `own`: the conversations to look in, at least one. What is in others must not even be counted, or how
 * long a search takes and where it goes on would tell of it. `me`: the key of whoever asks.
 */
export function searchExpression(
  { words, from, mentions, has }: Query,
  me: NameKey,
  own: readonly ConversationId[],
): string {
  const all = words.filter(({ not }) => !not).map(phrase);
  all.push(oneOf(own.map(marks.in)));
  if (from !== undefined) all.push(oneOf([marks.from(from === "me" ? me : from)]));
  if (mentions !== undefined) {
    const called = mentions === "me" ? [me, "everyone"] : [mentions];
    all.push(oneOf(called.map(marks.calls)));
  }
  for (const what of has) all.push(oneOf([marks.has[what]]));
  const none = words.filter(({ not }) => not).map(phrase);
  const wanted = all.join(" AND ");
  return none.length === 0 ? wanted : `(${wanted}) NOT (${none.join(" OR ")})`;
}

/** Tokens have neither quotes nor signs in them. */
function phrase({ tokens, prefix }: Term): string {
  return `text : "${tokens.join(" ")}"${prefix ? " *" : ""}`;
}

function oneOf(words: readonly string[]): string {
  return `marks : (${words.map((word) => `"${word}"`).join(" OR ")})`;
}
