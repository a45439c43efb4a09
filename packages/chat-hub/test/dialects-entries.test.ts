// Every entry of a log: its frame in the events dialect, its row in a page, and its line, if it has one,
// in the simple dialect.

import { describe, expect, test } from "vitest";
import { logRow, standingPayload } from "../src/dialects/entries.js";
import type { ConnectionId, Entry, Seq, UserId, WallMillis } from "../src/index.js";
import { events, simple } from "../src/index.js";
import type { MessageEntry } from "../src/words/log.js";

const written = {
  seq: 42 as Seq,
  at: 1795357825123 as WallMillis,
  author: 1 as UserId,
  from: "alice",
  origin: 7 as ConnectionId,
};
const bob = { who: 2 as UserId, username: "bob" };
const target = 41 as Seq;
const said: MessageEntry = { ...written, type: "message", message: "hi" };

const eventsTail = '"from":"alice","sent":"14:30:25","conversation":"#dev","seq":42,"at":1795357825123';
const simpleTail = '"target":"#dev","conversation":"#dev","seq":42,"at":1795357825123,"sent":"14:30:25"';

const cases: readonly { readonly entry: Entry; readonly frame: string; readonly line?: string }[] = [
  {
    entry: said,
    frame: `{"type":"new_message","payload":{"message":"hi",${eventsTail}}}`,
    line: `{"from":"alice","message":"hi",${simpleTail}}`,
  },
  {
    entry: { ...said, replyTo: target, thread: 40 as Seq },
    frame: `{"type":"new_message","payload":{"message":"hi",${eventsTail},"reply_to":41,"thread":40}}`,
    line: `{"from":"alice","message":"hi",${simpleTail},"reply_to":41}`,
  },
  {
    entry: { ...said, mentions: ["bob"], version: 2, edited: 1795357830000 as WallMillis },
    frame: `{"type":"new_message","payload":{"message":"hi",${eventsTail},"mentions":["bob"],"version":2,"edited":1795357830000}}`,
    line: `{"from":"alice","message":"hi",${simpleTail}}`,
  },
  {
    entry: { ...said, message: "", deleted: true },
    frame: `{"type":"new_message","payload":{"message":"",${eventsTail},"deleted":true}}`,
    line: `{"from":"alice","message":"(deleted)",${simpleTail},"note":"new_message"}`,
  },
  {
    entry: { ...written, type: "edit", target, message: 'a "new" {text}', version: 3, mentions: ["bob"] },
    frame: `{"type":"message_edited","payload":{"message_seq":41,"message":"a \\"new\\" {text}","version":3,"mentions":["bob"],${eventsTail}}}`,
    line: `{"from":"alice","message":"a \\"new\\" {text}",${simpleTail},"message_seq":41,"note":"message_edited"}`,
  },
  {
    entry: { ...written, type: "deletion", target },
    frame: `{"type":"message_deleted","payload":{"message_seq":41,${eventsTail}}}`,
    line: `{"from":"alice","message":"(message 41 was deleted)",${simpleTail},"message_seq":41,"note":"message_deleted"}`,
  },
  {
    entry: { ...written, type: "reaction", target, emoji: "👍", on: true },
    frame: `{"type":"reaction","payload":{"message_seq":41,"emoji":"👍","on":true,${eventsTail}}}`,
    line: `{"from":"alice","message":"👍 (to message 41)",${simpleTail},"message_seq":41,"note":"reaction"}`,
  },
  {
    entry: { ...written, type: "reaction", target, emoji: "👍", on: false },
    frame: `{"type":"reaction","payload":{"message_seq":41,"emoji":"👍","on":false,${eventsTail}}}`,
  },
  {
    entry: { ...written, type: "pin", target, on: true },
    frame: `{"type":"message_pinned","payload":{"message_seq":41,"on":true,${eventsTail}}}`,
    line: `{"from":"alice","message":"(message 41 was pinned)",${simpleTail},"message_seq":41,"note":"message_pinned"}`,
  },
  {
    entry: { ...written, type: "pin", target, on: false },
    frame: `{"type":"message_pinned","payload":{"message_seq":41,"on":false,${eventsTail}}}`,
  },
  {
    entry: { ...written, type: "join", role: "member" },
    frame: `{"type":"member_joined","payload":{"role":"member",${eventsTail}}}`,
    line: `{"from":"alice","message":"(joined)",${simpleTail},"note":"member_joined"}`,
  },
  {
    entry: { ...written, ...bob, type: "invite" },
    frame: `{"type":"member_invited","payload":{"username":"bob",${eventsTail}}}`,
    line: `{"from":"alice","message":"(invited bob)",${simpleTail},"note":"member_invited"}`,
  },
  {
    entry: { ...written, who: written.author, username: "alice", type: "leave", why: "left" },
    frame: `{"type":"member_left","payload":{"username":"alice","why":"left",${eventsTail}}}`,
    line: `{"from":"alice","message":"(left)",${simpleTail},"note":"member_left"}`,
  },
  {
    entry: { ...written, who: written.author, username: "alice", type: "leave", why: "gone" },
    frame: `{"type":"member_left","payload":{"username":"alice","why":"gone",${eventsTail}}}`,
    line: `{"from":"alice","message":"(left)",${simpleTail},"note":"member_left"}`,
  },
  {
    entry: { ...written, ...bob, type: "leave", why: "kicked" },
    frame: `{"type":"member_left","payload":{"username":"bob","why":"kicked",${eventsTail}}}`,
    line: `{"from":"alice","message":"(bob was removed)",${simpleTail},"note":"member_left"}`,
  },
  {
    entry: { ...written, ...bob, type: "role", role: "moderator" },
    frame: `{"type":"role_changed","payload":{"username":"bob","role":"moderator",${eventsTail}}}`,
    line: `{"from":"alice","message":"(bob is now moderator)",${simpleTail},"note":"role_changed"}`,
  },
  {
    entry: { ...written, ...bob, type: "ban", on: true },
    frame: `{"type":"member_banned","payload":{"username":"bob","on":true,${eventsTail}}}`,
    line: `{"from":"alice","message":"(bob was banned)",${simpleTail},"note":"member_banned"}`,
  },
  {
    entry: { ...written, ...bob, type: "ban", on: false },
    frame: `{"type":"member_banned","payload":{"username":"bob","on":false,${eventsTail}}}`,
    line: `{"from":"alice","message":"(bob was unbanned)",${simpleTail},"note":"member_banned"}`,
  },
  {
    entry: { ...written, type: "update", topic: "what we build" },
    frame: `{"type":"room_updated","payload":{"topic":"what we build",${eventsTail}}}`,
    line: `{"from":"alice","message":"(topic: what we build)",${simpleTail},"note":"room_updated"}`,
  },
  {
    entry: { ...written, type: "update", topic: "" },
    frame: `{"type":"room_updated","payload":{"topic":"",${eventsTail}}}`,
    line: `{"from":"alice","message":"(no topic any more)",${simpleTail},"note":"room_updated"}`,
  },
  {
    entry: { ...written, type: "update", history: "since_join" },
    frame: `{"type":"room_updated","payload":{"history":"since_join",${eventsTail}}}`,
    line: `{"from":"alice","message":"(members can read what was said since they joined)",${simpleTail},"note":"room_updated"}`,
  },
  {
    entry: { ...written, type: "update", history: "all" },
    frame: `{"type":"room_updated","payload":{"history":"all",${eventsTail}}}`,
    line: `{"from":"alice","message":"(members can read all that was ever said)",${simpleTail},"note":"room_updated"}`,
  },
  {
    entry: { ...written, type: "update", archived: true },
    frame: `{"type":"room_updated","payload":{"archived":true,${eventsTail}}}`,
    line: `{"from":"alice","message":"(the room is archived: it can only be read)",${simpleTail},"note":"room_updated"}`,
  },
  {
    entry: { ...written, type: "update", archived: false },
    frame: `{"type":"room_updated","payload":{"archived":false,${eventsTail}}}`,
    line: `{"from":"alice","message":"(the room is open again)",${simpleTail},"note":"room_updated"}`,
  },
];

