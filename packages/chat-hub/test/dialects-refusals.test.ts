// What is wrong with a frame of the events dialect, in words, field by field.

import { describe, expect, test } from "vitest";
import type { CommandType } from "../src/index.js";
import { commands, defaultLimits, events } from "../src/index.js";
import type { CommandRow } from "../src/tables/commands.js";
import { errorPayload } from "../src/tables/refusals.js";

/** By field: what each wrong value of it is told, after `type.field`. What is absent is told too where it is needed. */
type Words = readonly (readonly [value: unknown, code: string, says: string])[];

const aText: Words = [[7, "malformed", " is a number, not a string"]];
const aName: Words = [
  ...aText,
  ["a b", "bad_name", ": a name has only letters and digits, of any script, and _ . -"],
  ["everyone", "bad_name", ": the name everyone is reserved"],
  ["#dev", "bad_name", ": a name has only letters and digits, of any script, and _ . -"],
];
const aRoom: Words = [
  ...aText,
  ["@bob", "malformed", ": this is a person's name; rooms are named #dev"],
  ["everyone", "malformed", ": no room has the name everyone"],
  ["#", "malformed", ": a name is needed"],
];
const aHouseOrRoom: Words = [
  ...aText,
  ["@bob", "malformed", ": this is a person's name; rooms are named #dev"],
  ["#", "malformed", ": a name is needed"],
];
const aReason: Words = [
  [7, "malformed", " is a number, not a string"],
  ["x".repeat(201), "too_long", " has at most 200 characters"],
];
const anAddress: Words = [
  [7, "malformed", " is a number, not an address"],
  ["", "malformed", " is no address that is counted, such as 203.0.113.7 or 2001:db8::1"],
  ["::ffff:127.0.0.1", "malformed", " is no address that is counted, such as 203.0.113.7 or 2001:db8::1"],
  ["a b", "malformed", " is no address that is counted, such as 203.0.113.7 or 2001:db8::1"],
  ["203.0.113.7", "malformed", " is only for everyone"],
];
const aConversation: Words = [
  [["everyone"], "malformed", " is an array, not a string"],
  ["#a b", "unknown_conversation", ": a name has only letters and digits, of any script, and _ . -"],
  ["@help", "unknown_conversation", ": the name help is reserved"],
  ["@bob~0", "unknown_conversation", ": after ~ comes the number of an earlier holder of the name"],
];
const aSeq: Words = [
  [0, "malformed", " is a number, not an integer from 1"],
  ["1", "malformed", " is a string, not an integer from 1"],
  [1.5, "malformed", " is a number, not an integer from 1"],
  [2 ** 53, "malformed", " is a number, not an integer from 1"],
];
const aCount: Words = [
  [-1, "malformed", " is a number, not an integer from 0"],
  [true, "malformed", " is a boolean, not an integer from 0"],
];
const aFlag: Words = [["true", "malformed", " is a string, not true or false"]];
const aNonce: Words = [
  [7, "malformed", " is a number, not a string"],
  ["short", "malformed", " is not 16 to 64 visible ASCII characters"],
  ["with a space inside", "malformed", " is not 16 to 64 visible ASCII characters"],
];
const aSession: Words = [
  [7, "malformed", " is a number, not a string"],
  ["x".repeat(65), "too_long", " has at most 64 characters"],
];
const aSecret: Words = [
  ["short", "malformed", " is not 16 to 128 visible ASCII characters"],
  ["ß".repeat(16), "malformed", " is not 16 to 128 visible ASCII characters"],
];
const aPassword: Words = [
  [7, "malformed", " is a number, not a string"],
  ["", "malformed", " is not 1 to 256 characters of text"],
  ["x".repeat(257), "malformed", " is not 1 to 256 characters of text"],
  ["a\0", "malformed", " is not 1 to 256 characters of text"],
];
const aLimit: Words = [
  [0, "malformed", " is a number, not an integer from 1 to 1000"],
  [1001, "malformed", " is a number, not an integer from 1 to 1000"],
];
const aTopic: Words = [
  [{}, "malformed", " is an object, not a string"],
  ["x".repeat(301), "too_long", " has at most 300 characters"],
  ["a\0", "malformed", " has U+0000 in it"],
  ["\ud800", "malformed", " has half a surrogate pair in it"],
];
const aHistory: Words = [["some", "malformed", ' is "some", not one of "all", "since_join"']];

