// `since`: where a client says it has got to.

import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultLimits, parseSince } from "../src/index.js";

const parse = (text: string, bytes = 4_096) => parseSince(text, bytes, defaultLimits);
const after = (seq: number) => ({ kind: "after", seq });
const last = (count: number) => ({ kind: "last", count });

test.each([
  ["unread", [], "unread"],
  ["everyone:41", [["everyone", after(41)]], "unread"],
  ["everyone:0", [["everyone", after(0)]], "unread"],
  ["everyone:-20", [["everyone", last(20)]], "unread"],
  [
    "everyone:41,@bob:7,dev:3",
    [
      ["everyone", after(41)],
      ["@bob", after(7)],
      ["dev", after(3)],
    ],
    "unread",
  ],
  ["@bob~1:7", [["@bob~1", after(7)]], "unread"],
  ["@سارة:-1,*:0", [["@سارة", last(1)]], "all"],
  ["*:head", [], "head"],
  ["*:unread,everyone:5", [["everyone", after(5)]], "unread"],
])("%s", (text, cursors, others) => {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(parsed.fault);
  expect(parsed.value.cursors.map((cursor) => [cursor.text, cursor.from])).toEqual(cursors);
  expect(parsed.value.others).toBe(others);
});

test.each([
  ["", '"" is not conversation:seq'],
  ["everyone", '"everyone" is not conversation:seq'],
  [":5", '":5" is not conversation:seq'],
  ["everyone:", '"everyone:": after the colon comes a seq, or -n for the last n'],
  ["everyone:x", '"everyone:x": after the colon comes a seq, or -n for the last n'],
  ["everyone:1.5", '"everyone:1.5": after the colon comes a seq, or -n for the last n'],
  ["everyone:+1", '"everyone:+1": after the colon comes a seq, or -n for the last n'],
  ["everyone:1e3", '"everyone:1e3": after the colon comes a seq, or -n for the last n'],
  [
    "everyone:9999999999999999",
    '"everyone:9999999999999999": after the colon comes a seq, or -n for the last n',
  ],
  ["everyone:1,", '"" is not conversation:seq'],
  ["everyone:1 ,@bob:2", '"everyone:1 ": after the colon comes a seq, or -n for the last n'],
  ["everyone:1,everyone:2", '"everyone" stands there twice'],
  ["dev:1,#Dev:2", '"#Dev" stands there twice'],
  ["@bob:1,@BOB:2", '"@BOB" stands there twice'],
  ["*:0,*:head", "*: stands there twice"],
  ["*:5", '"*:5": after *: comes unread, 0 or head'],
  ["*:constructor", '"*:constructor": after *: comes unread, 0 or head'],
  ["@:5", '"@:5": a name is needed'],
  ["unread,everyone:5", '"unread" is not conversation:seq'],
])("%j is refused: %s", (text, why) => {
  expect(parse(text)).toEqual({ ok: false, fault: why });
});

test("it is measured in bytes: as many as may be are read, one more is not", () => {
  const list = `@${"س".repeat(20)}:1,everyone:${"0".repeat(10)}`;
  const bytes = Buffer.byteLength(list);
  expect(parse(list, bytes).ok).toBe(true);
  expect(parse(list, bytes - 1)).toEqual({ ok: false, fault: `since has at most ${bytes - 1} bytes here` });
});

test("any text is read or refused", () => {
  const part = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("everyone:1", "*:0", "@bob:-3", ":", ",", "@", "~"),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const parsed = parse(parts.join(","));
      if (!parsed.ok) expect(parsed.fault).toMatch(/\S/);
    }),
    { numRuns: 500 },
  );
});

test("what is written down is what is read", () => {
  const places = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom("everyone", "@bob", "@bob~1", "@bob~12", "dev", "@سارة", "ops.2"),
      from: fc.oneof(
        fc.integer({ min: 0, max: 999_999_999_999_999 }).map(after),
        fc.integer({ min: 1, max: 999_999_999_999_999 }).map(last),
      ),
    }),
    { selector: ({ name }) => name, minLength: 1 },
  );
  const words = { unread: "unread", all: "0", head: "head" } as const;
  const others = fc.constantFrom("unread", "all", "head");
  fc.assert(
    fc.property(places, others, fc.nat(7), (cursors, rest, where) => {
      const parts = cursors.map(({ name, from }) => `${name}:${"seq" in from ? from.seq : -from.count}`);
      const parsed = parse(parts.toSpliced(where, 0, `*:${words[rest]}`).join(","));
      if (!parsed.ok) expect.fail(parsed.fault);
      expect(parsed.value.cursors.map(({ text: name, from }) => ({ name, from }))).toEqual(cursors);
      expect(parsed.value.others).toBe(rest);
    }),
    { numRuns: 500 },
  );
});
