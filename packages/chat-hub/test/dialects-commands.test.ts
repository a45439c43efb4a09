// Every command of the events dialect: a frame, and what it means to the hub.

import { describe, expect, test } from "vitest";
import type { CommandType } from "../src/index.js";
import { commands, defaultLimits, events } from "../src/index.js";
import type { CommandRow } from "../src/tables/commands.js";

const everyone = { kind: "everyone" };
const dev = { kind: "room", key: "dev" };
const bob = { kind: "private", key: "bob" };

function act(to: object, what: object, nonce?: string): object {
  return { type: "act", to, act: what, nonce };
}

function order(what: object, nonce?: string): object {
  return { type: "order", order: what, nonce };
}

const meant: Readonly<Record<CommandType, readonly (readonly [payload: string, command: object])[]>> = {
  login: [
    ['{"username":"Bob"}', { type: "login", username: "Bob", receipts: false }],
    [
      '{"username":"bob","token":"a-secret-of-16-or-more","since":"everyone:41","epoch":"c0de","receipts":true,"rooms":"dev,ops"}',
      {
        type: "login",
        username: "bob",
        token: "a-secret-of-16-or-more",
        since: "everyone:41",
        epoch: "c0de",
        receipts: true,
        rooms: "dev,ops",
      },
    ],
  ],
  register: [
    [
      '{"username":"Bob","password":"four words nobody guesses","invite":"a-code-of-16-or-more"}',
      {
        type: "register",
        username: "Bob",
        password: "four words nobody guesses",
        invite: "a-code-of-16-or-more",
        receipts: false,
      },
    ],
    [
      '{"username":"Bob","password":"one","since":"everyone:-5","receipts":true,"rooms":"dev"}',
      {
        type: "register",
        username: "Bob",
        password: "one",
        since: "everyone:-5",
        receipts: true,
        rooms: "dev",
      },
    ],
  ],
  refresh: [
    ["{}", { type: "refresh" }],
    ['{"token":"a-newer-token-of-bob"}', { type: "refresh", token: "a-newer-token-of-bob" }],
  ],
  set_password: [
    ['{"old":"one","password":"another"}', { type: "setPassword", old: "one", password: "another" }],
  ],
  sessions: [
    ["{}", { type: "sessions" }],
    ['{"username":"bob"}', { type: "sessions", who: "bob" }],
  ],
  end_session: [
    ['{"session":"17"}', { type: "endSession", session: "17" }],
    ['{"session":"17","username":"bob"}', { type: "endSession", session: "17", who: "bob" }],
  ],
  send_message: [
    ['{"message":"hi"}', act(everyone, { type: "message", message: "hi" })],
    ['{"message":"hi","from":"mallory"}', act(everyone, { type: "message", message: "hi" })],
    [
      '{"message":"hi","conversation":"#Dev","reply_to":4,"nonce":"0123456789abcdef"}',
      act(dev, { type: "message", message: "hi", replyTo: 4 }, "0123456789abcdef"),
    ],
    ['{"message":"hi","conversation":null,"nonce":null}', act(everyone, { type: "message", message: "hi" })],
  ],
  private_message: [
    ['{"message":"hi","to":"bob"}', act(bob, { type: "message", message: "hi" })],
    ['{"message":"hi","to":"@bob~1"}', act({ ...bob, holder: 1 }, { type: "message", message: "hi" })],
  ],
  edit_message: [
    [
      '{"conversation":"everyone","message_seq":3,"message":"hello"}',
      act(everyone, { type: "edit", target: 3, message: "hello" }),
    ],
  ],
  delete_message: [['{"conversation":"@bob","message_seq":3}', act(bob, { type: "deletion", target: 3 })]],
  react: [
    [
      '{"conversation":"#dev","message_seq":3,"emoji":"👍"}',
      act(dev, { type: "reaction", target: 3, emoji: "👍", on: true }),
    ],
    [
      '{"conversation":"#dev","message_seq":3,"emoji":"❤","on":false}',
      act(dev, { type: "reaction", target: 3, emoji: "❤️", on: false }),
    ],
  ],
  pin: [
    ['{"conversation":"#dev","message_seq":3}', act(dev, { type: "pin", target: 3, on: true })],
    ['{"conversation":"dev","message_seq":3,"on":false}', act(dev, { type: "pin", target: 3, on: false })],
  ],
  create_room: [
    [
      '{"conversation":"#Dev"}',
      act(dev, { type: "create", name: "Dev", visibility: "public", history: "all", topic: "" }),
    ],
    [
      '{"conversation":"dev","visibility":"private","history":"since_join","topic":"what we build"}',
      act(dev, {
        type: "create",
        name: "dev",
        visibility: "private",
        history: "since_join",
        topic: "what we build",
      }),
    ],
  ],
  join_room: [['{"conversation":"#dev"}', act(dev, { type: "join" })]],
  leave_room: [['{"conversation":"dev"}', act(dev, { type: "leave" })]],
  invite: [['{"conversation":"#dev","username":"@Bob"}', act(dev, { type: "invite", who: "bob" })]],
  kick: [
    ['{"conversation":"#dev","username":"bob"}', act(dev, { type: "kick", who: "bob" })],
    [
      '{"conversation":"dev","username":"bob","reason":"rude"}',
      act(dev, { type: "kick", who: "bob", reason: "rude" }),
    ],
    ['{"conversation":"everyone","username":"bob"}', order({ type: "kick", who: "bob", reason: "" })],
  ],
  ban: [
    ['{"conversation":"#dev","username":"bob"}', act(dev, { type: "ban", who: "bob", on: true })],
    [
      '{"conversation":"#dev","username":"bob","for_s":60,"reason":"rude"}',
      act(dev, { type: "ban", who: "bob", on: true, forSeconds: 60, reason: "rude" }),
    ],
    [
      '{"conversation":"everyone","username":"bob","address":true,"for_s":60,"nonce":"0123456789abcdef"}',
      order({ type: "ban", who: "bob", address: true, forSeconds: 60, reason: "" }, "0123456789abcdef"),
    ],
    [
      '{"conversation":"everyone","address":"203.0.113.7","reason":"a flood"}',
      order({ type: "ban", address: "203.0.113.7", reason: "a flood" }),
    ],
  ],
  unban: [
    ['{"conversation":"#dev","username":"bob"}', act(dev, { type: "ban", who: "bob", on: false })],
    ['{"conversation":"everyone","username":"bob"}', order({ type: "unban", who: "bob" })],
    [
      '{"conversation":"everyone","address":"2001:DB8::1"}',
      order({ type: "unban", address: "2001:db8:0:0" }),
    ],
  ],
  silence: [
    ['{"conversation":"#dev","username":"bob"}', act(dev, { type: "silence", who: "bob", on: true })],
    [
      '{"conversation":"everyone","username":"bob","for_s":600,"reason":"rude"}',
      order({ type: "silence", who: "bob", on: true, forSeconds: 600, reason: "rude" }),
    ],
  ],
  unsilence: [
    ['{"conversation":"#dev","username":"bob"}', act(dev, { type: "silence", who: "bob", on: false })],
    [
      '{"conversation":"everyone","username":"bob"}',
      order({ type: "silence", who: "bob", on: false, reason: "" }),
    ],
  ],
  slow_mode: [
    ['{"conversation":"#dev","seconds":30}', act(dev, { type: "slow", seconds: 30 })],
    ['{"conversation":"everyone","seconds":0}', order({ type: "slow", seconds: 0 })],
  ],
  set_retention: [
    ['{"conversation":"#dev","keep_s":3600}', act(dev, { type: "retention", seconds: 3_600 })],
    ['{"conversation":"everyone","keep_s":0}', order({ type: "retention", seconds: 0 })],
  ],
  announce: [['{"message":"At noon."}', order({ type: "announce", message: "At noon." })]],
  read_only: [
    ['{"on":true,"reason":"we move"}', order({ type: "readOnly", on: true, reason: "we move" })],
    ['{"on":false}', order({ type: "readOnly", on: false, reason: "" })],
  ],
  stats: [["{}", { type: "stats" }]],
  bans: [
    ["{}", { type: "bans", which: "banned", skip: 0, limit: 50 }],
    ['{"which":"silenced","skip":50,"limit":3}', { type: "bans", which: "silenced", skip: 50, limit: 3 }],
  ],
  audit: [
    ["{}", { type: "audit", limit: 50 }],
    ['{"before":7,"limit":3}', { type: "audit", before: 7, limit: 3 }],
  ],
  set_role: [
    [
      '{"conversation":"everyone","username":"bob","role":"admin"}',
      order({ type: "role", who: "bob", role: "admin" }),
    ],
    [
      '{"conversation":"everyone","username":"bob","role":"member"}',
      order({ type: "role", who: "bob", role: "member" }),
    ],
    [
      '{"conversation":"#dev","username":"bob","role":"moderator"}',
      act(dev, { type: "role", who: "bob", role: "moderator" }),
    ],
  ],
  set_topic: [
    [
      '{"conversation":"#dev","topic":"what we build","nonce":"0123456789abcdef"}',
      act(dev, { type: "topic", topic: "what we build" }, "0123456789abcdef"),
    ],
    ['{"conversation":"#dev","topic":""}', act(dev, { type: "topic", topic: "" })],
  ],
  set_history: [
    ['{"conversation":"#dev","history":"since_join"}', act(dev, { type: "history", history: "since_join" })],
  ],
  archive_room: [
    ['{"conversation":"#dev"}', act(dev, { type: "archive", on: true })],
    ['{"conversation":"#dev","on":false}', act(dev, { type: "archive", on: false })],
  ],
  history: [
    [
      '{"conversation":"everyone"}',
      { type: "history", of: everyone, select: { kind: "seq", window: { kind: "newest" } }, limit: 50 },
    ],
    ['{"conversation":"#dev","before":9}', seqs({ kind: "before", seq: 9 })],
    ['{"conversation":"#dev","after":9}', seqs({ kind: "after", seq: 9 })],
    ['{"conversation":"#dev","around":9}', seqs({ kind: "around", seq: 9 })],
    ['{"conversation":"#dev","after":3,"before":9}', seqs({ kind: "between", after: 3, before: 9 })],
    ['{"conversation":"#dev","after":3,"around":null,"by":"seq"}', seqs({ kind: "after", seq: 3 })],
    ['{"conversation":"#dev","before":9,"by":"time"}', times({ kind: "before", at: 9 })],
    ['{"conversation":"#dev","after":9,"by":"time"}', times({ kind: "after", at: 9 })],
    ['{"conversation":"#dev","around":9,"by":"time"}', times({ kind: "around", at: 9 })],
    [
      '{"conversation":"#dev","after":3,"before":9,"by":"time"}',
      times({ kind: "between", afterAt: 3, beforeAt: 9 }),
    ],
    ['{"conversation":"#dev","by":"time"}', seqs({ kind: "newest" })],
  ],
  thread: [
    [
      '{"conversation":"#dev","message_seq":4,"after":5,"limit":7}',
      { type: "thread", of: dev, select: { kind: "thread", of: 4, after: 5 }, limit: 7 },
    ],
    [
      '{"conversation":"#dev","message_seq":4}',
      { type: "thread", of: dev, select: { kind: "thread", of: 4, after: 0 }, limit: 50 },
    ],
  ],
  pins: [
    ['{"conversation":"#dev"}', { type: "pins", of: dev, select: { kind: "pins", after: 0 }, limit: 50 }],
    [
      '{"conversation":"#dev","after":5,"limit":7}',
      { type: "pins", of: dev, select: { kind: "pins", after: 5 }, limit: 7 },
    ],
  ],
  log: [
    [
      '{"conversation":"@bob","after":0,"limit":1000}',
      { type: "log", of: bob, window: { kind: "after", seq: 0 }, limit: 1000 },
    ],
  ],
  search: [
    [
      '{"query":"Release from:alice","before":1204}',
      {
        type: "search",
        query: { words: [{ tokens: ["release"], prefix: false, not: false }], from: "alice", has: [] },
        before: 1204,
        limit: 20,
      },
    ],
  ],
  reactions: [
    [
      '{"conversation":"#dev","message_seq":3}',
      { type: "reactions", of: dev, target: 3, skip: 0, limit: 50 },
    ],
    [
      '{"conversation":"#dev","message_seq":3,"skip":50,"limit":9}',
      { type: "reactions", of: dev, target: 3, skip: 50, limit: 9 },
    ],
  ],
  conversations: [
    ["{}", { type: "conversations", select: {}, limit: 50 }],
    [
      '{"after":"#dev","changed_since":57,"limit":9}',
      { type: "conversations", select: { after: dev, since: 57 }, limit: 9 },
    ],
  ],
  users: [
    ["null", { type: "users", limit: 50 }],
    ['{"after":"@Bob"}', { type: "users", after: "bob", limit: 50 }],
  ],
  rooms: [['{"after":"#Dev","limit":3}', { type: "rooms", after: "dev", limit: 3 }]],
  members: [
    ['{"conversation":"#dev"}', { type: "members", of: dev, which: "members", limit: 50 }],
    [
      '{"conversation":"#dev","which":"banned","after":"bob"}',
      { type: "members", of: dev, which: "banned", after: "bob", limit: 50 },
    ],
  ],
  whois: [['{"username":"@Bob"}', { type: "whois", who: "bob" }]],
  receipts: [['{"conversation":"@bob"}', { type: "receipts", of: bob }]],
  blocks: [["{}", { type: "blocks", limit: 50 }]],
  delivered: [['{"conversation":"everyone","seq":41}', { type: "delivered", of: everyone, seq: 41 }]],
  read: [['{"conversation":"@bob","seq":0}', { type: "read", of: bob, seq: 0 }]],
  typing: [
    ['{"conversation":"@bob"}', { type: "typing", of: bob, on: true }],
    ['{"conversation":"@bob","on":false}', { type: "typing", of: bob, on: false }],
  ],
  set_status: [
    ['{"status":"away","text":"back at two"}', { type: "status", status: "away", text: "back at two" }],
    ['{"text":""}', { type: "status", text: "" }],
  ],
  set_privacy: [['{"reading":"private"}', { type: "reading", reading: "private" }]],
  block: [
    ['{"username":"Mallory"}', { type: "block", who: "mallory", on: true }],
    ['{"username":"mallory","on":false}', { type: "block", who: "mallory", on: false }],
  ],
  mute: [['{"conversation":"#dev"}', { type: "mute", of: dev, on: true }]],
  ping: [["{}", { type: "ping" }]],
  help: [['{"of":"nothing"}', { type: "help" }]],
};

function seqs(window: object): object {
  return { type: "history", of: dev, select: { kind: "seq", window }, limit: 50 };
}

function times(window: object): object {
  return { type: "history", of: dev, select: { kind: "time", window }, limit: 50 };
}

const rows = Object.entries(commands) as [CommandType, CommandRow][];

describe.each(rows)("%s", (type, { cost, example }) => {
  test.each(meant[type])("with %s", (payload, command) => {
    expect(events.decode(`{"type":"${type}","id":7,"payload":${payload}}`, defaultLimits)).toEqual({
      ok: true,
      value: { id: 7, command, cost },
    });
  });

  test("can be sent as its example stands", () => {
    expect(events.decode(example, defaultLimits)).toMatchObject({ ok: true });
  });
});

test("a payload that asks nothing may be left out, and help may be the bare word", () => {
  expect(events.decode('{"type":"users"}', defaultLimits)).toMatchObject({
    value: { command: { type: "users" } },
  });
  expect(events.decode(" help\n", defaultLimits)).toMatchObject({ value: { command: { type: "help" } } });
});
