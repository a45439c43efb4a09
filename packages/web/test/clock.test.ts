import { expect, test } from "vitest";
import { makeClock } from "../src/words/clock.js";

const clock = makeClock("en-GB", "Europe/Paris");
/** Releases of the language tables differ in their commas. */
const plain = (text: string): string => text.replaceAll(",", "");
const at = (text: string): number => Date.parse(text);

test("times are told in the reader's own zone", () => {
  expect(clock.time(at("2026-07-01T12:30:00Z"))).toBe("14:30");
  expect(plain(clock.full(at("2026-07-01T12:30:05Z")))).toBe("Wednesday 1 July 2026 at 14:30:05");
});

test("days are told by the calendar: today, yesterday, this year, another year", () => {
  const now = at("2026-03-29T10:00:00Z");
  expect(clock.day(at("2026-03-28T23:30:00Z"), now)).toBe("Today");
  expect(clock.day(at("2026-03-28T22:30:00Z"), now)).toBe("Yesterday");
  expect(plain(clock.day(at("2026-03-27T12:00:00Z"), now))).toBe("Friday 27 March");
  expect(plain(clock.day(at("2025-12-31T12:00:00Z"), now))).toBe("Wednesday 31 December 2025");
});

test("the day before a day on which clocks change is yesterday", () => {
  expect(clock.day(at("2026-03-29T00:10:00Z"), at("2026-03-29T22:30:00Z"))).toBe("Yesterday");
});
