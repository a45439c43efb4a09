// A row of `entries`, with the checksum that tells whether it is still what was written.

import { hash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Act, ConnectionId, ConversationId, Entry, Seq, UserId, WallMillis } from "chat-hub";

/** What is NULL in a plain message, which has no reply, calls nobody, and was never edited or deleted. */
export interface Extras {
  /** What it is; `null` for a message. */
  readonly kind: number | null;
  /** The message that it is about. */
  readonly target: Seq | null;
  readonly thread: Seq | null;
  /** 2: it is forgotten. */
  readonly deleted: 1 | 2 | null;
  /** JSON of what only its kind has. */
  readonly detail: string | null;
}

export interface EntryRow extends Extras {
  readonly conversation: ConversationId;
  readonly seq: Seq;
  readonly at: WallMillis;
  readonly author: UserId;
  readonly message: string;
  readonly replyTo: Seq | null;
  readonly nonce: string | null;
  readonly origin: ConnectionId;
  /** How many messages there are up to this one. */
  readonly messages: number;
}

/** Where each stands is what is kept: new ones go to the end. */
const kinds: readonly Entry["type"][] = [
  "message",
  "edit",
  "deletion",
  "reaction",
  "pin",
  "join",
  "invite",
  "leave",
  "role",
  "ban",
  "update",
  "silence",
];

export function kindCode(type: Entry["type"]): number | null {
  return type === "message" ? null : kinds.indexOf(type);
}

export function typeOf(kind: number | null): Entry["type"] {
  const type = kinds[kind ?? 0];
  if (type === undefined) throw new Error(`there is no kind ${kind} of entries`);
  return type;
}

/** The columns of an EntryRow, from `entries`. */
export const entryColumns = `
  entries.conversation, entries.seq, entries.at, entries.author, entries.message, entries.reply_to AS replyTo,
  entries.nonce, entries.origin, entries.messages, entries.kind, entries.target, entries.thread,
  entries.deleted, entries.detail, entries.checksum`;

/** The crc32 of the texts, begun with the numbers. Any one field that has changed changes it. */
export function checksum(row: EntryRow): number {
  let numbers = mix(0, row.conversation);
  numbers = mix(numbers, row.seq);
  numbers = mix(numbers, row.at);
  numbers = mix(numbers, row.author);
  numbers = mix(numbers, row.replyTo ?? 0);
  numbers = mix(numbers, row.origin);
  numbers = mix(numbers, row.messages);
  if (hasExtras(row)) {
    numbers = mix(numbers, row.kind ?? 0);
    numbers = mix(numbers, row.target ?? 0);
    numbers = mix(numbers, row.thread ?? 0);
    numbers = mix(numbers, row.deleted ?? 0);
    numbers = crc32(row.detail ?? "", numbers >>> 0);
  }
  const message = crc32(row.message, numbers >>> 0);
  return row.nonce === null ? message : crc32(row.nonce, message);
}

/** The first version had none of them, and its checksums hold. */
function hasExtras({ kind, target, thread, deleted, detail }: Extras): boolean {
  return kind !== null || target !== null || thread !== null || deleted !== null || detail !== null;
}

const two32 = 2 ** 32;

/** A step of FNV-1a for each half of the number: reversible, so no change of one number gets lost. */
function mix(before: number, value: number): number {
  const low = Math.imul(before ^ value, 0x01000193);
  return Math.imul(low ^ (value / two32), 0x01000193);
}

/**
 * What is kept of an act with a nonce, to know it again even after the message was edited: 64 bits
 * of a hash keyed with `secret`, so that it tells nothing about a message that is gone.
 */
export function fingerprint(secret: string, act: Act): string {
  return hash("sha256", `${secret} ${contentOf(act)}`).slice(0, 16);
}

/** Of an act, whichever order its fields come in; whom a text calls is in the text. */
function contentOf(act: Act): string {
  if (act.type === "message") return `${act.replyTo ?? ""} ${act.message}`;
  const fields = Object.entries(act).filter(([name]) => name !== "mentions");
  return `act ${JSON.stringify(fields.sort())}`;
}
