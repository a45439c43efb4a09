// The entries of a log, as they are pushed, and as they stand in a page of it.

import type { EntryPayloads, EntryType } from "../../dialects/frames/entries.js";
import { objectOf } from "../../shapes/object.js";
import { count, flag, moment, oneOf, text } from "../../shapes/plain.js";
import { list, maybe } from "../../shapes/shape.js";
import { place } from "../../shapes/words.js";
import { historySettings } from "../../words/rooms.js";
import { entryFields, flagged, messageFields, role } from "./parts.js";
import type { PushRow } from "./row.js";

type Entries = { readonly [Type in EntryType]: PushRow<EntryPayloads[Type]> };

export const entries = {
  new_message: {
    what: "somebody said something",
    example:
      '{"type":"new_message","payload":{"message":"Hello everyone!","from":"alice","sent":"14:30:25","conversation":"everyone","seq":41,"at":1795357825123}}',
    payload: objectOf<EntryPayloads["new_message"]>(messageFields),
  },
  message_edited: {
    what: "the text of a message is another now",
    example:
      '{"type":"message_edited","payload":{"message_seq":41,"message":"Hello, everyone!","version":2,"from":"alice","sent":"14:30:40","conversation":"everyone","seq":42,"at":1795357840001}}',
    payload: objectOf<EntryPayloads["message_edited"]>({
      message_seq: place,
      message: text,
      version: place,
      mentions: maybe(list(text)),
      ...entryFields,
    }),
  },
  message_deleted: {
    what: "a message was taken back: forget its text",
    example:
      '{"type":"message_deleted","payload":{"message_seq":41,"from":"alice","sent":"14:31:00","conversation":"everyone","seq":43,"at":1795357860001}}',
    payload: objectOf<EntryPayloads["message_deleted"]>({ message_seq: place, ...entryFields }),
  },
  reaction: {
    what: "somebody put an emoji on a message, or took it off",
    example:
      '{"type":"reaction","payload":{"message_seq":40,"emoji":"👍","on":true,"from":"bob","sent":"14:31:05","conversation":"everyone","seq":44,"at":1795357865500}}',
    payload: objectOf<EntryPayloads["reaction"]>({
      message_seq: place,
      emoji: text,
      on: flag,
      ...entryFields,
    }),
  },
  message_pinned: {
    what: "a message was pinned, or unpinned",
    example:
      '{"type":"message_pinned","payload":{"message_seq":2,"on":true,"from":"alice","sent":"14:31:10","conversation":"#dev","seq":7,"at":1795357870000}}',
    payload: objectOf<EntryPayloads["message_pinned"]>({ message_seq: place, on: flag, ...entryFields }),
  },
  member_joined: {
    what: "somebody is in the room from here on",
    example:
      '{"type":"member_joined","payload":{"role":"member","from":"bob","sent":"14:31:15","conversation":"#dev","seq":8,"at":1795357875000}}',
    payload: objectOf<EntryPayloads["member_joined"]>({ role, ...entryFields }),
  },
  member_invited: {
    what: "somebody was invited to the room",
    example:
      '{"type":"member_invited","payload":{"username":"sara","from":"alice","sent":"14:31:20","conversation":"#dev","seq":9,"at":1795357880000}}',
    payload: objectOf<EntryPayloads["member_invited"]>({ username: text, ...entryFields }),
  },
  member_left: {
    what: "somebody is not in the room any more: by themselves, removed, or because their name ended",
    example:
      '{"type":"member_left","payload":{"username":"bob","why":"left","from":"bob","sent":"14:31:25","conversation":"#dev","seq":10,"at":1795357885000}}',
    payload: objectOf<EntryPayloads["member_left"]>({
      username: text,
      why: oneOf(["left", "kicked", "gone"]),
      ...entryFields,
    }),
  },
  role_changed: {
    what: "a member has another role",
    example:
      '{"type":"role_changed","payload":{"username":"sara","role":"moderator","from":"alice","sent":"14:31:30","conversation":"#dev","seq":11,"at":1795357890000}}',
    payload: objectOf<EntryPayloads["role_changed"]>({ username: text, role, ...entryFields }),
  },
  member_banned: {
    what: "somebody was banned from the room, or may come back",
    example:
      '{"type":"member_banned","payload":{"username":"mallory","on":true,"from":"alice","sent":"14:31:35","conversation":"#dev","seq":12,"at":1795357895000}}',
    payload: objectOf<EntryPayloads["member_banned"]>({ ...flagged, until: maybe(moment), ...entryFields }),
  },
  member_silenced: {
    what: "somebody may only read here, or may write again",
    example:
      '{"type":"member_silenced","payload":{"username":"mallory","on":true,"until":1795358500000,"from":"alice","sent":"14:31:40","conversation":"#dev","seq":13,"at":1795357900000}}',
    payload: objectOf<EntryPayloads["member_silenced"]>({ ...flagged, until: maybe(moment), ...entryFields }),
  },
  room_updated: {
    what: "something about the room is another now: only what has changed is named",
    example:
      '{"type":"room_updated","payload":{"topic":"what we build","from":"alice","sent":"14:31:40","conversation":"#dev","seq":14,"at":1795357900000}}',
    payload: objectOf<EntryPayloads["room_updated"]>({
      topic: maybe(text),
      history: maybe(oneOf(historySettings)),
      archived: maybe(flag),
      slow_mode: maybe(count),
      keep_s: maybe(count),
      ...entryFields,
    }),
  },
} as const satisfies Entries;

export function isEntryType(type: string): type is EntryType {
  return Object.hasOwn(entries, type);
}
