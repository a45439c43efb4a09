// Entries of a log as the events dialect says them: the payload of each type, live, replayed and in pages.

import type { Entry, MessageEntry, Skipped, StandingMessage } from "../words/log.js";
import { unreachable } from "../words/result.js";
import { timeOfDay } from "../words/text.js";
import type { Line } from "./dialect.js";
import type { LogRow } from "./frames/answers.js";
import type {
  EntryPayload,
  EntryPayloads,
  EntryType,
  NewMessagePayload,
  StandingMessagePayload,
} from "./frames/entries.js";

type Told = { readonly [Type in EntryType]: { readonly type: Type; readonly payload: EntryPayloads[Type] } };
export type EntryPush = Told[EntryType];

/** The push of an entry. `nonce` only when it is replayed to its author. */
export function entryPush(line: Line, nonce?: string | undefined): EntryPush {
  const { entry } = line;
  const common = commonFields(line, nonce);
  switch (entry.type) {
    case "message":
      return { type: "new_message", payload: messagePayload(line as MessageLine, nonce) };
    case "edit": {
      const { target: message_seq, message, version, mentions } = entry;
      const payload = { message_seq, message, version, ...(mentions === undefined ? {} : { mentions }) };
      return { type: "message_edited", payload: { ...payload, ...common } };
    }
    case "deletion":
      return { type: "message_deleted", payload: { message_seq: entry.target, ...common } };
    case "reaction": {
      const { target: message_seq, emoji, on } = entry;
      return { type: "reaction", payload: { message_seq, emoji, on, ...common } };
    }
    case "pin":
      return { type: "message_pinned", payload: { message_seq: entry.target, on: entry.on, ...common } };
    case "join":
      return { type: "member_joined", payload: { role: entry.role, ...common } };
    case "invite":
      return { type: "member_invited", payload: { username: entry.username, ...common } };
    case "leave":
      return { type: "member_left", payload: { username: entry.username, why: entry.why, ...common } };
    case "role":
      return { type: "role_changed", payload: { username: entry.username, role: entry.role, ...common } };
    case "ban":
      return {
        type: "member_banned",
        payload: { username: entry.username, on: entry.on, ...endOf(entry), ...common },
      };
    case "silence":
      return {
        type: "member_silenced",
        payload: { username: entry.username, on: entry.on, ...endOf(entry), ...common },
      };
    case "update": {
      const { topic, history, archived, slowMode, keepSeconds } = entry;
      const changed = {
        ...(topic === undefined ? {} : { topic }),
        ...(history === undefined ? {} : { history }),
        ...(archived === undefined ? {} : { archived }),
        ...(slowMode === undefined ? {} : { slow_mode: slowMode }),
        ...(keepSeconds === undefined ? {} : { keep_s: keepSeconds }),
      };
      return { type: "room_updated", payload: { ...changed, ...common } };
    }
    default:
      return unreachable(entry);
  }
}

function endOf({ until }: { readonly until?: number }): { readonly until?: number } {
  return until === undefined ? {} : { until };
}

/** An entry as it stands in a page of `log`. */
export function logRow(
  line: Omit<Line, "entry"> & { readonly entry: Entry | Skipped },
  nonce?: string | undefined,
): LogRow {
  const { conversation, to, entry } = line;
  if (entry.type !== "skip") return entryPush({ conversation, to, entry }, nonce);
  return { type: "skip", payload: { conversation, first: entry.seq, last: entry.seq } };
}

interface MessageLine extends Line {
  readonly entry: MessageEntry;
}

/** A message as it was pushed. */
export function messagePayload(line: MessageLine, nonce?: string | undefined): NewMessagePayload {
  const { conversation, to, entry } = line;
  const { message, from, seq, at, replyTo, thread, mentions, version, edited, deleted } = entry;
  return {
    message,
    from,
    sent: timeOfDay(at),
    ...(to === undefined ? {} : { to }),
    conversation,
    seq,
    at,
    ...(replyTo === undefined ? {} : { reply_to: replyTo }),
    ...(thread === undefined ? {} : { thread }),
    ...(mentions === undefined ? {} : { mentions }),
    ...(version === undefined ? {} : { version }),
    ...(edited === undefined ? {} : { edited }),
    ...(deleted === undefined ? {} : { deleted }),
    ...(nonce === undefined ? {} : { nonce }),
  };
}

/** A message as it stands: with what was done to it. */
export function standingPayload(
  line: Omit<Line, "entry"> & { readonly entry: StandingMessage },
  nonce?: string | undefined,
): StandingMessagePayload {
  const { reactions, replies, pinned } = line.entry;
  return {
    ...messagePayload(line, nonce),
    ...(reactions === undefined
      ? {}
      : {
          reactions: reactions.map(({ emoji, count, mine }) =>
            mine ? { emoji, count, mine } : { emoji, count },
          ),
        }),
    ...(replies === undefined ? {} : { replies }),
    ...(pinned === undefined ? {} : { pinned }),
  };
}

function commonFields({ conversation, to, entry }: Line, nonce: string | undefined): EntryPayload {
  const { from, seq, at } = entry;
  return {
    from,
    sent: timeOfDay(at),
    ...(to === undefined ? {} : { to }),
    conversation,
    seq,
    at,
    ...(nonce === undefined ? {} : { nonce }),
  };
}

/**
 * The frame of an entry. A message is written by hand, since every message of everyone passes here: the
 * same as stringifying its push. Names and conversations need no escaping.
 */
export function encodeEntry(line: Line, nonce: string | undefined): string {
  const { conversation, to, entry } = line;
  if (entry.type !== "message" || hasMore(entry)) return JSON.stringify(entryPush(line, nonce));
  return (
    `{"type":"new_message","payload":{"message":${JSON.stringify(entry.message)},"from":"${entry.from}"` +
    `,"sent":"${timeOfDay(entry.at)}"${to === undefined ? "" : `,"to":"${to}"`}` +
    `,"conversation":"${conversation}","seq":${entry.seq},"at":${entry.at}` +
    `${entry.replyTo === undefined ? "" : `,"reply_to":${entry.replyTo}`}` +
    `${entry.thread === undefined ? "" : `,"thread":${entry.thread}`}` +
    `${nonce === undefined ? "" : `,"nonce":${JSON.stringify(nonce)}`}}}`
  );
}

function hasMore({ mentions, version, edited, deleted }: MessageEntry): boolean {
  return mentions !== undefined || version !== undefined || edited !== undefined || deleted !== undefined;
}
