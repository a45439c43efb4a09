// An entry, made from whatever a store keeps of it, and what it says.

import type { Entry, LoggedMessage } from "chat-hub";

type Optional = "replyTo" | "thread" | "mentions" | "version" | "edited" | "deleted" | "nonce";
/** `null` and `undefined` are as good as not there. */
export type Kept = Omit<LoggedMessage, "type" | Optional> & {
  readonly [Field in Optional]?: LoggedMessage[Field] | null | undefined;
};

/** A message. */
export function entryFrom(kept: Kept): LoggedMessage {
  const { seq, at, author, from, message, origin } = kept;
  const entry: { -readonly [Field in keyof LoggedMessage]: LoggedMessage[Field] } = {
    seq,
    at,
    type: "message",
    author,
    from,
    message,
    origin,
  };
  if (kept.replyTo != null) entry.replyTo = kept.replyTo;
  if (kept.thread != null) entry.thread = kept.thread;
  if (kept.mentions != null) entry.mentions = kept.mentions;
  if (kept.version != null) entry.version = kept.version;
  if (kept.edited != null) entry.edited = kept.edited;
  if (kept.deleted != null) entry.deleted = kept.deleted;
  if (kept.nonce != null) entry.nonce = kept.nonce;
  return entry;
}

/** The text by which an entry is measured; "" if it has none. */
export function textOf(entry: Entry): string {
  if (entry.type === "message" || entry.type === "edit") return entry.message;
  return entry.type === "update" ? (entry.topic ?? "") : "";
}

/** The message without which an entry has nothing to say. */
export function subjectOf(entry: Entry): LoggedMessage["seq"] | undefined {
  return entry.type === "edit" || entry.type === "reaction" || entry.type === "pin"
    ? entry.target
    : undefined;
}
