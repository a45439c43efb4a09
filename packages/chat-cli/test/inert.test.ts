// Nothing that somebody sends can do anything to a terminal (FAULTS 30).

import fc from "fast-check";
import { expect, test } from "vitest";
import { inert, inertJson, inertLines } from "../src/inert.js";

const acts = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

const attacks: readonly string[] = [
  "\u001b[31mred\u001b[0m",
  "\u001b]0;title\u0007",
  "\u001b]8;;http://evil.example\u001b\\link\u001b]8;;\u001b\\",
  "\u001b]50;font\u0007",
  "\u001b]52;c;ZXZpbA==\u0007",
  "\u001bP+q544e\u001b\\",
  "\u001b[6n",
  "\u001b[2J\u001b[H",
  "\u009b31mC1",
  "\u009d0;title\u009c",
  "\u0090q\u009c",
  "\u001b",
  "[31m the second half",
  "over\rwritten",
  "bell\u0007back\bspace\u007f",
  "a\u202Eb\u2066c",
  "\u0000\u0001\u0002",
  `a${"\u0301".repeat(10_000)}`,
  `a${"\u0301\u200d".repeat(10_000)}`,
  "\ud800 half a pair",
];

test.each(attacks.map((text) => [JSON.stringify(text).slice(0, 40), text]))("%s does nothing", (_, text) => {
  const shown = inert(text);
  expect(shown).not.toMatch(acts);
  expect(shown.length).toBeLessThan(200);
  expect(() => encodeURIComponent(shown)).not.toThrow();
  expect(inertJson({ text })).not.toMatch(acts);
});

test("any text at all is without effect, once is enough, and cutting it in two changes nothing of that", () => {
  const text = fc
    .array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...attacks)))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.nat(), (whole, cut) => {
      const shown = inert(whole);
      expect(shown).not.toMatch(acts);
      expect(inert(shown)).toBe(shown);
      const half = whole.length === 0 ? 0 : cut % whole.length;
      expect(inert(whole.slice(0, half)) + inert(whole.slice(half))).not.toMatch(acts);
    }),
  );
});

test("of all that Unicode has, nothing that controls, breaks lines or turns the direction comes through", () => {
  const turns = /\p{Cc}|\p{Bidi_Control}|\p{Zl}|\p{Zp}|\p{Cs}/u;
  for (let page = 0; page < 0x110000; page += 0x100) {
    const points = Array.from({ length: 0x100 }, (_, index) => String.fromCodePoint(page + index));
    const text = points.join("a");
    for (const shown of [inert(text), ...inertLines(text), inertJson(text)]) {
      if (turns.test(shown)) expect.fail(`something of U+${page.toString(16)} to its end came through`);
    }
  }
});

test("lines are what one line is, with the breaks kept", () => {
  const text = fc
    .array(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom("\n", "\r\n", "\u2028", "\u0085", " ", ...attacks),
      ),
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (whole) => {
      const lines = inertLines(whole);
      for (const line of lines) {
        expect(line).not.toMatch(acts);
        expect(inertLines(line)).toEqual([line]);
      }
      expect(lines.join(" ").trim()).toBe(inert(whole).trim());
    }),
  );
});

test("what people write stays as it is", () => {
  for (const text of [
    "Hello!",
    "你好",
    "سارة",
    "नमस्ते",
    "👨‍👩‍👧 👍🏽 🇦🇹 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "é e\u0301",
    "می‌خواهم",
    "  two  spaces ",
    "a\u0300\u0301\u0302b",
  ]) {
    expect(inert(text)).toBe(text);
  }
});

test("a message keeps its lines, without the blank ones at its ends; one line folds them", () => {
  const text = "\n\none\r\ntwo\u2028three\u0085\n four\tfive\n\n";
  expect(inertLines(text)).toEqual(["one", "two", "three", "", " four  five"]);
  expect(inert("one\ntwo")).toBe("one two");
  expect(inertLines("\u0007")).toEqual([""]);
});

test("JSON for a terminal loses nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const line = inertJson({ text });
      expect(line).not.toMatch(acts);
      expect(JSON.parse(line)).toEqual({ text });
    }),
  );
});
