// What a person may type into a search, and what they are told when it can't be read.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Term } from "../src/index.js";
import { defaultLimits, parseQuery, searchTokens } from "../src/index.js";

const parse = (text: string) => parseQuery(text, defaultLimits);
const word = (...tokens: string[]): Term => ({ tokens, prefix: false, not: false });
const begins = (...tokens: string[]): Term => ({ ...word(...tokens), prefix: true });
const not = (...tokens: string[]): Term => ({ ...word(...tokens), not: true });

test.each<[string, readonly Term[]]>([
  ["hello", [word("hello")]],
  ["  Hello   wörld ", [word("hello"), word("world")]],
  ["dep*", [begins("dep")]],
  ['"on friday"', [word("on", "friday")]],
  ['"on fri"*', [begins("on", "fri")]],
  ['"on friday', [word("on", "friday")]],
  ["“on friday” «ok»", [word("on", "friday"), word("ok")]],
  ['"on friday"ok', [word("on", "friday"), word("ok")]],
  ['5" disk"', [word("5"), word("disk")]],
  ["a -b", [word("a"), not("b")]],
  ['a -"b c" -d*', [word("a"), not("b", "c"), { tokens: ["d"], prefix: true, not: true }]],
  ["e-mail", [word("e", "mail")]],
  ["--help", [word("help")]],
  ["**bold** a.*", [word("bold"), word("a")]],
  ["- a 👍 !!!", [word("a")]],
  ["北京 한국", [word("北", "京"), word("한", "국")]],
  ["أَحْمَد", [word("احمد")]],
  ["https://example.org/x?y=z", [word("https", "example", "org", "x", "y", "z")]],
  ["foo:bar note:", [word("foo", "bar"), word("note")]],
  ['"from:alice"', [word("from", "alice")]],
  ["constructor __proto__:x", [word("constructor"), word("proto", "x")]],
])("%s", (text, words) => {
  expect(parse(text)).toEqual({ ok: true, value: { words, has: [] } });
});

const minute = 60_000;
const day = 1_440 * minute;
/** 2026-11-22. */
const thatDay = 20_779 * day;

test.each([
  ["from:Alice", { from: "alice" }],
  ["From:@سارة", { from: "سارة" }],
  ["from:me", { from: "me" }],
  ["in:#dev", { in: { kind: "room", key: "dev" } }],
  ["in:everyone", { in: { kind: "everyone" } }],
  ["in:@bob~1", { in: { kind: "private", key: "bob", holder: 1 } }],
  ["has:link has:FILE has:link", { has: ["link", "file"] }],
  ["mentions:me", { mentions: "me" }],
  ["mentions:@Bob", { mentions: "bob" }],
  ["before:2026-11-22", { beforeAt: thatDay }],
  ["after:2026-11-22", { afterAt: thatDay }],
  ["after:٢٠٢٦-١١-٢٢", { afterAt: thatDay }],
  ["after:2026-11", { afterAt: thatDay - 21 * day }],
  ["after:2026", { afterAt: thatDay - 325 * day }],
  ["after:2026-11-22T10:00", { afterAt: thatDay + 600 * minute }],
  ["after:2026-11-22t10:00:01.5z", { afterAt: thatDay + 600 * minute + 1_500 }],
  ["after:2026-11-22T10:00+01:00", { afterAt: thatDay + 540 * minute }],
  ["after:2026-11-22T10:00-05:30", { afterAt: thatDay + 930 * minute }],
  ["after:1795357825123", { afterAt: 1_795_357_825_123 }],
  ["after:2024-02-29", { afterAt: 19_782 * day }],
  ["after:1970-01-01", { afterAt: 0 }],
  ["after:0000-01-01", { afterAt: -719_528 * day }],
])("%s", (text, filters) => {
  expect(parse(text)).toEqual({ ok: true, value: { words: [], has: [], ...filters } });
});