/** For a field in all commands that have it, or in one of them. */
const words: Readonly<Record<string, Words>> = {
  username: aName,
  "login.username": aText,
  token: aSecret,
  "register.username": aText,
  password: aPassword,
  old: aPassword,
  "register.invite": aSecret,
  session: aSession,
  since: aText,
  epoch: aText,
  receipts: aFlag,
  "login.rooms": [[["dev"], "malformed", " is an array, not a string"]],
  "register.rooms": [[["dev"], "malformed", " is an array, not a string"]],
  message: [[["hi"], "malformed", " is an array, not a string"]],
  to: aName,
  conversation: aConversation,
  ...Object.fromEntries(
    ["create_room", "join_room", "leave_room", "invite", "set_topic", "set_history", "archive_room"].map(
      (type) => [`${type}.conversation`, aRoom],
    ),
  ),
  ...Object.fromEntries(
    ["kick", "ban", "unban", "silence", "unsilence", "slow_mode", "set_role", "set_retention"].map((type) => [
      `${type}.conversation`,
      aHouseOrRoom,
    ]),
  ),
  reason: aReason,
  address: anAddress,
  for_s: [[0, "malformed", " is a number, not an integer from 1 to 31622400"]],
  keep_s: [
    [316_224_001, "malformed", " is a number, not an integer from 0 to 316224000"],
    [-1, "malformed", " is a number, not an integer from 0 to 316224000"],
  ],
  seconds: [[21_601, "malformed", " is a number, not an integer from 0 to 21600"]],
  reply_to: aSeq,
  message_seq: aSeq,
  seq: aCount,
  nonce: aNonce,
  emoji: [
    [1, "malformed", " is a number, not one emoji"],
    ["ok", "malformed", " is not one emoji"],
    ["👍👍", "malformed", " is not one emoji"],
  ],
  on: aFlag,
  visibility: [["secret", "malformed", ' is "secret", not one of "public", "private"']],
  topic: aTopic,
  "create_room.history": aHistory,
  "set_history.history": aHistory,
  role: [
    ["admin", "malformed", " is admin only in everyone"],
    ["king", "malformed", ' is "king", not one of "member", "moderator", "owner", "admin"'],
  ],
  before: aCount,
  after: aText,
  "history.after": aCount,
  "thread.after": aCount,
  "log.after": aCount,
  "pins.after": aCount,
  "conversations.after": aConversation,
  around: aCount,
  by: [["day", "malformed", ' is "day", not one of "seq", "time"']],
  limit: aLimit,
  "search.limit": [[51, "malformed", " is a number, not an integer from 1 to 50"]],
  query: [
    [7, "malformed", " is a number, not a string"],
    ["-draft", "bad_query", ": search for at least one word"],
  ],
  skip: aCount,
  changed_since: aCount,
  which: [["all", "malformed", ' is "all", not one of "members", "invited", "banned"']],
  "bans.which": [["all", "malformed", ' is "all", not one of "banned", "silenced"']],
  status: [["gone", "malformed", ' is "gone", not one of "online", "away", "busy", "invisible"']],
  text: [["x".repeat(101), "too_long", " has at most 100 characters"]],
  reading: [["never", "malformed", ' is "never", not one of "shared", "private"']],
};

const fields = (Object.entries(commands) as [CommandType, CommandRow][]).flatMap(([type, row]) =>
  Object.entries(row.payload.fields).map(([field, shape]) => ({ type, row, field, shape })),
);

