// Which strings are names, and when two spellings are the same name.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NameKey, UserId } from "../src/index.js";
import {
  conversationName,
  defaultLimits,
  nameKey,
  parseConversation,
  parseName,
  parsePerson,
  parseRoom,
} from "../src/index.js";

const parse = (text: string) => parseName(text, defaultLimits);

test.each([
  "alice",
  "Alice",
  "a",
  "7",
  "سارة",
  "Ольга",
  "李雷",
  "ขนิษฐา",
  "José",
  "a_b",
  "a.b",
  "a-b",
  "x".repeat(32),
  "नमस्ते",
])("%s is a name, and is spelled as it came", (name) => {
  expect(parse(name)).toMatchObject({ ok: true, value: { spelling: name.normalize("NFC") } });
});

test.each([
  ["nothing", "", /needed/],
  ["33 letters", "x".repeat(33), /at most 32 characters/],
  ["a megabyte", "x".repeat(1_000_000), /at most 32 characters/],
  ["white space", "a b", /letters and digits/],
  ["a tab", "a\tb", /letters and digits/],
  ["an escape", "a\u001b[31mb", /letters and digits/],
  ["C1", "a\u009bb", /letters and digits/],
  ["markup", "<b>", /letters and digits/],
  ["a quote", 'a"b', /letters and digits/],
  ["a slash", "a/b", /letters and digits/],
  ["an at sign", "@bob", /letters and digits/],
  ["a tilde", "bob~1", /letters and digits/],
  ["a colon, which since needs", "a:b", /letters and digits/],
  ["an emoji", "😀", /letters and digits/],
  ["a bidi override", "a\u202eb", /invisible/],
  ["a bidi isolate", "a\u2066b", /invisible/],
  ["a zero-width space", "a\u200bb", /invisible/],
  ["a zero-width joiner", "a\u200db", /invisible/],
  ["a soft hyphen", "a\u00adb", /invisible/],
  ["a Hangul filler", "a\u3164b", /invisible/],
  ["a variation selector", "a\ufe0fb", /invisible/],
  ["a dot in front", ".a", /begins with/],
  ["a mark in front", "\u0301a", /begins with/],
  ["a dot at the end", "a.", /does not end/],
  ["a hyphen at the end", "a-", /does not end/],
  ["full-width letters", "ａｄｍｉｎ", /plainly it is admin/],
  ["a ligature", "ﬁsh", /plainly it is fish/],
  ["mathematical letters", "𝐛𝐨𝐛", /plainly it is bob/],
  ["a superscript", "a²", /letters and digits/],
  ["17 letters that are two each in lower case", "İ".repeat(17), /lower case/],
  ["half a surrogate pair", "a\ud800", /UTF-8/],
  ["what a broken escape in a URL becomes", "a\ufffd", /UTF-8/],
])("%s is refused, and told why", (_what, text, why) => {
  const parsed = parse(text);
  expect(parsed.ok ? undefined : parsed.fault).toMatch(why);
});

test.each([
  ...["everyone", "all", "here", "server", "system", "admin", "root", "me", "help", "null", "undefined"],
  ...["Admin", "SERVER"],
])("%s is reserved", (name) => {
  expect(parse(name)).toEqual({ ok: false, fault: `the name ${nameKey(name)} is reserved` });
});

test.each(["constructor", "__proto__x", "hasOwnProperty", "toString", "valueOf"])(
  "%s, which JavaScript knows, is a name like any other, or refused for its underscore",
  (name) => {
    expect(parse(name).ok).toBe(!name.startsWith("_"));
  },
);

test("a name of 32 letters of 4 bytes is as long as may be", () => {
  expect(parse("\u{20000}".repeat(32)).ok).toBe(true);
});

test.each([
  ["bob", "BOB"],
  ["josé", "jose\u0301"],
  ["straße", "Straße"],
  ["σίσυφος", "ΣΊΣΥΦΟΣ"],
  ["σίσυφος", "σίσυφοσ"],
  ["ольга", "Ольга"],
  ["å", "\u212b"],
])("%s and %s are the same name", (one, other) => {
  expect(nameKey(one)).toBe(nameKey(other));
});

