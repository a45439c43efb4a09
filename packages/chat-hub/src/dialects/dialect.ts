// A dialect is a codec: frames of one endpoint to the hub's commands, the hub's pushes to frames.
// Pure; a new dialect is one more value of this type.

import type { Limits } from "../tables/limits.js";
import type { ConnectionId, UserId, WallMillis } from "../words/ids.js";
import type { Entry } from "../words/log.js";
import type { Decoded } from "./command.js";
import type { EntryType } from "./frames/entries.js";
import type { LimitsPayload } from "./frames/session.js";
import type { CommandId, ServerPayloads } from "./frames.js";

export type DialectName = "simple" | "events";

/** An entry as one side of a conversation sees it. */
export interface Line {
  /** The conversation's name for this side. */
  readonly conversation: string;
  /** Whom it is for, if it is private. */
  readonly to: string | undefined;
  readonly entry: Entry;
}

/** What the hub has to say to a connection. `id` pairs it with the command that it answers. */
export type Push =
  /** `nonce` only when it is replayed to its author. */
  | { readonly type: "entry"; readonly line: Line; readonly nonce?: string | undefined }
  /** In how many private conversations something is unread, for the dialect that is told no more of them. */
  | (Told<"welcome"> & { readonly unreadPrivate: number })
  | (Told<"help"> & { readonly at: WallMillis })
  | { [Type in Plain]: Told<Type> }[Plain];

/** Pushes that are told as they are. Entries are told of a line, and so are the skips among them. */
type Plain = Exclude<keyof ServerPayloads, EntryType | "welcome" | "help">;

/** A push whose payload is its frame's. */
export type Told<Type extends keyof ServerPayloads> = {
  readonly type: Type;
  readonly id?: CommandId | undefined;
  readonly payload: ServerPayloads[Type];
};

export interface Dialect {
  readonly name: DialectName;
  /** Never throws; what can't be read says why, with an example. */
  decode(frame: string, limits: Limits): Decoded;
  /** The frame for a push; `undefined` where this dialect has no word for it. */
  encode(push: Push): string | undefined;
  /**
   * Whether an entry is for this connection at all, live as well as replayed: both ways must leave
   * out the same, or one who resumes would see what one who stayed never saw. `peer` is the other
   * side of a private conversation.
   */
  shows(entry: Entry, viewer: Viewer, peer: UserId | undefined): boolean;
}

export interface Viewer {
  readonly connection: ConnectionId;
  readonly user: UserId;
}

/** The limits that a client can meet, as `welcome` and `help` tell them. */
export function toldLimits(limits: Limits): LimitsPayload {
  const { rates, store } = limits;
  return {
    frame_bytes: limits.frameBytes,
    message_chars: limits.messageChars,
    name_chars: limits.nameChars,
    page_rows: limits.pageRows,
    since_url_bytes: limits.sinceUrlBytes,
    since_frame_bytes: limits.sinceFrameBytes,
    login_ms: limits.loginMs,
    login_tries: limits.loginTries,
    account_attempts: limits.attempts.accountAttempts,
    account_attempt_ms: limits.attempts.accountAttemptMs,
    address_attempts: limits.attempts.addressAttempts,
    address_attempt_ms: limits.attempts.addressAttemptMs,
    ping_ms: limits.pingMs,
    login_rooms: limits.loginRooms,
    rooms_per_user: store.roomsPerUser,
    members_per_room: store.membersPerRoom,
    devices_per_user: limits.devicesPerUser,
    reactions_per_message: store.reactionsPerMessage,
    mentions_per_message: limits.mentions,
    pins: store.pins,
    blocks: store.blocks,
    topic_chars: limits.topicChars,
    status_chars: limits.statusChars,
    reason_chars: limits.reasonChars,
    term_seconds: limits.termSeconds,
    slow_mode_seconds: limits.slowModeSeconds,
    retention_seconds: limits.retentionSeconds,
    search_chars: limits.searchChars,
    search_terms: limits.searchTerms,
    search_rows: limits.searchRows,
    typing_every_ms: limits.typingEveryMs,
    typing_for_ms: limits.typingForMs,
    receipt_members: limits.receiptMembers,
    ...(limits.keepSeconds === undefined ? {} : { keep_s: limits.keepSeconds }),
    ...(rates === undefined
      ? {}
      : {
          messages_per_second: rates.messagesPerSecond,
          messages_burst: rates.messagesBurst,
          commands_per_second: rates.commandsPerSecond,
          commands_burst: rates.commandsBurst,
          address_messages_per_second: rates.addressMessagesPerSecond,
          address_messages_burst: rates.addressMessagesBurst,
          address_commands_per_second: rates.addressCommandsPerSecond,
          address_commands_burst: rates.addressCommandsBurst,
          connections_per_address: rates.connectionsPerAddress,
        }),
  };
}
