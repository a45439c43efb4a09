// Where text is cut, for the eye.

import fc from "fast-check";
import { expect, test } from "vitest";
import { clip, columnsOf, wrap } from "../src/width.js";

test.each([
  ["a", 1],
  ["你", 2],
  ["é", 1],
  ["e\u0301", 1],
  ["👍", 2],
  ["👍🏽", 4],
  ["❤️", 2],
  ["👨‍👩‍👧", 6],
  ["🇦🇹", 4],
  ["س", 1],
  ["ｆ", 2],
  ["한", 2],
])("%s takes at most %i columns in any terminal", (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});

test("a text that does not fit ends with an ellipsis, and fits", () => {
  expect([clip("hello", 5), clip("hello", 4), clip("你好吗", 5), clip("x", 0)]).toEqual([
    "hello",
    "hel…",
    "你好…",
    "",
  ]);
});

test("lines end after words, or beside letters that need no spaces; an address stays whole", () => {
  expect(wrap("the end of a line", 8)).toEqual(["the end", "of a", "line"]);
  expect(wrap("the end of a line", 8, 5)).toEqual(["the", "end of a", "line"]);
  expect(wrap("你好你好 ok", 6)).toEqual(["你好你", "好 ok"]);
  expect(wrap("one two 你", 7)).toEqual(["one two", "你"]);
  expect(wrap("see https://chat.example/a/long/path now", 12)).toEqual([
    "see",
    "https://chat.example/a/long/path",
    "now",
  ]);
  expect(wrap("", 8)).toEqual([""]);
});

test("wrapping loses nothing but the spaces that it breaks at", () => {
  const text = fc
    .array(fc.constantFrom("a", "bc", " ", "  ", "你", "👨‍👩‍👧", "long-word"))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 20 }), fc.nat(5), (whole, columns, used) => {
      const lines = wrap(whole, columns, used);
      let rest = whole;
      for (const line of lines) {
        if (!rest.startsWith(line)) rest = rest.replace(/^ /, "");
        expect(rest.startsWith(line)).toBe(true);
        rest = rest.slice(line.length);
      }
      expect(rest).toBe("");
      for (const line of lines.slice(1)) {
        if (columnsOf(line.trimEnd()) > columns) expect(line).not.toMatch(/[^ ] +[^ ]|你你/);
      }
    }),
  );
});