test.each([
  ["admin", "аdmin"],
  ["rn", "m"],
  ["bob", "bob1"],
  ["سارة", "ساره"],
])("%s and %s are two names, however alike they look", (one, other) => {
  expect(nameKey(one)).not.toBe(nameKey(other));
});

describe("whatever the text", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
    fc.string({
      unit: fc.constantFrom("ς", "Σ", "σ", "İ", "ı", "\u0307", "\u0345", "K", "ß", "ẞ", "a", "\u0301"),
      maxLength: 34,
      size: "max",
    }),
  );

  test("folding a key changes nothing", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(nameKey(nameKey(text))).toBe(nameKey(text));
      }),
      { numRuns: 5_000 },
    );
  });

  test("all spellings of it that Unicode calls equal have one key", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const form of ["NFC", "NFD"]) expect(nameKey(text.normalize(form))).toBe(nameKey(text));
      }),
      { numRuns: 5_000 },
    );
  });

  test("the case of a letter does not matter, wherever it stands", () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.boolean(), { minLength: 1 }), (text, turns) => {
        const some = Array.from(text, (char, index) =>
          turns[index % turns.length] === true ? char.toLowerCase() : char,
        );
        expect(nameKey(some.join(""))).toBe(nameKey(text));
      }),
      { numRuns: 3_000 },
    );
  });

  test("a name that is accepted is accepted again as it is then spelled, and as its key", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parse(text);
        if (!parsed.ok) return;
        expect(parse(parsed.value.spelling)).toEqual(parsed);
        expect(parse(parsed.value.key)).toMatchObject({ value: { key: parsed.value.key } });
      }),
      { numRuns: 5_000 },
    );
  });

  test("a name needs no escaping in JSON, and none but its own letters in a frame", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parse(text);
        if (parsed.ok) expect(JSON.stringify(parsed.value.spelling)).toBe(`"${parsed.value.spelling}"`);
      }),
      { numRuns: 5_000 },
    );
  });
});

test.each([
  ["everyone", { kind: "everyone" }],
  ["@Bob", { kind: "private", key: "bob" }],
  ["@bob~1", { kind: "private", key: "bob", holder: 1 }],
  ["#dev", { kind: "room", key: "dev" }],
  ["dev", { kind: "room", key: "dev" }],
])("the conversation %s", (text, address) => {
  expect(parseConversation(text, defaultLimits)).toEqual({ ok: true, value: address });
});

test.each([
  "",
  "@",
  "@bob~",
  "@bob~0",
  "@bob~01",
  "@bob~-1",
  "@bob~1~2",
  "@bob~x",
  "#",
  "@@bob",
  "@everyone",
  "@bob~9999999999",
])("%s is no conversation", (text) => {
  expect(parseConversation(text, defaultLimits).ok).toBe(false);
});

test("a person is named with and without the sign", () => {
  for (const text of ["bob", "@bob", "@BOB"])
    expect(parsePerson(text, defaultLimits)).toEqual({ ok: true, value: { kind: "private", key: "bob" } });
});

test("rooms are named like people, and only everyone is no name of theirs", () => {
  expect(parseRoom("#Dev", defaultLimits)).toEqual({ ok: true, value: { key: "dev", name: "Dev" } });
  expect(parseRoom("dev", defaultLimits)).toEqual({ ok: true, value: { key: "dev", name: "dev" } });
  for (const name of ["admin", "help", "all", "me"]) {
    expect(parseRoom(`#${name}`, defaultLimits).ok).toBe(true);
    expect(parseConversation(`#${name}`, defaultLimits)).toEqual({
      ok: true,
      value: { kind: "room", key: name },
    });
    expect(parsePerson(name, defaultLimits).ok).toBe(false);
  }
  for (const name of ["everyone", "#everyone", "#Everyone", "EVERYONE", "@bob", "#@bob", "##dev", "#", "a b"])
    expect(parseRoom(name, defaultLimits).ok).toBe(false);
});

test("a conversation is named by what it is", () => {
  const peer = { user: 1 as UserId, name: "Bob", key: "bob" as NameKey };
  const room = { key: "dev" as NameKey, name: "Dev" };
  expect(conversationName({})).toBe("everyone");
  expect(conversationName({ peer })).toBe("@bob");
  expect(conversationName({ peer: { ...peer, holder: 2 } })).toBe("@bob~2");
  expect(conversationName({ room })).toBe("#dev");
});