describe.each(cases)("$frame", ({ entry, frame, line: simpleLine }) => {
  const line = { conversation: "#dev", to: undefined, entry };

  test("is pushed, and stands in a page, as it is", () => {
    expect(events.encode({ type: "entry", line })).toBe(frame);
    expect(JSON.stringify(logRow(line))).toBe(frame);
  });

  test("carries its nonce when it is replayed to its author", () => {
    const nonce = "0123456789abcdef";
    const withNonce = `${frame.slice(0, -2)},"nonce":"${nonce}"}}`;
    expect(JSON.parse(events.encode({ type: "entry", line, nonce }) ?? "")).toEqual(JSON.parse(withNonce));
    expect(simple.encode({ type: "entry", line, nonce })).toBe(simpleLine);
  });

  test("is a line of the simple dialect exactly if that shows it", () => {
    expect(simple.encode({ type: "entry", line })).toBe(simpleLine);
    const others = { connection: 8 as ConnectionId, user: 2 as UserId };
    expect(simple.shows(entry, others, undefined)).toBe(simpleLine !== undefined);
    expect(simple.shows(entry, { ...others, connection: entry.origin }, undefined)).toBe(false);
    expect(events.shows(entry, { ...others, connection: entry.origin }, undefined)).toBe(true);
  });
});

test("what was said privately names whom it is for, in both dialects", () => {
  const line = { conversation: "@bob", to: "Bob", entry: said };
  expect(events.encode({ type: "entry", line })).toBe(
    '{"type":"new_message","payload":{"message":"hi","from":"alice","sent":"14:30:25","to":"Bob","conversation":"@bob","seq":42,"at":1795357825123}}',
  );
  expect(simple.encode({ type: "entry", line })).toBe(
    '{"from":"alice","message":"hi","target":"Bob","conversation":"@bob","seq":42,"at":1795357825123,"sent":"14:30:25"}',
  );
});

test("a private line of the simple dialect goes to the other side only, and to oneself if one is that", () => {
  const [alice, other] = [1 as UserId, 2 as UserId];
  const connection = 8 as ConnectionId;
  expect(simple.shows(said, { connection, user: other }, alice)).toBe(true);
  expect(simple.shows(said, { connection, user: alice }, other)).toBe(false);
  expect(simple.shows(said, { connection: said.origin, user: alice }, alice)).toBe(true);
});

test("a place with nothing to say is a skip in a page", () => {
  const entry = { type: "skip", seq: 43 as Seq } as const;
  expect(JSON.stringify(logRow({ conversation: "#dev", to: undefined, entry }))).toBe(
    '{"type":"skip","payload":{"conversation":"#dev","first":43,"last":43}}',
  );
});

test("a message in a page of history has what was done to it folded in", () => {
  const entry = {
    ...said,
    reactions: [
      { emoji: "👍", count: 2, mine: true },
      { emoji: "🎉", count: 1, mine: false },
    ],
    replies: 3,
    pinned: true,
  } as const;
  expect(JSON.stringify(standingPayload({ conversation: "#dev", to: undefined, entry }))).toBe(
    `{"message":"hi",${eventsTail},"reactions":[{"emoji":"👍","count":2,"mine":true},{"emoji":"🎉","count":1}],"replies":3,"pinned":true}`,
  );
});
