// The piece of a message that is shown for a hit, and what is marked in it.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Term } from "../src/index.js";
import { defaultLimits, parseQuery, searchTokens, snippet } from "../src/index.js";

function termsOf(query: string): readonly Term[] {
  const parsed = parseQuery(query, defaultLimits);
  if (!parsed.ok) throw new Error(parsed.fault);
  return parsed.value.words;
}

/** The snippet with its marks in brackets. */
function shown(message: string, query: string, chars?: number): string {
  const { text, marks } = snippet(message, termsOf(query), chars);
  return [...marks].reverse().reduce((line, [start, end]) => {
    return `${line.slice(0, start)}[${line.slice(start, end)}]${line.slice(end)}`;
  }, text);
}

test.each([
  ["we DEPLOY on friday, deploy", "deploy", "we [DEPLOY] on friday, [deploy]"],
  ["we deployed", "dep*", "we [deployed]"],
  ["we deploy: on\nFriday", '"deploy on" fri*', "we [deploy: on] [Friday]"],
  ["a b c d", '"a b" "b c"', "[a b c] d"],
  ["deploy on friday", "deploy -monday", "[deploy] on friday"],
  ["قالَ مُحَمَّدٌ لأحمد", "محمد", "قالَ [مُحَمَّدٌ] لأحمد"],
  ["يا أَحْمَد", "احمد", "يا [أَحْمَد]"],
  ["我在北京呢", "北京", "我在[北京]呢"],
  ["우리학교에서", "학교", "우리[학교]에서"],
  ["ｶﾞｽ", "ガ", "[ｶﾞ]ｽ"],
  ["e\u0301cole", "ecole", "[e\u0301cole]"],
  ["Straße 👍🏽 straße", "strasse", "[Straße] 👍🏽 [straße]"],
  ["㍿です", "会社", "[㍿]です"],
  ["nothing of it", "else", "nothing of it"],
  ["1\r\n2\u20283", "2", "1  [2] 3"],
  ["\u202eevil\u0007", "evil", "\u202e[evil]\u0007"],
])("%s searched for %s", (message, query, marked) => {
  expect(shown(message, query)).toBe(marked);
});

const long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen";

test.each([
  ["one", 30, "[one] two three four five six…"],
  ["eight", 30, "…seven [eight] nine ten eleven…"],
  ["fifteen", 30, "…thirteen fourteen [fifteen]"],
  ["else", 30, "one two three four five six…"],
  ['"six seven eight nine ten eleven"', 20, "…[six seven eight nine]…"],
  ["from:alice", 30, "one two three four five six…"],
])("a long message is cut between words around %s", (query, chars, marked) => {
  expect(shown(long, query, chars)).toBe(marked);
});

test("what has no spaces is cut between characters", () => {
  expect(shown("x".repeat(500), "x*", 20)).toBe(`[${"x".repeat(20)}]…`);
  expect(shown(`${"好".repeat(50)}北京${"好".repeat(50)}`, "北京", 11)).toBe("…好好好[北京]好好好好好好…");
  expect(shown("👩‍👩‍👧".repeat(30), "x", 20)).toBe("👩‍👩‍👧👩‍👩‍👧…");
  expect(shown("🇫🇷".repeat(30), "x", 22)).toBe(`${"🇫🇷".repeat(5)}…`);
  expect(shown("e\u0301".repeat(30), "x", 21)).toBe(`${"e\u0301".repeat(10)}…`);
});

test("120 characters are shown when nobody says how many", () => {
  expect(snippet("a ".repeat(500), []).text.length).toBeLessThanOrEqual(121);
});

test("a long message is looked through in no time, whatever it is", () => {
  const term = (text: string): Term => ({ tokens: searchTokens(text), prefix: true, not: false });
  for (const message of [
    "中".repeat(10_000),
    "a ".repeat(5_000),
    "\u0301".repeat(10_000),
    "🇫🇷".repeat(2_500),
  ]) {
    const begun = performance.now();
    snippet(message, [term("中".repeat(250)), term("a ".repeat(120)), term("国")]);
    expect(performance.now() - begun).toBeLessThan(250);
  }
});

describe("whatever the message", () => {
  const units = [
    ...[
      "alpha",
      "Beta",
      "ß",
      "e\u0301",
      "مُحَمَّد",
      "أحمد",
      "中",
      "国",
      "한",
      "ก\u0e34",
      "👩‍👩‍👧",
      "🇫🇷",
      "\u{20000}",
      "㍿",
    ],
    ...[" ", " ", "\n", "-", "\u0301", "\u200d"],
  ];
  const anyText = fc.oneof(
    fc.string({ unit: fc.constantFrom(...units), maxLength: 80 }),
    fc.string({ unit: "grapheme", maxLength: 80 }),
  );
  const anySnippet = fc
    .record({
      message: anyText,
      nth: fc.nat(),
      many: fc.integer({ min: 1, max: 3 }),
      prefix: fc.boolean(),
      chars: fc.integer({ min: 16, max: 150 }),
    })
    .map(({ message, nth, many, prefix, chars }) => {
      const tokens = searchTokens(message);
      const from = tokens.length === 0 ? 0 : nth % tokens.length;
      const terms: Term[] = [{ tokens: tokens.slice(from, from + many), prefix, not: false }];
      return {
        message,
        terms: tokens.length === 0 ? [] : terms,
        chars,
        ...snippet(message, tokens.length === 0 ? [] : terms, chars),
      };
    });

  test("the text is a piece of it, as long as asked for, and falls apart nowhere", () => {
    fc.assert(
      fc.property(anySnippet, ({ message, text, chars }) => {
        const flat = message.replace(/[\n\v\f\r\u0085\u2028\u2029]/g, " ");
        const from = text.startsWith("…") && !flat.startsWith(text) ? 1 : 0;
        const body = flat.includes(text) ? text : text.slice(from).replace(/…$/, "");
        expect(flat).toContain(body);
        expect(body.length).toBeLessThanOrEqual(chars);
        expect(text).not.toMatch(/\p{Surrogate}/u);
        if (body !== flat) expect(body.length).toBeGreaterThan(0);
      }),
      { numRuns: 5_000 },
    );
  });

  test("a hit is marked; marks lie within, in order, on text that folds to the term", () => {
    fc.assert(
      fc.property(anySnippet, ({ text, marks, terms }) => {
        const [term] = terms;
        expect(marks.length > 0).toBe(term !== undefined);
        let last = 0;
        for (const [start, end] of marks) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = end;
          const cut = (start <= 1 && text.startsWith("…")) || (end >= text.length - 1 && text.endsWith("…"));
          if (cut || term === undefined) continue;
          const marked = ` ${searchTokens(text.slice(start, end)).join(" ")} `;
          expect(marked).toContain(` ${term.tokens.join(" ")}${term.prefix ? "" : " "}`);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
