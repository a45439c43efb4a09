// Frames by chance, as the schema and the decoders are to judge them alike: good and bad values for
// every field of every command. What a schema can't say of a value (`beyondSchema`) is not among them,
// by what they are made of.

import fc from "fast-check";
import type { CommandType } from "../src/index.js";
import { commands } from "../src/index.js";
import type { CommandRow } from "../src/tables/commands.js";

type Values = fc.Arbitrary<unknown>;

/** Letters that neither NFC nor NFKC changes, whatever stands beside them; one of them is a mark. */
const letters = [..."abcxyz019éßжسあ한你𝼆\u064E"];
const inNames = fc.constantFrom(...letters, "_", ".", "-");
const name = fc
  .array(inNames, { minLength: 1, maxLength: 36 })
  .map((chars) => chars.join(""))
  .filter((text) => text.normalize("NFKC") === text);
const oddName = fc.oneof(
  fc
    .tuple(name, fc.constantFrom(" ", "@", "~", "#", "\u200d", "\u00ad", "\ud800", "\ufffd", "/", "\0"), name)
    .map((parts) => parts.join("")),
  fc.constantFrom("", "everyone", "Everyone", "ADMIN", "me", "server", "@", "#", "~1", "@@bob", "##dev", "."),
);
const holder = fc
  .tuple(name, fc.constantFrom("~1", "~12", "~0", "~", "~01", "~999999999", "~1000000000", "~1~1", "~x"))
  .map((parts) => parts.join(""));
const signed = (...signs: string[]): Values =>
  fc
    .tuple(fc.constantFrom(...signs), fc.oneof({ weight: 6, arbitrary: name }, oddName, holder))
    .map((parts) => parts.join(""));

const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("", " ", "\n\u3000\ufeff", "a\0b", "\ud800", "\udc00x", "😀"),
);
const long = (most: number): Values =>
  fc
    .constantFrom(most - 1, most, most + 1)
    .chain((length) => fc.constantFrom("a", "😀", "é").map((char) => char.repeat(length)));
const integers = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 60 }) },
  fc.constantFrom(-1, -0, 0, 1, 50, 51, 1000, 1001, 1.5, 1e300, 2 ** 53 - 1, 2 ** 53, -(2 ** 53)),
);
const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 14,
  maxLength: 70,
});
const secrets = fc.oneof(
  { weight: 4, arbitrary: visible },
  fc.constantFrom("", "x".repeat(128), "x".repeat(129), "with a space inside", "ß".repeat(20)),
);
const passwords = fc.oneof(
  { weight: 4, arbitrary: fc.string() },
  fc.constantFrom("", "x".repeat(256), "😀".repeat(257), "with\0in it", "half \ud800 of a pair"),
);
const flags = fc.oneof({ weight: 4, arbitrary: fc.boolean() }, fc.constantFrom("true", 0, 1));
const oneOf = (...words: string[]): Values =>
  fc.constantFrom(...words, ...words, ...words, "", "none", words[0]?.toUpperCase());

