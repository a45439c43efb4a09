// The events dialect: `{type, id?, payload}` both ways, the second seed's frames among them (WIRE §1).

import type { CommandType } from "../tables/commands.js";
import { commands, isCommandType } from "../tables/commands.js";
import type { Limits } from "../tables/limits.js";
import { parseConversation, parsePerson } from "../words/conversations.js";
import type { Seq } from "../words/ids.js";
import type { Address } from "../words/log.js";
import { fault } from "../words/result.js";
import { messageFault, timeOfDay } from "../words/text.js";
import type { Command, Decoded, LoginWish } from "./command.js";
import type { Dialect, Line, Push } from "./dialect.js";
import type { JsonObject } from "./fields.js";
import {
  decoding,
  isBadFrame,
  isObject,
  kindOf,
  optionalFlag,
  optionalSecret,
  optionalSeq,
  optionalText,
  parseObject,
  readId,
  refuse,
  rows,
  seq,
  text,
} from "./fields.js";
import type { CommandId, NewMessagePayload } from "./frames.js";

export const events: Dialect = {
  name: "events",
  decode,
  encode,
  shows: () => true,
};

function decode(frame: string, limits: Limits): Decoded {
  if (frame.trim() === "help") return decoding(undefined, () => ({ type: "help" }));
  const object = parseObject(frame, limits, commands.send_message.example);
  if (isBadFrame(object)) return fault(object);
  const id = readId(object, limits);
  if (typeof id === "object") return fault({ id: undefined, code: "malformed", detail: { message: id.bad } });
  return decoding(id, () => {
    const type = readType(object);
    const payload = object["payload"] ?? {};
    if (!isObject(payload))
      refuse("malformed", `payload is ${kindOf(payload)}, not an object`, {
        example: commands[type].example,
      });
    return readers[type](payload, limits);
  });
}

function readType(object: JsonObject): CommandType {
  const type = object["type"];
  if (typeof type !== "string") {
    const simple = type === undefined && "message" in object;
    return refuse(
      "malformed",
      type === undefined ? "type is missing" : `type is ${kindOf(type)}, not a string`,
      {
        example: commands.send_message.example,
        ...(simple
          ? { hint: "this is a frame of the simple dialect, which /v1/ws speaks; /ws speaks {type, payload}" }
          : {}),
      },
    );
  }
  if (isCommandType(type)) return type;
  return refuse("unknown_type", `there is no command ${JSON.stringify(type.slice(0, 40))}`, {
    hint: `the commands are ${Object.keys(commands).join(", ")}`,
  });
}

const readers: Readonly<Record<CommandType, (payload: JsonObject, limits: Limits) => Command>> = {
  login: (payload, limits) => ({ type: "login", ...readLogin(payload, limits) }),
  send_message: (payload, limits) => {
    const conversation = optionalText(payload, "conversation", "send_message.conversation") ?? "everyone";
    return readSend(payload, limits, "send_message", () =>
      address(conversation, limits, "send_message.conversation"),
    );
  },
  private_message: (payload, limits) =>
    readSend(payload, limits, "private_message", () => recipient(payload, limits)),
  history: (payload, limits) => ({
    type: "history",
    of: ofConversation(payload, limits, "history"),
    window: readWindow(payload),
    limit: rows(payload, "history.limit", limits),
  }),
  log: (payload, limits) => ({
    type: "log",
    of: ofConversation(payload, limits, "log"),
    after: seq(payload, "after", "log.after", 0),
    limit: rows(payload, "log.limit", limits),
  }),
  conversations: (payload, limits) => {
    const after = optionalText(payload, "after", "conversations.after");
    return {
      type: "conversations",
      after: after === undefined ? undefined : address(after, limits, "conversations.after"),
      limit: rows(payload, "conversations.limit", limits),
    };
  },
  users: (payload, limits) => ({
    type: "users",
    after: optionalText(payload, "after", "users.after"),
    limit: rows(payload, "users.limit", limits),
  }),
  delivered: (payload, limits) => readCursor(payload, limits, "delivered"),
  read: (payload, limits) => readCursor(payload, limits, "read"),
  ping: () => ({ type: "ping" }),
  help: () => ({ type: "help" }),
};

