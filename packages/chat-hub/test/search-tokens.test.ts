// What a search takes for a word, in the scripts that people write, and whether messages match.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultLimits, hasFile, hasLink, matches, parseQuery, searchTokens } from "../src/index.js";

test.each([
  ["English", "Don't PANIC, it's 42!", ["don", "t", "panic", "it", "s", "42"]],
  ["code", "snake_case fooBar a+b=c", ["snake", "case", "foobar", "a", "b", "c"]],
  ["a URL", "https://Example.org/a-b?x=1", ["https", "example", "org", "a", "b", "x", "1"]],
  ["German", "Straße STRASSE Über über", ["strasse", "strasse", "uber", "uber"]],
  ["French, composed or not", "École e\u0301cole œuvre", ["ecole", "ecole", "oeuvre"]],
  ["Turkish", "İstanbul ISPARTA ısparta iyi", ["istanbul", "isparta", "isparta", "iyi"]],
  ["Polish and Danish", "Łódź smørrebrød", ["lodz", "smorrebrod"]],
  ["Greek", "ΣΊΣΥΦΟΣ σίσυφος", ["σισυφοσ", "σισυφοσ"]],
  ["Russian", "Ёлка еще́ мой МОИ", ["елка", "еще", "мой", "мои"]],
  ["Ukrainian", "Їжак і їжа", ["їжак", "і", "їжа"]],
  ["full width", "ＡＢＣ１２３ ﬁsh", ["abc123", "fish"]],
  ["Arabic with and without tashkeel", "مُحَمَّدٌ محمد", ["محمد", "محمد"]],
  ["Arabic hamza", "أحمد إلى آمن ٱلله مؤمن شيئ", ["احمد", "الي", "امن", "الله", "مومن", "شيي"]],
  ["Arabic endings", "مدرسة مدرسه على علي", ["مدرسه", "مدرسه", "علي", "علي"]],
  ["Arabic, stretched", "ســـلام", ["سلام"]],
  ["Arabic digits", "٢٠٢٦ ۲۰۲۶", ["2026", "2026"]],
  ["Arabic ligatures", "ﻻ ﷲ", ["لا", "الله"]],
  ["Persian", "می\u200cخواهم کتاب", ["ميخواهم", "كتاب"]],
  ["Hebrew with and without niqqud", "שָׁלוֹם שלום", ["שלום", "שלום"]],
  ["Chinese", "我在北京。2026年", ["我", "在", "北", "京", "2026", "年"]],
  ["Chinese beyond the first plane", "𠮷野家", ["𠮷", "野", "家"]],
  ["Japanese", "東京へ行くラーメン", ["東", "京", "へ", "行", "く", "ラ", "ー", "メ", "ン"]],
  ["Japanese, half width", "ｶﾞｽ ガス", ["ガ", "ス", "ガ", "ス"]],
  ["a company in one character", "㍿", ["株", "式", "会", "社"]],
  ["Korean", "학교에서 ok", ["학", "교", "에", "서", "ok"]],
  ["Korean in letters", "한국".normalize("NFD"), ["한", "국"]],
  ["Thai", "กินข้าว", ["กิ", "น", "ข้", "า", "ว"]],
  ["Hindi", "में मैं किताब ३", ["में", "मैं", "किताब", "3"]],
  ["emoji", "👍🏽 ok 👩‍👩‍👧 1️⃣ 🇫🇷", ["ok", "1"]],
  ["invisible characters", "he\u00adl\u200dlo\u202e x\u200by\ufeffz", ["hello", "x", "y", "z"]],
  ["half a surrogate pair", "a\ud800b", ["a", "b"]],
  ["a mark alone", "\u0301 ــ ", []],
  ["signs", "?!… --- \"' *", []],
  ["nothing", "", []],
])("%s", (_what, message, tokens) => {
  expect(searchTokens(message)).toEqual(tokens);
});

test("a token has at most 64 code points, and is the same for all that begins with them", () => {
  expect(searchTokens("x".repeat(10_000))).toEqual(["x".repeat(64)]);
  expect(searchTokens("я".repeat(10_000))).toEqual(["я".repeat(64)]);
  expect(searchTokens(`${"ß".repeat(40)}yz`)).toEqual(["s".repeat(64)]);
});

test.each([
  ["https://example.org", true, false],
  ["see HTTP://example.org/a.pdf.", true, true],
  ["(https://example.org/a.tar.gz)", true, true],
  ["https://example.org/a.mp4?t=1#x", true, true],
  ["https://example.org/page?file=a.pdf", true, false],
  ["https://example.org/a.pdf/", true, false],
  ["https://example.org/a.", true, false],
  ["看https://example.org/a.png，谢谢", true, true],
  ["https://ar.wikipedia.org/wiki/قهوة", true, false],
  ["http://[::1]/x.7z", true, true],
  ["http:// example.org/a.pdf", false, false],
  ["https://", false, false],
  ["ftp://example.org/a.pdf", false, false],
  ["a.pdf", false, false],
  ["example.org", false, false],
])("%s: link %s, file %s", (message, link, file) => {
  expect([hasLink(message), hasFile(message)]).toEqual([link, file]);
});

