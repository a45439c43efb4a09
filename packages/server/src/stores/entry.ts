// An entry, made from whatever a store keeps of it.

import type { Entry, Seq } from "chat-hub";

interface Kept extends Omit<Entry, "type" | "replyTo" | "nonce"> {
  readonly replyTo?: Seq | null | undefined;
  readonly nonce?: string | null | undefined;
}

/** What is `null` or `undefined` is left out. */
export function entryFrom(kept: Kept): Entry {
  const { seq, at, author, from, message, replyTo, nonce, origin } = kept;
  const entry: { -readonly [Field in keyof Entry]: Entry[Field] } = {
    seq,
    at,
    type: "message",
    author,
    from,
    message,
    origin,
  };
  if (replyTo !== undefined && replyTo !== null) entry.replyTo = replyTo;
  if (nonce !== undefined && nonce !== null) entry.nonce = nonce;
  return entry;
}
