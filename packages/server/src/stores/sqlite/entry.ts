// A row of `entries`, with the checksum that tells whether it is still what was written.

import { hash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Append, ConnectionId, ConversationId, Seq, UserId, WallMillis } from "chat-hub";

export interface EntryRow {
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

/** The crc32 of the texts, begun with the numbers. Any one field that has changed changes it. */
export function checksum(row: EntryRow): number {
  let numbers = mix(0, row.conversation);
  numbers = mix(numbers, row.seq);
  numbers = mix(numbers, row.at);
  numbers = mix(numbers, row.author);
  numbers = mix(numbers, row.replyTo ?? 0);
  numbers = mix(numbers, row.origin);
  numbers = mix(numbers, row.messages);
  const message = crc32(row.message, numbers >>> 0);
  return row.nonce === null ? message : crc32(row.nonce, message);
}

const two32 = 2 ** 32;

/** A step of FNV-1a for each half of the number: reversible, so no change of one number gets lost. */
function mix(before: number, value: number): number {
  const low = Math.imul(before ^ value, 0x01000193);
  return Math.imul(low ^ (value / two32), 0x01000193);
}

/**
 * What is kept of a message with a nonce, to know it again even after the message was edited: 64 bits
 * of a hash keyed with `secret`, so that it tells nothing about a message that is gone.
 */
export function fingerprint(secret: string, { message, replyTo }: Append): string {
  return hash("sha256", `${secret} ${replyTo ?? ""} ${message}`).slice(0, 16);
}
