// The codecs: total, exact, and as quick with nonsense as with sense.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messagePayload } from "../src/dialects/entries.js";
import { defaultLimits, events, simple } from "../src/index.js";
import type { ConnectionId, Seq, UserId, WallMillis } from "../src/words/ids.js";
import type { MessageEntry } from "../src/words/log.js";

const types = [
  "login",
  "send_message",
  "private_message",
  "history",
  "log",
  "conversations",
  "users",
  "read",
];
const fields = [
  "username",
  "message",
  "to",
  "target",
  "conversation",
  "seq",
  "limit",
  "after",
  "nonce",
  "since",
];
const odd = fc.constantFrom(
  "",
  "__proto__",
  "constructor",
  "\u0000",
  "\ud800",
  "everyone",
  "@bob",
  "@~1",
  -1,
  2 ** 53,
);
const value = fc.oneof(odd, fc.jsonValue({ maxDepth: 10 }), fc.string({ unit: "binary" }));
const payload = fc.dictionary(fc.constantFrom(...fields, "__proto__"), value);
const frames = fc.oneof(
  fc.string({ unit: "binary", maxLength: 500 }),
  fc.json({ maxDepth: 12 }),
  payload.map((it) => JSON.stringify(it)),
  fc
    .record({
      type: fc.oneof(fc.constantFrom(...types), value),
      id: value,
      payload: fc.oneof(payload, value),
    })
    .map((it) => JSON.stringify(it)),
);

describe.each([events, simple])("$name", (dialect) => {
  test("any text is a command, or a reason why not, with a message for people", () => {
    fc.assert(
      fc.property(frames, (frame) => {
        const decoded = dialect.decode(frame, defaultLimits);
        if (decoded.ok) expect(decoded.value.command.type).toMatch(/^[a-z]+$/);
        else expect(decoded.fault.code).toMatch(/^[a-z_]+$/);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    ["quotes that are escaped and never closed", `"${'\\"'.repeat(32_000)}`],
    ["brackets", "[".repeat(64_000)],
    ["slashes", "/".repeat(64_000)],
    ["objects in objects", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
    ["a number without end", "1".repeat(64_000)],
    ["white space", " ".repeat(64_000)],
  ])("a frame as long as may be of %s is refused in no time", (_what, frame) => {
    const start = performance.now();
    for (let n = 0; n < 10; n += 1) expect(dialect.decode(frame, defaultLimits).ok).toBe(false);
    expect((performance.now() - start) / 10).toBeLessThan(30);
  });
});

const entries = fc
  .record({
    seq: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    at: fc.integer({ min: 0, max: 4_102_444_800_000 }),
    from: fc.constantFrom("alice", "سارة", "José", "a_b.c-d"),
    message: fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.constantFrom('"\\\n\u2028\u2029</script>', "😀"),
    ),
    replyTo: fc.option(fc.nat(), { nil: undefined }),
  })
  .map(
    ({ seq, at, from, message, replyTo }): MessageEntry => ({
      type: "message",
      seq: seq as Seq,
      at: at as WallMillis,
      author: 1 as UserId,
      from,
      message,
      origin: 7 as ConnectionId,
      ...(replyTo === undefined ? {} : { replyTo: replyTo as Seq, thread: 1 as Seq }),
    }),
  );
const lines = fc.record({
  conversation: fc.constantFrom("everyone", "@bob", "@سارة~2"),
  to: fc.constantFrom(undefined, "bob", "سارة"),
  entry: entries,
});

describe("a line that is written by hand", () => {
  test("is, in the events dialect, what JSON would write, byte by byte", () => {
    const nonces = fc.constantFrom(undefined, '0192-"\\-visible-ascii');
    fc.assert(
      fc.property(lines, nonces, (line, nonce) => {
        expect(events.encode({ type: "entry", line, nonce })).toBe(
          JSON.stringify({ type: "new_message", payload: messagePayload(line, nonce) }),
        );
      }),
    );
  });

  test("is, in the simple dialect, what JSON would write, byte by byte", () => {
    fc.assert(
      fc.property(lines, (line) => {
        const { from, message, seq, at, replyTo: reply_to } = line.entry;
        const sent = new Date(at).toISOString().slice(11, 19);
        const { to: target = "", conversation } = line;
        expect(simple.encode({ type: "entry", line })).toBe(
          JSON.stringify({ from, message, target, conversation, seq, at, sent, reply_to }),
        );
      }),
    );
  });
});
