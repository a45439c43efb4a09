// A search in the language of SQLite's full text index.

import type { ConversationId, NameKey, Query, Term } from "chat-hub";
import { marks } from "./search-index.js";

/**
 * Nothing if the index can't be asked: it knows no times, and not what is absent without anything that
 * is there. `own`: the conversations to look in, none for all; `me`: the key of whoever asks.
 */
export function searchExpression(
  { words, from, mentions, has }: Query,
  me: NameKey,
  own: readonly ConversationId[],
): string | undefined {
  const all = words.filter(({ not }) => !not).map(phrase);
  if (own.length > 0) all.push(oneOf(own.map(marks.in)));
  if (from !== undefined) all.push(oneOf([marks.from(from === "me" ? me : from)]));
  if (mentions !== undefined) {
    const called = mentions === "me" ? [me, "everyone"] : [mentions];
    all.push(oneOf(called.map(marks.calls)));
  }
  for (const what of has) all.push(oneOf([marks.has[what]]));
  if (all.length === 0) return undefined;
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
