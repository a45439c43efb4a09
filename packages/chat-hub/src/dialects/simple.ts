// The simple dialect: `{"message":"hi","target":"bob"}` both ways, the first seed's frames (WIRE §1).
// What it has no word for comes as the nearest line there is (tables/degradations.ts), or not at all.

import { isObject } from "../shapes/object.js";
import { Wrong } from "../shapes/shape.js";
import { commandId } from "../shapes/words.js";
import { commands } from "../tables/commands.js";
import { lineText } from "../tables/degradations.js";
import type { Limits } from "../tables/limits.js";
import { saidFrame } from "../tables/simple-frames.js";
import type { UserId } from "../words/ids.js";
import type { Address, Entry, MessageEntry } from "../words/log.js";
import { fault, ok } from "../words/result.js";
import { timeOfDay } from "../words/text.js";
import type { Decoded } from "./command.js";
import type { Dialect, Line, Push } from "./dialect.js";
import { entryPush } from "./entries.js";
import { badFrame, parseObject } from "./fields.js";
import type { CommandId } from "./frames.js";
import { says } from "./meanings.js";

const example = '{"message":"hi","target":""}';
const targetExample = '{"message":"hi","target":"bob"}';
const everyone: Address = { kind: "everyone" };

export const simple: Dialect = {
  name: "simple",
  decode,
  encode,
  /** A line does not come back to the connection that it is from, nor a private one to its author. */
  shows(entry, viewer, peer) {
    if (peer === undefined ? entry.origin === viewer.connection : isOwn(entry, viewer.user, peer))
      return false;
    return entry.type === "message" || textOf({ conversation: "", to: undefined, entry }) !== undefined;
  },
};

/** What one writes to oneself is not one's own: it goes to all of one's connections. */
function isOwn(entry: Entry, viewer: UserId, peer: UserId): boolean {
  return entry.author === viewer && peer !== viewer;
}

function decode(frame: string, limits: Limits): Decoded {
  if (frame.trim() === "help")
    return ok({ id: undefined, command: { type: "help" }, cost: commands.help.cost });
  const parsed = parseObject(frame, limits, example);
  if (!parsed.ok) return parsed;
  const { id: given, message, type, payload } = parsed.value;
  const id = given === undefined || given === null ? undefined : commandId.read(given, limits);
  if (id instanceof Wrong) return fault(badFrame(undefined, id.in("id"), example));
  if (message === undefined && typeof type === "string" && isObject(payload ?? {})) {
    const hint = "this is a frame of the events dialect, which /ws speaks; /v1/ws speaks {message, target}";
    return fault(badFrame(id, new Wrong("malformed", " is missing", { hint }, "message"), example));
  }
  const read = saidFrame.read(parsed.value, limits);
  if (read instanceof Wrong)
    return fault(badFrame(id, read, read.code === "bad_name" ? targetExample : example));
  return ok({ id, command: says(read.target ?? everyone, read), cost: commands.send_message.cost });
}

function encode(push: Push): string | undefined {
  switch (push.type) {
    case "entry":
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
        : serverLine("welcome", waiting(push.unreadPrivate), push.payload.at);
    case "help":
      return serverLine("help", lesson, push.at);
    case "invited":
      return serverLine("invited", lineText("invited", push.payload) ?? "", undefined);
    case "announcement":
      return serverLine("announcement", lineText("announcement", push.payload) ?? "", push.payload.at);
    case "house_updated":
      return serverLine("house_updated", lineText("house_updated", push.payload) ?? "", undefined);
    case "about_you":
      return serverLine("about_you", lineText("about_you", push.payload) ?? "", push.payload.at);
    case "reconnect":
      return serverLine("reconnect", "the server restarts: please connect again", undefined);
    default:
      return undefined;
  }
}

const lesson =
  `send ${example} to all, ${targetExample} to one person, {"message":"hi","target":"#dev"} to a room that you ` +
  'are in; with an "id" it is answered; /ws speaks a dialect with everything else';

function waiting(conversations: number): string {
  const mail = conversations === 1 ? "1 private conversation" : `${conversations} private conversations`;
  return `new messages wait for you in ${mail}: connect again with &since=unread to get them`;
}

function serverLine(note: string, message: string, at: number | undefined): string {
  const time = at === undefined ? {} : { at, sent: timeOfDay(at) };
  return JSON.stringify({ from: "server", message, target: "", ...time, note });
}

function withId<Payload extends object>(id: CommandId | undefined, payload: Payload): object {
  return id === undefined ? payload : { id, ...payload };
}

function encodeLine(line: Line): string | undefined {
  const { conversation, to, entry } = line;
  if (entry.type === "message" && entry.deleted === undefined) return encodeMessage(line, entry);
  const message = textOf(line);
  if (message === undefined) return undefined;
  return JSON.stringify({
    from: entry.from,
    message,
    target: targetOf(conversation, to),
    conversation,
    seq: entry.seq,
    at: entry.at,
    sent: timeOfDay(entry.at),
    ...("target" in entry ? { message_seq: entry.target } : {}),
    note: entryPush(line).type,
  });
}

/** What an entry is in words. */
function textOf(line: Line): string | undefined {
  const { type, payload } = entryPush(line);
  return lineText(type, payload);
}

/** By hand, since every message of everyone passes here. Names and conversations need no escaping. */
function encodeMessage(
  { conversation, to }: Line,
  { from, message, seq, at, replyTo }: MessageEntry,
): string {
  return (
    `{"from":"${from}","message":${JSON.stringify(message)},"target":"${targetOf(conversation, to)}"` +
    `,"conversation":"${conversation}","seq":${seq},"at":${at},"sent":"${timeOfDay(at)}"` +
    `${replyTo === undefined ? "" : `,"reply_to":${replyTo}`}}`
  );
}

/** Where a line is for, as one would write to it: "" for all, a name, or a room. */
function targetOf(conversation: string, to: string | undefined): string {
  return to ?? (conversation.startsWith("#") ? conversation : "");
}