describe.each(fields)("$type.$field", ({ type, row, field, shape }) => {
  const told = words[`${type}.${field}`] ?? words[field] ?? [];
  const example = JSON.parse(row.example) as { payload?: object };
  const withField = (value: unknown): string =>
    JSON.stringify({ type, id: 7, payload: { ...example.payload, [field]: value } });

  test("says what is wrong with it", () => {
    expect(told).not.toEqual([]);
    for (const [value, code, says] of told) {
      const decoded = events.decode(withField(value), defaultLimits);
      expect(decoded, JSON.stringify(value)).toMatchObject({ ok: false });
      if (decoded.ok) continue;
      expect(decoded.fault).toMatchObject({ id: 7, code, detail: { message: `${type}.${field}${says}` } });
      expect(decoded.fault.detail.example).toBe(row.example);
    }
  });

  test("is missed where it is needed, and nowhere else", () => {
    const decoded = events.decode(withField(undefined), defaultLimits);
    // Instead of a name an address may be given, but the example gives none.
    const isOptional =
      "optional" in shape && !["ban.username", "unban.username"].includes(`${type}.${field}`);
    expect(decoded.ok).toBe(isOptional);
    if (!decoded.ok)
      expect(decoded.fault.detail.message).toMatch(new RegExp(`^${type}\\.${field} is missing: `));
    // Where it is not needed, null is as good as nothing.
    expect(events.decode(withField(null), defaultLimits).ok).toBe(isOptional);
  });
});

test.each([
  [
    "ban",
    '{"address":true}',
    'ban.username is missing: "address":true bans the address that they are connected from',
  ],
  ["set_role", '{"username":"bob","role":"owner"}', "set_role.role is admin or member in everyone"],
])("%s with %s in everyone says too little or too much", (type, fields, message) => {
  const payload = { conversation: "everyone", ...(JSON.parse(fields) as object) };
  expect(events.decode(JSON.stringify({ type, payload }), defaultLimits)).toMatchObject({
    fault: { code: "malformed", detail: { message } },
  });
});

test.each([
  ['{"around":3,"before":9}', "history takes around or before, not both"],
  ['{"around":3,"after":0}', "history takes around or after, not both"],
])("history with %s is two questions", (bounds, message) => {
  const payload = { conversation: "everyone", ...(JSON.parse(bounds) as object) };
  expect(events.decode(JSON.stringify({ type: "history", payload }), defaultLimits)).toMatchObject({
    fault: { code: "malformed", detail: { message } },
  });
});

test.each([
  ["hi\0", "malformed", "message has U+0000 in it"],
  ["\udc00", "malformed", "message has half a surrogate pair in it"],
  ["x".repeat(10_001), "too_long", "a message has at most 10000 characters"],
])(
  "a message such as %.10j is told in its own words, in every command that has one",
  (message, code, says) => {
    for (const type of ["send_message", "private_message", "edit_message"]) {
      const payload = { message, to: "bob", conversation: "everyone", message_seq: 1 };
      expect(events.decode(JSON.stringify({ type, payload }), defaultLimits)).toMatchObject({
        fault: { code, detail: { message: says } },
      });
    }
  },
);

test.each([
  [8, true],
  [9, false],
])(
  "brackets %i deep: read is %s; how many stand beside each other, or in texts, does not count",
  (levels, read) => {
    const deep = `${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}`;
    const frame = `{"type":"ping","wide":[[],[],[],[],[],[],[],[],{},{}],"text":"[[[[[[[[[[{{{{\\"[[","deep":${deep}}`;
    const decoded = events.decode(frame, defaultLimits);
    expect(decoded.ok).toBe(read);
    if (!decoded.ok) expect(decoded.fault.detail.message).toBe("the frame is nested deeper than 8 levels");
  },
);

test("whoever is not in a room is told the way in that their dialect has", () => {
  expect(errorPayload("not_member", {}, "events").example).toBe(
    '{"type":"join_room","payload":{"conversation":"#dev"}}',
  );
  expect(errorPayload("not_member", {}, "simple").example).toBe("/v1/ws?username=alice&rooms=dev");
});