function readLogin(payload: JsonObject, limits: Limits): LoginWish {
  return {
    username: text(payload, "username", "login.username"),
    token: optionalSecret(payload, "token", "login.token", limits.tokenChars),
    since: optionalText(payload, "since", "login.since"),
    epoch: optionalText(payload, "epoch", "login.epoch"),
    receipts: optionalFlag(payload, "receipts", "login.receipts"),
  };
}

function readSend(
  payload: JsonObject,
  limits: Limits,
  type: "send_message" | "private_message",
  to: () => Address,
): Command {
  const message = text(payload, "message", `${type}.message`);
  const wrong = messageFault(message, limits);
  if (wrong !== undefined) refuse(wrong.code, wrong.message);
  return {
    type: "send",
    to: to(),
    message,
    replyTo: optionalSeq(payload, "reply_to", `${type}.reply_to`, 1),
    nonce: optionalSecret(payload, "nonce", `${type}.nonce`, limits.nonceChars),
  };
}

function recipient(payload: JsonObject, limits: Limits): Address {
  const to = parsePerson(text(payload, "to", "private_message.to"), limits);
  return to.ok
    ? to.value
    : refuse("bad_name", `private_message.to: ${to.fault}`, { example: commands.private_message.example });
}

function ofConversation(payload: JsonObject, limits: Limits, type: CommandType): Address {
  return address(text(payload, "conversation", `${type}.conversation`), limits, `${type}.conversation`);
}

function address(name: string, limits: Limits, path: string): Address {
  const parsed = parseConversation(name, limits);
  if (parsed.ok) return parsed.value;
  return refuse("unknown_conversation", `${path}: ${parsed.fault}`, {
    hint: "conversations are named everyone or @bob",
  });
}

function readWindow(payload: JsonObject): Extract<Command, { type: "history" }>["window"] {
  const given = (["before", "after", "around"] as const).filter(
    (kind) => (payload[kind] ?? undefined) !== undefined,
  );
  const [kind, second] = given;
  if (second !== undefined)
    return refuse("malformed", `history takes one of before, after, around, not ${kind} and ${second}`);
  if (kind === undefined) return { kind: "newest" };
  return { kind, seq: seq(payload, kind, `history.${kind}`, 0) };
}

function readCursor(payload: JsonObject, limits: Limits, type: "delivered" | "read"): Command {
  return {
    type,
    of: ofConversation(payload, limits, type),
    seq: seq(payload, "seq", `${type}.seq`, 0) as Seq,
  };
}

function encode(push: Push): string {
  switch (push.type) {
    case "line":
      return encodeLine(push.line, push.nonce);
    case "ack":
    case "error":
    case "welcome":
    case "help":
      return tagged(push.type, push.id, push.payload);
    case "resumed":
    case "presence":
      return tagged(push.type, undefined, push.payload);
    default:
      return tagged(push.type, push.id, push.payload);
  }
}

function tagged(type: string, id: CommandId | undefined, payload: object): string {
  return JSON.stringify(id === undefined ? { type, payload } : { type, id, payload });
}

/** By hand, since every message of everyone passes here; the same as stringifying `linePayload`. */
function encodeLine({ conversation, to, entry }: Line, nonce: string | undefined): string {
  return (
    `{"type":"new_message","payload":{"message":${JSON.stringify(entry.message)},"from":"${entry.from}"` +
    `,"sent":"${timeOfDay(entry.at)}"${to === undefined ? "" : `,"to":"${to}"`}` +
    `,"conversation":"${conversation}","seq":${entry.seq},"at":${entry.at}` +
    `${entry.replyTo === undefined ? "" : `,"reply_to":${entry.replyTo}`}` +
    `${nonce === undefined ? "" : `,"nonce":${JSON.stringify(nonce)}`}}}`
  );
}

/** An entry as it stands in a page. */
export function linePayload({ conversation, to, entry }: Line, nonce: string | undefined): NewMessagePayload {
  return {
    message: entry.message,
    from: entry.from,
    sent: timeOfDay(entry.at),
    ...(to === undefined ? {} : { to }),
    conversation,
    seq: entry.seq,
    at: entry.at,
    ...(entry.replyTo === undefined ? {} : { reply_to: entry.replyTo }),
    ...(nonce === undefined ? {} : { nonce }),
  };
}
