// What the events dialect writes by hand, since there is so much of it, is what JSON.stringify would write.

import fc from "fast-check";
import { expect, test } from "vitest";
import { entryPush } from "../src/dialects/entries.js";
import type { ConnectionId, Seq, UserId, WallMillis } from "../src/index.js";
import { events } from "../src/index.js";

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const conversation = fc.constantFrom("everyone", "#dev", "@سارة", "@bob~1");
const place = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const id = fc.oneof(fc.maxSafeInteger(), fc.string({ unit: "binary" }));
const nonce = fc.string({ minLength: 16, maxLength: 64 });
const yes = fc.constant(true as const);

test("an ack", () => {
  const payload = fc.record({
    conversation: maybe(fc.string({ unit: "binary" })),
    seq: maybe(place),
    at: place,
    nonce: maybe(nonce),
    duplicate: maybe(yes),
    unchanged: maybe(yes),
    recipient: maybe(fc.constantFrom("here" as const, "away" as const)),
  });
  const told = payload.map((drawn) =>
    Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined)),
  );
  fc.assert(
    fc.property(maybe(id), told, (id, given) => {
      const payload = given as { at: number };
      expect(events.encode({ type: "ack", id, payload })).toBe(JSON.stringify({ type: "ack", id, payload }));
    }),
    { numRuns: 1_000 },
  );
});

test("a message", () => {
  const entry = fc.record({
    seq: place as fc.Arbitrary<number> as fc.Arbitrary<Seq>,
    at: fc.integer({ min: 0, max: 8e15 }) as fc.Arbitrary<number> as fc.Arbitrary<WallMillis>,
    from: fc.constantFrom("alice", "سارة", "o'neil"),
    message: fc.string({ unit: "binary" }),
    replyTo: maybe(place),
    thread: maybe(place),
    mentions: maybe(fc.array(fc.constantFrom("bob", "everyone"))),
    version: maybe(place),
    deleted: maybe(yes),
  });
  fc.assert(
    fc.property(
      entry,
      conversation,
      maybe(fc.constant("bob")),
      maybe(nonce),
      (drawn, conversation, to, nonce) => {
        const there = Object.entries(drawn).filter(([, value]) => value !== undefined);
        const entry = {
          type: "message" as const,
          author: 1 as UserId,
          origin: 7 as ConnectionId,
          ...(Object.fromEntries(there) as Pick<typeof drawn, "seq" | "at" | "from" | "message">),
        };
        const line = { conversation, to, entry };
        expect(events.encode({ type: "entry", line, nonce })).toBe(JSON.stringify(entryPush(line, nonce)));
      },
    ),
    { numRuns: 1_000 },
  );
});