/** Whether the message is found by the query. */
function finds(query: string, message: string): boolean {
  const parsed = parseQuery(query, defaultLimits);
  if (!parsed.ok) throw new Error(parsed.fault);
  return matches(parsed.value.words, searchTokens(message));
}

test.each([
  ["deploy", "We DEPLOYED, then deploy"],
  ["friday deploy", "deploy on Friday"],
  ["dep*", "we deployed"],
  ['"on friday"', "deploy on, friday"],
  ['"on fri"*', "deploy on friday"],
  ["on-fri*", "deploy on friday"],
  ["deploy -monday", "deploy on friday"],
  ['deploy -"on monday"', "deploy monday, not on sunday"],
  ["example.org/a", "https://example.org/a/b"],
  ["محمد", "قال مُحَمَّد"],
  ["المدرسه", "إلى المدرسة"],
  ["احمد", "يا أحمد!"],
  ["مُدَرِّس*", "المدرسة مدرسون"],
  ["北京", "我在北京呢"],
  ["학교", "우리학교에서"],
  ["ガス", "ｶﾞｽ"],
  ["ข้าว", "กินข้าวแล้ว"],
  ["istanbul", "İSTANBUL"],
  ["20", "٢٠"],
])("%s finds: %s", (query, message) => {
  expect(finds(query, message)).toBe(true);
});

test.each([
  ["deploy", "we deployed"],
  ["friday monday", "deploy on friday"],
  ['"friday on"', "on friday"],
  ['"on friday"', "on a friday"],
  ['"n friday"', "on friday"],
  ['"fri on"*', "friday on"],
  ["deploy -fri*", "deploy on friday"],
  ["北京", "京北"],
  ["か", "が"],
  ["мои", "мой"],
  ["में", "मैं"],
])("%s does not find: %s", (query, message) => {
  expect(finds(query, message)).toBe(false);
});

test("long repetitive messages are searched for long repetitive phrases in no time", () => {
  const tokens = searchTokens("中".repeat(10_000));
  for (const phrase of [
    `${"中".repeat(250)}国`,
    `国${"中".repeat(250)}`,
    `${"中".repeat(125)}国${"中".repeat(125)}`,
  ]) {
    const term = { tokens: searchTokens(phrase), prefix: false, not: false };
    const begun = performance.now();
    for (let nth = 0; nth < 20; nth += 1) expect(matches([term], tokens)).toBe(false);
    expect((performance.now() - begun) / 20).toBeLessThan(50);
  }
});

describe("whatever the text", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: "grapheme-ascii", maxLength: 100 }),
    fc.string({
      unit: fc.constantFrom(
        ...[
          "a",
          "ß",
          "İ",
          "я",
          "и",
          "е",
          "\u0306",
          "\u0308",
          "\u0301",
          "أ",
          "ـ",
          "\u064e",
          "٣",
          "中",
          "が",
          "か",
        ],
        ...[
          "\u3099",
          "한",
          "\u1100",
          "\u1161",
          "\u11a8",
          "ㅋ",
          "ก",
          "\u0e34",
          "क",
          "\u093f",
          " ",
          "-",
          "\u200d",
          "㍿",
          "👍",
        ],
      ),
    }),
  );

  test("folding is done once: tokens are their own tokens", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = searchTokens(text);
        expect(searchTokens(tokens.join(" "))).toEqual(tokens);
      }),
      { numRuns: 5_000 },
    );
  });

  test("tokens are letters and digits with their marks, at most 64", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const token of searchTokens(text)) {
          expect(token).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}\p{M}]{0,63}$/u);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test("a spelling that Unicode calls equal has the same tokens", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        for (const form of ["NFC", "NFD"])
          expect(searchTokens(text.normalize(form))).toEqual(searchTokens(text));
      }),
      { numRuns: 5_000 },
    );
  });

  test("ASCII has the same tokens on the short way as beside other letters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii", maxLength: 200 }), (text) => {
        expect(searchTokens(`${text} я`)).toEqual([...searchTokens(text), "я"]);
      }),
    );
  });

  test("a message is found by each of its words, by all of them and by itself as a phrase", () => {
    const limits = { ...defaultLimits, searchChars: 100_000, searchTerms: 100_000 };
    fc.assert(
      fc.property(anyText, (message) => {
        const tokens = searchTokens(message);
        const words = message.split(/\s/).filter((word) => searchTokens(word).length > 0);
        const typed = words.map((word) => `"${word.replace(/["“”„«»]/g, " ")}"`);
        for (const text of [
          ...tokens,
          ...typed,
          tokens.join(" "),
          typed.join(" "),
          `"${tokens.join(" ")}"`,
        ]) {
          const parsed = parseQuery(text, limits);
          if (tokens.length > 0) expect(parsed).toMatchObject({ ok: true });
          if (parsed.ok) expect(matches(parsed.value.words, tokens)).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
