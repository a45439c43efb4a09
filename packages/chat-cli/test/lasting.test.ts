import { expect, test } from "vitest";
import { lastingWords, readLasting } from "../dist/commands/lasting.js";

test.each([
  ["30d", 2_592_000],
  ["12h", 43_200],
  ["90m", 5_400],
  ["off", 0],
])("%s is %d seconds, and they are told so", (word, seconds) => {
  expect(readLasting(word)).toBe(seconds);
  expect(lastingWords(seconds)).toBe(word);
});

test.each(["", "30", "d", "0d", "-1d", "1.5h", "30 d", "123456d", "OFF"])("%j is no time", (word) => {
  expect(readLasting(word)).toBeUndefined();
});

test("what is no whole minute is told in seconds", () => {
  expect(lastingWords(61)).toBe("61s");
});
