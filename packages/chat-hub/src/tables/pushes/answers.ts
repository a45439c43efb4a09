// What answers a command that asks.

import type { HistoryPayload, LogPayload } from "../../dialects/frames/answers.js";
import type { RoomRow } from "../../dialects/frames/people.js";
import type { ServerPayloads } from "../../dialects/frames.js";
import { objectOf } from "../../shapes/object.js";
import { count, flag, moment, oneOf, only, span, text } from "../../shapes/plain.js";
import { list, maybe } from "../../shapes/shape.js";
import { place } from "../../shapes/words.js";
import { historySettings, roles, visibilities } from "../../words/rooms.js";
import type { NewerEntry } from "./log-row.js";
import { logRow } from "./log-row.js";
import { conversations, message, receiptFields, seenStatus, standingMessage, users } from "./parts.js";
import type { PushRow } from "./row.js";

/** A page of a log as a client reads it: the server may know types that the client does not. */
export type ReadLog = Omit<LogPayload, "entries"> & {
  readonly entries: readonly (LogPayload["entries"][number] | NewerEntry)[];
};

const page = objectOf<HistoryPayload>({
  conversation: text,
  messages: list(standingMessage),
  first: count,
  head: count,
  more: flag,
});

export const answers = {
  history: {
    what: "a page of messages, ascending, as they stand at head: apply only pushes above head to it",
    example:
      '{"type":"history","id":1,"payload":{"conversation":"everyone","messages":[{"message":"Hi","from":"bob","sent":"14:30:00","conversation":"everyone","seq":40,"at":1795357800000,"reactions":[{"emoji":"👍","count":2,"mine":true}]}],"first":1,"head":44,"more":true}}',
    payload: page,
    answers: true,
  },
  thread: {
    what: "a page of the messages of a thread, ascending",
    example:
      '{"type":"thread","id":1,"payload":{"conversation":"everyone","messages":[{"message":"Lunch?","from":"bob","sent":"14:30:00","conversation":"everyone","seq":40,"at":1795357800000,"replies":1},{"message":"Yes","from":"alice","sent":"14:30:25","conversation":"everyone","seq":41,"at":1795357825123,"reply_to":40,"thread":40}],"first":1,"head":44,"more":false}}',
    payload: page,
    answers: true,
  },
  pins: {
    what: "the pinned messages, ascending",
    example:
      '{"type":"pins","id":1,"payload":{"conversation":"#dev","messages":[{"message":"Read this first","from":"alice","sent":"14:30:00","conversation":"#dev","seq":2,"at":1795357800000,"pinned":true}],"first":1,"head":13,"more":false}}',
    payload: page,
    answers: true,
  },
  log: {
    what: "a page of entries as they were pushed, ascending and without a hole",
    example:
      '{"type":"log","id":1,"payload":{"conversation":"everyone","entries":[{"type":"new_message","payload":{"message":"Hi","from":"bob","sent":"14:30:00","conversation":"everyone","seq":40,"at":1795357800000}},{"type":"skip","payload":{"conversation":"everyone","first":41,"last":41}}],"head":44,"more":true}}',
    payload: objectOf<ReadLog>({ conversation: text, entries: list(logRow), head: count, more: flag }),
    answers: true,
  },
  conversations: {
    what: "your conversations, and where you stand in them",
    example:
      '{"type":"conversations","id":1,"payload":{"conversations":[{"conversation":"everyone","head":44,"read":41,"unread":2,"mentions":1},{"conversation":"#dev","head":13,"read":13,"unread":0,"mentions":0,"muted":true,"role":"owner"}],"more":false,"mark":57}}',
    payload: objectOf<ServerPayloads["conversations"]>({ conversations, more: flag, mark: count }),
    answers: true,
  },
  users: {
    what: "who is here",
    example:
      '{"type":"users","id":1,"payload":{"users":[{"username":"alice","status":"online"},{"username":"bob","status":"away","text":"back at two"}],"count":2,"more":false}}',
    payload: objectOf<ServerPayloads["users"]>({ users, count, more: flag }),
    answers: true,
  },
  rooms: {
    what: "the public rooms and yours",
    example:
      '{"type":"rooms","id":1,"payload":{"rooms":[{"conversation":"#dev","name":"Dev","visibility":"public","history":"all","topic":"what we build","members":12,"role":"owner"}],"more":false}}',
    payload: objectOf<ServerPayloads["rooms"]>({
      rooms: list(
        objectOf<RoomRow>({
          conversation: text,
          name: text,
          visibility: oneOf(visibilities),
          history: oneOf(historySettings),
          topic: text,
          members: count,
          archived: maybe(only),
          slow_mode: maybe(count),
          keep_s: maybe(count),
          role: maybe(oneOf([...roles, "invited"])),
        }),
      ),
      more: flag,
    }),
    answers: true,
  },
  members: {
    what: "the people of a room",
    example:
      '{"type":"members","id":1,"payload":{"conversation":"#dev","members":[{"username":"alice","role":"owner","status":"online"}],"count":12,"more":true}}',
    payload: objectOf<ServerPayloads["members"]>({
      conversation: text,
      members: list(
        objectOf<ServerPayloads["members"]["members"][number]>({
          username: text,
          role: oneOf([...roles, "invited", "banned"]),
          status: seenStatus,
        }),
      ),
      count,
      more: flag,
    }),
    answers: true,
  },
  reactions: {
    what: "who put which emoji on a message, in the order in which they did",
    example:
      '{"type":"reactions","id":1,"payload":{"conversation":"everyone","message_seq":40,"reactions":[{"username":"bob","emoji":"👍"}],"more":false}}',
    payload: objectOf<ServerPayloads["reactions"]>({
      conversation: text,
      message_seq: place,
      reactions: list(
        objectOf<{ readonly username: string; readonly emoji: string }>({ username: text, emoji: text }),
      ),
      more: flag,
    }),
    answers: true,
  },
  receipts: {
    what: "how far the others have got, and read",
    example:
      '{"type":"receipts","id":1,"payload":{"conversation":"@bob","receipts":[{"username":"bob","delivered":9,"read":7}]}}',
    payload: objectOf<ServerPayloads["receipts"]>({
      conversation: text,
      receipts: list(objectOf<ServerPayloads["receipts"]["receipts"][number]>(receiptFields)),
    }),
    answers: true,
  },
  search: {
    what: "messages that were found, the newest first",
    example:
      '{"type":"search","id":1,"payload":{"hits":[{"message":{"message":"The release is out","from":"alice","sent":"14:30:25","conversation":"#dev","seq":5,"at":1795357825123},"snippet":"The release is out","marks":[[4,11]]}],"next":1204}}',
    payload: objectOf<ServerPayloads["search"]>({
      hits: list(
        objectOf<ServerPayloads["search"]["hits"][number]>({ message, snippet: text, marks: list(span) }),
      ),
      next: maybe(count),
    }),
    answers: true,
  },
  whois: {
    what: "what is known of somebody",
    example:
      '{"type":"whois","id":1,"payload":{"username":"bob","kept":true,"status":"offline","seen":1795357825123}}',
    payload: objectOf<ServerPayloads["whois"]>({
      username: text,
      kept: flag,
      status: seenStatus,
      text: maybe(text),
      seen: maybe(moment),
    }),
    answers: true,
  },
  blocks: {
    what: "whom you have blocked",
    example: '{"type":"blocks","id":1,"payload":{"usernames":["mallory"],"more":false}}',
    payload: objectOf<ServerPayloads["blocks"]>({ usernames: list(text), more: flag }),
    answers: true,
  },
} as const satisfies {
  readonly [Type in AnswerType]: PushRow<Type extends "log" ? ReadLog : ServerPayloads[Type]>;
};

type AnswerType =
  | "history"
  | "thread"
  | "pins"
  | "log"
  | "conversations"
  | "users"
  | "rooms"
  | "members"
  | "reactions"
  | "receipts"
  | "search"
  | "whois"
  | "blocks";