/** By field; by command and field where one name means two things. */
const values: Readonly<Record<string, Values>> = {
  username: signed("", "@"),
  "login.username": text,
  "register.username": text,
  token: secrets,
  invite: secrets,
  password: passwords,
  old: passwords,
  session: text,
  nonce: secrets,
  since: text,
  epoch: text,
  receipts: flags,
  "login.rooms": text,
  "register.rooms": text,
  message: fc.oneof({ weight: 6, arbitrary: text }, long(10_000)),
  conversation: fc.oneof({ weight: 6, arbitrary: signed("", "#", "@") }, fc.constant("everyone")),
  to: signed("", "@"),
  reply_to: integers,
  message_seq: integers,
  seq: integers,
  emoji: fc.constantFrom(
    "👍",
    "❤",
    "❤️",
    "🏳️‍🌈",
    "🇲🇦",
    "👨‍👩‍👧",
    "👍🏽",
    "",
    "a",
    "👍 ",
    ":+1:",
    "👍".repeat(33).concat("a"),
  ),
  on: flags,
  visibility: oneOf("public", "private"),
  history: oneOf("all", "since_join"),
  topic: fc.oneof({ weight: 4, arbitrary: text }, long(300)),
  role: oneOf("member", "moderator", "owner", "admin"),
  reason: fc.oneof({ weight: 4, arbitrary: text }, long(200)),
  address: fc.oneof(
    fc.constantFrom<unknown>(
      "203.0.113.7",
      "2001:db8::1",
      "::FFFF:1.2.3.4",
      "2001:db8:1:2",
      "2001:db8::/64",
      "203.0.113.256",
      "::%eth0",
      "1::2::3",
      "",
    ),
    flags,
  ),
  for_s: fc.constantFrom(1, 600, 31_622_400, 0, -1, 31_622_401, 1.5, "600"),
  seconds: fc.constantFrom(0, 30, 21_600, 21_601, -1, 0.5, "30"),
  keep_s: fc.constantFrom(0, 60, 316_224_000, 316_224_001, 59, -1, 60.5, "60"),
  before: integers,
  after: text,
  "history.after": integers,
  "thread.after": integers,
  "log.after": integers,
  "conversations.after": signed("", "#", "@"),
  around: integers,
  by: oneOf("seq", "time"),
  limit: integers,
  query: fc.oneof(
    { weight: 4, arbitrary: fc.stringMatching(/^[a-z]{2,9}( [a-z]{2,9}){0,5}$/) },
    fc.constantFrom("", "x".repeat(256), "x".repeat(257)),
  ),
  skip: integers,
  changed_since: integers,
  which: oneOf("members", "invited", "banned"),
  status: oneOf("online", "away", "busy", "invisible"),
  text: fc.oneof({ weight: 4, arbitrary: text }, long(100)),
  reading: oneOf("shared", "private"),
};

export function valuesOf(type: string, field: string): Values | undefined {
  return values[`${type}.${field}`] ?? values[field];
}

/** Of every kind that JSON has but texts, which each field has its own of; none deep. */
const anything = fc.jsonValue({ maxDepth: 2 }).filter((value) => typeof value !== "string");

/** What is said in place of a field: mostly what it asks for, at times nothing, null or anything. */
const instead = (good: Values): Values =>
  fc.oneof(
    { weight: 12, arbitrary: good },
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: anything },
  );

const ids = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(undefined, null, 1, -1, "a", "😀".repeat(64)) },
  fc.constantFrom("😀".repeat(65), 1.5, true, 2 ** 53, [], {}),
);

/** Frames of one command: its example, with at most three fields drawn anew. */
export function framesOf(type: CommandType): fc.Arbitrary<unknown> {
  const row: CommandRow = commands[type];
  const example = (JSON.parse(row.example) as { payload?: object }).payload ?? {};
  const names = [...Object.keys(row.payload.fields), "unheard"];
  const drawn = fc.record<Record<string, unknown>>(
    Object.fromEntries(names.map((field) => [field, instead(valuesOf(type, field) ?? anything)])),
  );
  const payload = fc
    .tuple(fc.subarray(names, { maxLength: Math.min(3, names.length) }), drawn)
    .map(([some, fields]) => ({
      ...example,
      ...Object.fromEntries(some.map((field) => [field, fields[field]])),
    }));
  return fc
    .record({
      id: ids,
      payload: fc.oneof({ weight: 12, arbitrary: payload }, anything, fc.constant(undefined)),
      unheard: anything,
    })
    .map((frame) => JSON.parse(JSON.stringify({ type, ...frame })) as unknown);
}

/** Frames of the simple dialect. */
export const saidFrames: fc.Arbitrary<unknown> = fc
  .record({
    message: instead(values["message"] as Values),
    target: instead(
      fc.oneof({ weight: 3, arbitrary: signed("", "#", "@") }, fc.constantFrom("", "everyone")),
    ),
    nonce: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, instead(secrets)),
    id: ids,
    unheard: anything,
  })
  .map((frame) => JSON.parse(JSON.stringify(frame)) as unknown);