test("everything at once", () => {
  expect(parse('from:alice "on friday" -beer in:#dev after:2026-11-01 before:2026-11-22 has:link')).toEqual({
    ok: true,
    value: {
      words: [word("on", "friday"), not("beer")],
      from: "alice",
      in: { kind: "room", key: "dev" },
      afterAt: thatDay - 21 * day,
      beforeAt: thatDay,
      has: ["link"],
    },
  });
});

test.each([
  ["", "search for at least one word"],
  ["   ", "search for at least one word"],
  ["👍 !", "search for at least one word"],
  ["-beer", "search for at least one word"],
  ["from:", "from: needs a value right behind the colon; for example from:alice"],
  ["from: alice", "from: needs a value right behind the colon; for example from:alice"],
  ["from:everyone", "from:everyone is nobody's name: the name everyone is reserved; for example from:alice"],
  ["in:#", "in:# is no conversation: a name is needed; for example in:#dev, in:@bob or in:everyone"],
  ["has:video", "has:video is nothing that can be searched for; for example has:link or has:file"],
  ["before:yesterday", "before:yesterday is no date; for example before:2026-11-22"],
  ["before:2026-02-30", "before:2026-02-30 is no date; for example before:2026-11-22"],
  ["from:alice from:bob", "from:bob stands there twice; for example from:alice"],
  ["x -from:alice", "from: can't be turned around with -; only words can"],
  ["x".repeat(257), "a search has at most 256 characters"],
  ["a ".repeat(17), "a search has at most 16 words"],
])("%s is refused, and told why", (text, reason) => {
  expect(parse(text)).toEqual({ ok: false, fault: reason });
});

test.each([
  ...[
    "2026-2-3",
    "2026-00-01",
    "2026-13-01",
    "2026-11-00",
    "2026-11-31",
    "2025-02-29",
    "1900-02-29",
    "20261122",
  ],
  ...[
    "2026-11-22T",
    "2026-11-22T24:00",
    "2026-11-22T10:60",
    "2026-11-22T10",
    "2026-11-22T10:00+24:00",
    "22.11.2026",
  ],
  ...["9999999999999999", "12345", "-1", "1e12", "0x10", "now"],
])("after:%s is no date", (text) => {
  expect(parse(`after:${text}`)).toMatchObject({ ok: false });
});

test("256 letters of any size and 16 words may be", () => {
  expect(parse("\u{20000}".repeat(256)).ok).toBe(true);
  expect(parse(`${"a ".repeat(16)}from:alice in:#dev`).ok).toBe(true);
});

test("every day is the one after the day before, as the calendar has it", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("0000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
      (date) => {
        const iso = date.toISOString();
        expect(parse(`after:${iso}`)).toMatchObject({ value: { afterAt: date.getTime() } });
        expect(parse(`after:${iso.slice(0, 10)}`)).toMatchObject({
          value: { afterAt: new Date(iso.slice(0, 10)).getTime() },
        });
      },
    ),
    { numRuns: 3_000 },
  );
});

test("any text gives a query or a reason, and its terms are folded", () => {
  const typed = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        "from:",
        "in:",
        "has:",
        "before:",
        "after:",
        "mentions:",
        "-",
        '"',
        "*",
        " ",
        "#",
        "@",
        "~",
      ),
      fc.constantFrom("2026-11-22", "T10:00", "link", "me", "everyone", "ſ", "أ", "中", "👍", "\u0301", "a"),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
  });
  fc.assert(
    fc.property(fc.oneof(typed, fc.string({ unit: "binary", maxLength: 300 })), (text) => {
      const parsed = parse(text);
      if (!parsed.ok) {
        expect(parsed.fault).not.toBe("");
        expect(parsed.fault.length).toBeLessThan(250);
        return;
      }
      for (const { tokens } of parsed.value.words) {
        expect(tokens.length).toBeGreaterThan(0);
        expect(searchTokens(tokens.join(" "))).toEqual(tokens);
      }
    }),
    { numRuns: 5_000 },
  );
});
