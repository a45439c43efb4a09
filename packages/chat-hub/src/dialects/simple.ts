// The simple dialect: `{"message":"hi","target":"bob"}` both ways, the first seed's frames (WIRE §1).
// What it has no word for comes as a line from `server`, or not at all.

import type { Limits } from "../tables/limits.js";
import { parseConversation, parsePerson } from "../words/conversations.js";
import type { Address } from "../words/log.js";
import { fault } from "../words/result.js";
import { messageFault, timeOfDay } from "../words/text.js";
import type { Decoded } from "./command.js";
import type { Dialect, Line, Push } from "./dialect.js";
import {
  decoding,
  isBadFrame,
  isObject,
  optionalSecret,
  optionalText,
  parseObject,
  readId,
  refuse,
  text,
} from "./fields.js";
import type { CommandId } from "./frames.js";

const example = '{"message":"hi","target":""}';

export const simple: Dialect = {
  name: "simple",
  decode,
  encode,
  /** A broadcast does not come back to the connection that sent it, nor a private line to its author. */
  shows(entry, viewer, peer) {
    if (peer === undefined) return entry.origin !== viewer.connection;
    return peer === viewer.user || entry.author !== viewer.user;
  },
};

function decode(frame: string, limits: Limits): Decoded {
  if (frame.trim() === "help") return decoding(undefined, () => ({ type: "help" }));
  const object = parseObject(frame, limits, example);
  if (isBadFrame(object)) return fault(object);
  const id = readId(object, limits);
  if (typeof id === "object")
    return fault({ id: undefined, code: "malformed", detail: { message: id.bad, example } });
  return decoding(id, () => {
    if (
      object["message"] === undefined &&
      typeof object["type"] === "string" &&
      isObject(object["payload"] ?? {})
    ) {
      const hint = "this is a frame of the events dialect, which /ws speaks; /v1/ws speaks {message, target}";
      refuse("malformed", "message is missing", { hint, example });
    }
    const message = text(object, "message", "message");
    const wrong = messageFault(message, limits);
    if (wrong !== undefined) refuse(wrong.code, wrong.message, { example });
    return {
      type: "send",
      to: target(optionalText(object, "target", "target") ?? "", limits),
      message,
      replyTo: undefined,
      nonce: optionalSecret(object, "nonce", "nonce", limits.nonceChars),
    };
  });
}

function target(name: string, limits: Limits): Address {
  if (name === "" || name === "everyone") return { kind: "everyone" };
  const parsed = name.startsWith("#") ? parseConversation(name, limits) : parsePerson(name, limits);
  return parsed.ok
    ? parsed.value
    : refuse("bad_name", `target: ${parsed.fault}`, { example: '{"message":"hi","target":"bob"}' });
}

function encode(push: Push): string | undefined {
  switch (push.type) {
    case "line":
      return encodeLine(push.line);
    case "ack":
      return JSON.stringify({ ack: withId(push.id, push.payload) });
    case "error":
      return JSON.stringify({ error: withId(push.id, push.payload) });
    case "resumed":
      return JSON.stringify({ resumed: push.payload });
    case "welcome":
      return push.unreadPrivate === 0
        ? undefined
        : serverLine("welcome", push.payload.at, waiting(push.unreadPrivate));
    case "help":
      return serverLine("help", push.at, `send ${example} to all, or a name as target for one person`);
    case "reconnect":
      return JSON.stringify({
        from: "server",
        message: "the server restarts: please connect again",
        target: "",
        note: "reconnect",
      });
    case "history":
    case "log":
    case "conversations":
    case "users":
    case "ping":
    case "presence":
    case "skip":
    case "behind":
      return undefined;
  }
}

function waiting(conversations: number): string {
  const mail = conversations === 1 ? "1 private conversation" : `${conversations} private conversations`;
  return `new messages wait for you in ${mail}: connect again with &since=unread to get them`;
}

function serverLine(note: string, at: number, message: string): string {
  return JSON.stringify({ from: "server", message, target: "", at, sent: timeOfDay(at), note });
}

function withId<Payload extends object>(id: CommandId | undefined, payload: Payload): object {
  return id === undefined ? payload : { id, ...payload };
}

/** By hand, since every message of everyone passes here. Names and conversations need no escaping. */
function encodeLine({ conversation, to, entry }: Line): string {
  return (
    `{"from":"${entry.from}","message":${JSON.stringify(entry.message)},"target":"${to ?? ""}"` +
    `,"conversation":"${conversation}","seq":${entry.seq},"at":${entry.at},"sent":"${timeOfDay(entry.at)}"}`
  );
}
