// Text as the wire counts it.

import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultLimits, messageFault, timeOfDay, utf8Bytes } from "../src/index.js";

const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string());

test("bytes are counted as an encoder would write them", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).length);
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ["a", 10_000],
  ["é", 10_000],
  ["你", 10_000],
  ["😀", 10_000],
  ["\u0001", 10_000],
])("%s may stand %i times in a message, and no more: code points are counted", (char, most) => {
  expect(messageFault(char.repeat(most), defaultLimits)).toBeUndefined();
  expect(messageFault(char.repeat(most + 1), defaultLimits)).toMatchObject({ code: "too_long" });
});

test.each(["", " ", "\n\t", "\u3000", "\ufeff"])("%j is an empty message", (message) => {
  expect(messageFault(message, defaultLimits)).toEqual({ code: "empty_message" });
});

test.each(["a\0", "\ud800", "a\udc00b", "\udc00\ud800"])("%j is no message", (message) => {
  expect(messageFault(message, defaultLimits)).toMatchObject({ code: "malformed" });
});

test.each([
  "\u001b]8;;http://x\u0007",
  "<script>",
  "\u202e",
  "  a  ",
  "e\u0301\u0301",
  "\r\n.",
  "\u{10ffff}",
])("%j is a message: what shows it must take care, not what carries it", (message) => {
  expect(messageFault(message, defaultLimits)).toBeUndefined();
});

test("the time of day is UTC", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (at) => {
      expect(timeOfDay(at)).toBe(new Date(at).toISOString().slice(11, 19));
    }),
  );
  expect(timeOfDay(1_795_357_825_123)).toBe("14:30:25");
});
