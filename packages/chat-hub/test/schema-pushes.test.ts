// What the encoders write is valid, and the schema names every field of it.

import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toldLimits } from "../src/dialects/dialect.js";
import { logRow, standingPayload } from "../src/dialects/entries.js";
import { helpFor } from "../src/dialects/help.js";
import type { ConnectionId, Entry, RefusalCode, Seq, UserId, WallMillis } from "../src/index.js";
import { defaultLimits, errorPayload, events, jsonSchema, refusals, simple } from "../src/index.js";

/** The same schema with no field but those it names. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const each = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return "properties" in schema && "type" in schema ? { ...each, additionalProperties: false } : each;
}

const ajv = new Ajv2020({ strict: true, strictTypes: false });
ajv.addSchema(closed(jsonSchema()) as object, "chat");

function expectValid(definition: string, frame: string | undefined): void {
  const validate = ajv.getSchema(`chat#/$defs/${definition}`);
  if (validate === undefined) throw new Error(`no definition ${definition}`);
  if (!validate(JSON.parse(frame ?? ""))) expect.fail(`${frame} ${ajv.errorsText(validate.errors)}`);
}

const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }));
const seq = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).map((value) => value as Seq);
const at = fc.integer({ min: 0, max: 4_102_444_800_000 }).map((value) => value as WallMillis);
const written = {
  seq,
  at,
  author: fc.constant(1 as UserId),
  from: fc.constantFrom("alice", "سارة"),
  origin: fc.constant(7 as ConnectionId),
};
const about = { who: fc.constant(2 as UserId), username: fc.constantFrom("bob", "José") };
const someNames = fc.array(fc.constantFrom("bob", "everyone"), { maxLength: 3 });
const role = fc.constantFrom("member", "moderator", "owner");
const optionally = { requiredKeys: ["type", "message", ...Object.keys(written)] } as const;

const message = fc.record(
  {
    type: fc.constant("message"),
    message: text,
    ...written,
    replyTo: seq,
    thread: seq,
    mentions: someNames,
    version: fc.integer({ min: 2, max: 9 }),
    edited: at,
    deleted: fc.constant(true),
  },
  optionally as never,
);
const entries = fc.oneof(
  message,
  fc.record({ type: fc.constant("edit"), ...written, target: seq, message: text, version: fc.constant(2) }),
  fc.record({ type: fc.constant("deletion"), ...written, target: seq }),
  fc.record({
    type: fc.constant("reaction"),
    ...written,
    target: seq,
    emoji: fc.constant("👍"),
    on: fc.boolean(),
  }),
  fc.record({ type: fc.constant("pin"), ...written, target: seq, on: fc.boolean() }),
  fc.record({ type: fc.constant("join"), ...written, role }),
  fc.record({ type: fc.constant("invite"), ...written, ...about }),
  fc.record({
    type: fc.constant("leave"),
    ...written,
    ...about,
    why: fc.constantFrom("left", "kicked", "gone"),
  }),
  fc.record({ type: fc.constant("role"), ...written, ...about, role }),
  fc.record({ type: fc.constant("ban"), ...written, ...about, on: fc.boolean() }),
  fc.record({ type: fc.constant("update"), ...written, topic: text }),
  fc.record({ type: fc.constant("update"), ...written, history: fc.constantFrom("all", "since_join") }),
  fc.record({ type: fc.constant("update"), ...written, archived: fc.boolean() }),
) as fc.Arbitrary<Entry>;
const lines = fc.record({
  conversation: fc.constantFrom("everyone", "@bob", "#dev", "@سارة~2"),
  to: fc.constantFrom(undefined, "bob", "سارة"),
  entry: entries,
});
const nonces = fc.constantFrom(undefined, "0123456789abcdef");

describe("by chance", () => {
  test("every entry, pushed and in a page, and its line", () => {
    fc.assert(
      fc.property(lines, nonces, (line, nonce) => {
        const frame = events.encode({ type: "entry", line, nonce });
        expectValid("push", frame);
        expect(JSON.parse(frame ?? "")).toEqual(JSON.parse(JSON.stringify(logRow(line, nonce))));
        const inWords = simple.encode({ type: "entry", line, nonce });
        if (inWords !== undefined) expectValid("simple.line", inWords);
      }),
      { numRuns: 2_000 },
    );
  });

  test("every message of a page", () => {
    fc.assert(
      fc.property(message, fc.boolean(), (entry, mine) => {
        const standing = {
          ...(entry as object),
          replies: 2,
          pinned: true,
          reactions: [{ emoji: "👍", count: 2, mine }],
        };
        const line = { conversation: "#dev", to: undefined, entry: standing as never };
        const payload = {
          conversation: "#dev",
          messages: [standingPayload(line)],
          first: 1,
          head: 9,
          more: false,
        };
        expectValid("push.history", events.encode({ type: "history", id: 1, payload }));
      }),
    );
  });
});

test.each(Object.keys(refusals) as RefusalCode[])("the refusal %s, in both dialects", (code) => {
  const detail = { retryAfterMs: 200, refused: 3 };
  expectValid("push.error", events.encode({ type: "error", id: "a", payload: errorPayload(code, detail) }));
  const payload = errorPayload(code, detail, "simple");
  expectValid("simple.error", simple.encode({ type: "error", id: 1, payload }));
});

test("help and the limits, with rates and without", () => {
  for (const limits of [defaultLimits, { ...defaultLimits, rates: undefined }]) {
    const payload = {
      commands: helpFor({ state: "here", kept: false, rooms: new Map() }),
      auth: "password" as const,
      registration: "invite" as const,
      limits: toldLimits(limits),
    };
    expectValid("push.help", events.encode({ type: "help", id: 1, payload, at: 0 as WallMillis }));
    expectValid("simple.server_line", simple.encode({ type: "help", payload, at: 0 as WallMillis }));
  }
});

test("what else the simple dialect says", () => {
  const ack = { conversation: "@bob", seq: 7, at: 1, recipient: "away" } as const;
  expectValid("simple.ack", simple.encode({ type: "ack", id: 1, payload: ack }));
  const resumed = { epoch: "c0de", replayed: 3, ignored: ["#ops"] };
  expectValid("simple.resumed", simple.encode({ type: "resumed", payload: resumed }));
  const invited = { conversation: "#dev", from: "alice" };
  expectValid("simple.server_line", simple.encode({ type: "invited", payload: invited }));
  expectValid("simple.server_line", simple.encode({ type: "reconnect", payload: { after_ms: 9 } }));
});
