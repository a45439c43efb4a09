// Deeds as the wire has them.

import { unreachable } from "../words/result.js";
import type { Deed, OwnDeed, Target } from "./deeds.js";

interface Command {
  readonly type: string;
  readonly payload: object;
}

/** What must be known before a deed can be sent: the place of a message that was said here. */
export function waitsFor(deed: Deed): string | undefined {
  const target = deed.type === "message" ? deed.replyTo : "target" in deed ? deed.target : undefined;
  return typeof target === "string" ? target : undefined;
}

/** The command, with the nonce where the wire has one. `placeOf` is asked for what `waitsFor` names. */
export function commandOf(
  deed: Deed,
  nonce: string,
  placeOf: (nonce: string) => number | undefined,
): Command {
  const seqOf = (target: Target): number | undefined =>
    typeof target === "string" ? placeOf(target) : target;
  switch (deed.type) {
    case "message":
      return messageCommand(deed, nonce, deed.replyTo === undefined ? undefined : seqOf(deed.replyTo));
    case "edit":
    case "deletion":
    case "reaction":
    case "pin": {
      const { type, target, ...rest } = deed;
      return { type: aboutMessages[type], payload: { ...rest, message_seq: seqOf(target), nonce } };
    }
    case "create":
    case "join":
    case "leave":
    case "invite":
    case "kick":
    case "role":
    case "topic":
    case "history":
    case "archive": {
      const { type, ...rest } = deed;
      return { type: aboutRooms[type], payload: { ...rest, nonce } };
    }
    case "ban": {
      const { on, conversation, username, address, forSeconds, reason } = deed;
      const about = { conversation, username, address, nonce };
      return on
        ? { type: "ban", payload: { ...about, for_s: forSeconds, reason } }
        : { type: "unban", payload: about };
    }
    case "silence": {
      const { on, conversation, username, forSeconds, reason } = deed;
      const about = { conversation, username, nonce };
      return on
        ? { type: "silence", payload: { ...about, for_s: forSeconds, reason } }
        : { type: "unsilence", payload: about };
    }
    case "slow": {
      const { conversation, seconds } = deed;
      return { type: "slow_mode", payload: { conversation, seconds, nonce } };
    }
    case "retention": {
      const { conversation, seconds: keep_s } = deed;
      return { type: "set_retention", payload: { conversation, keep_s, nonce } };
    }
    case "announce":
      return { type: "announce", payload: { message: deed.message } };
    case "readOnly":
      return { type: "read_only", payload: { on: deed.on, reason: deed.reason } };
    default:
      return ownCommand(deed);
  }
}

const aboutMessages = {
  edit: "edit_message",
  deletion: "delete_message",
  reaction: "react",
  pin: "pin",
} as const;

const aboutRooms = {
  create: "create_room",
  join: "join_room",
  leave: "leave_room",
  invite: "invite",
  kick: "kick",
  role: "set_role",
  topic: "set_topic",
  history: "set_history",
  archive: "archive_room",
} as const;

function messageCommand(
  { conversation, message }: Extract<Deed, { type: "message" }>,
  nonce: string,
  replyTo: number | undefined,
): Command {
  const about = { message, nonce, ...(replyTo === undefined ? {} : { reply_to: replyTo }) };
  if (conversation.startsWith("@")) {
    return { type: "private_message", payload: { to: conversation.slice(1), ...about } };
  }
  const where = conversation === "everyone" ? {} : { conversation };
  return { type: "send_message", payload: { ...where, ...about } };
}

/** What is chosen for oneself has no nonce: said twice it is the same. */
function ownCommand(deed: OwnDeed): Command {
  const { type, ...payload } = deed;
  switch (type) {
    case "status":
      return { type: "set_status", payload };
    case "privacy":
      return { type: "set_privacy", payload };
    case "block":
    case "mute":
      return { type, payload };
    default:
      return unreachable(type);
  }
}
