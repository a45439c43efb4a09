// The entries of a log as they are told here: the wire's own, and what they are to us.

import type { EntryPayloads, EntryType, NewMessagePayload } from "../dialects/frames/entries.js";
import type { Incoming } from "./incoming.js";
import type { Self } from "./self.js";

/** One entry of a conversation's log, as far as a client understands it. */
export type ClientEntry = MessageEntry | DoneEntry | OtherEntry;

export interface MessageEntry extends NewMessagePayload {
  readonly kind: "message";
  /** We wrote it, here or on another device. `nonce` is there if it was said here. */
  readonly own: boolean;
  /** It calls us, or everyone. */
  readonly mentioned?: true;
  /** We have blocked its author. */
  readonly hidden?: true;
}

/** What was done to a message, or in a room: `kind` is the wire's type. */
export type DoneEntry = {
  [Type in Exclude<EntryType, "new_message">]: {
    readonly kind: Type;
    readonly own: boolean;
    readonly hidden?: true;
  } & EntryPayloads[Type];
}[Exclude<EntryType, "new_message">];

/** An entry of a type that this client is too old for: it has a place, and nothing to show. */
export interface OtherEntry {
  readonly kind: "other";
  readonly type: string;
  readonly conversation: string;
  readonly seq: number;
}

/** A row of a log: an entry, or places that have nothing to say. */
export type LogItem = Extract<Incoming, { type: "log" }>["payload"]["entries"][number];

/** A frame, or a row of a log, that stands for an entry. */
export type EntryItem = Extract<Incoming, { type: EntryType | "entry" }> | Exclude<LogItem, { type: "skip" }>;

/** The entry as it is told to us. `nonce`: it was said here. */
export function entryOf(item: EntryItem, self: Self, nonce: string | undefined): ClientEntry {
  if (item.type === "entry") return { kind: "other", ...item.payload };
  const { from } = item.payload;
  const known = item.payload.nonce ?? nonce;
  const own = known !== undefined || self.isMe(from);
  const seen = {
    own,
    ...(known === undefined ? {} : { nonce: known }),
    ...(self.isBlocked(from) ? { hidden: true as const } : {}),
  };
  if (item.type !== "new_message") return { ...item.payload, kind: item.type, ...seen } as DoneEntry;
  const mentioned = !own && calls(item.payload.mentions, self) ? { mentioned: true as const } : {};
  return { ...item.payload, kind: "message", ...seen, ...mentioned };
}

/** Whether these mentions are about us. */
export function calls(mentions: readonly string[] | undefined, self: Self): boolean {
  return mentions?.some((name) => name === "everyone" || self.isMe(name)) === true;
}
