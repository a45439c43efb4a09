// The two dialects as a raw client speaks them: with its own hands, from PROTOCOL.md, and with nothing of
// the code under test.

import type { DialectName } from "chat-hub";
import type { Doing } from "./device.ts";

/** What a raw client makes of a frame; it leaves aside what it has no use for. */
export type Heard =
  | {
      readonly type: "welcome";
      readonly epoch: string;
      readonly heads: readonly (readonly [string, number])[];
      /** What this login is called, and what was given for the password. */
      readonly session: string;
      readonly token: string | undefined;
    }
  | { readonly type: "refreshed"; readonly token: string | undefined }
  | { readonly type: "sessions"; readonly sessions: readonly string[] }
  | { readonly type: "place"; readonly conversation: string; readonly seq: number }
  | { readonly type: "ack"; readonly id: Id; readonly nonce: string | undefined }
  | {
      readonly type: "error";
      readonly id: Id;
      readonly code: string;
      readonly retryable: boolean;
      readonly afterMs: number;
    }
  | { readonly type: "resumed"; readonly epoch: string; readonly reset: readonly string[] }
  | { readonly type: "log"; readonly conversation: string; readonly last: number; readonly more: boolean }
  | { readonly type: "reconnect"; readonly afterMs: number }
  | { readonly type: "other" };

type Id = string | number | undefined;

export interface Tongue {
  readonly dialect: DialectName;
  /** A frame that does it; `undefined` if there is no word for it. */
  say(deed: Doing, id: Id, nonce: string | undefined): string | undefined;
  hear(frame: string): Heard;
}

// biome-ignore lint/suspicious/noExplicitAny: a raw client looks at what it hears as it comes
type Frame = Record<string, any>;

const other: Heard = { type: "other" };

export const eventsTongue: Tongue = {
  dialect: "events",
  say(deed, id, nonce) {
    const { type, payload } = commandOf(deed);
    return JSON.stringify({ type, id, payload: nonce === undefined ? payload : { ...payload, nonce } });
  },
  hear(text) {
    const { type, id, payload = {} } = JSON.parse(text) as Frame;
    switch (type) {
      case "welcome":
        return {
          type: "welcome",
          epoch: payload.epoch,
          session: payload.session,
          token: payload.token,
          heads: payload.conversations.map((row: Frame) => [row["conversation"], row["head"]]),
        };
      case "refresh":
        return { type: "refreshed", token: payload.token };
      case "sessions":
        return { type: "sessions", sessions: payload.sessions.map((row: Frame) => row["session"]) };
      case "ack":
        return { type: "ack", id, nonce: payload.nonce };
      case "error":
        return errorOf(id, payload);
      case "resumed":
        return { type: "resumed", epoch: payload.epoch, reset: payload.reset ?? [] };
      case "skip":
        return { type: "place", conversation: payload.conversation, seq: payload.last };
      case "log": {
        const last = payload.entries.at(-1)?.payload;
        return {
          type: "log",
          conversation: payload.conversation,
          last: last?.seq ?? last?.last ?? payload.head,
          more: payload.more,
        };
      }
      case "reconnect":
        return { type: "reconnect", afterMs: payload.after_ms };
      default:
        return placeOf(payload);
    }
  },
};

export const simpleTongue: Tongue = {
  dialect: "simple",
  say(deed, id, nonce) {
    if (deed.type !== "message" || deed.replyTo !== undefined) return undefined;
    const target = deed.conversation === "everyone" ? "" : deed.conversation;
    return JSON.stringify({ message: deed.message, target, id, nonce });
  },
  hear(text) {
    const { ack, error, resumed, ...line } = JSON.parse(text) as Frame;
    if (ack !== undefined) return { type: "ack", id: ack.id, nonce: ack.nonce };
    if (error !== undefined) return errorOf(error.id, error);
    if (resumed !== undefined) return { type: "resumed", epoch: resumed.epoch, reset: resumed.reset ?? [] };
    if (line["note"] === "reconnect" && line["from"] === "server") return { type: "reconnect", afterMs: 500 };
    return placeOf(line);
  },
};

function errorOf(id: Id, { code, retryable, retry_after_ms }: Frame): Heard {
  return { type: "error", id, code, retryable, afterMs: retry_after_ms ?? 1_000 };
}

function placeOf({ conversation, seq }: Frame): Heard {
  return typeof seq === "number" && conversation !== undefined ? { type: "place", conversation, seq } : other;
}

interface Command {
  readonly type: string;
  readonly payload: object;
}

/** PROTOCOL.md's names for what people do; written anew, since what the client core says is what is tried. */
function commandOf(deed: Doing): Command {
  switch (deed.type) {
    case "message": {
      const { conversation, message, replyTo: reply_to } = deed;
      if (conversation.startsWith("@"))
        return { type: "private_message", payload: { to: conversation.slice(1), message, reply_to } };
      return { type: "send_message", payload: { conversation, message, reply_to } };
    }
    case "edit":
    case "deletion":
    case "reaction":
    case "pin": {
      const { type, target: message_seq, ...rest } = deed;
      return { type: named[type], payload: { ...rest, message_seq } };
    }
    case "ban": {
      const { conversation, username, on, forSeconds: for_s, address } = deed;
      if (!on) return { type: "unban", payload: { conversation, username } };
      return { type: "ban", payload: { conversation, username, for_s, address } };
    }
    case "silence": {
      const { conversation, username, on, forSeconds: for_s } = deed;
      if (!on) return { type: "unsilence", payload: { conversation, username } };
      return { type: "silence", payload: { conversation, username, for_s } };
    }
    case "retention":
      return {
        type: "set_retention",
        payload: { conversation: deed.conversation, keep_s: deed.seconds },
      };
    default: {
      const { type, ...payload } = deed;
      return { type: named[type], payload };
    }
  }
}

const named = {
  edit: "edit_message",
  deletion: "delete_message",
  reaction: "react",
  pin: "pin",
  create: "create_room",
  join: "join_room",
  leave: "leave_room",
  invite: "invite",
  kick: "kick",
  role: "set_role",
  topic: "set_topic",
  history: "set_history",
  archive: "archive_room",
  status: "set_status",
  privacy: "set_privacy",
  block: "block",
  mute: "mute",
  slow: "slow_mode",
  announce: "announce",
  readOnly: "read_only",
} as const;
