// The simple dialect, beside its lines: what it reads, and what the server itself says in it.

import { expect, test } from "vitest";
import { toldLimits } from "../src/dialects/dialect.js";
import { helpFor } from "../src/dialects/help.js";
import type { WallMillis } from "../src/index.js";
import { defaultLimits, events, simple } from "../src/index.js";

const everyone = { kind: "everyone" };

test.each([
  ['{"message":"hi"}', everyone],
  ['{"message":"hi","target":""}', everyone],
  ['{"message":"hi","target":null}', everyone],
  ['{"message":"hi","target":"everyone"}', everyone],
  ['{"message":"hi","target":"Bob"}', { kind: "private", key: "bob" }],
  ['{"message":"hi","target":"@bob"}', { kind: "private", key: "bob" }],
  ['{"message":"hi","target":"bob~2"}', { kind: "private", key: "bob", holder: 2 }],
  ['{"message":"hi","target":"#Dev"}', { kind: "room", key: "dev" }],
])("%s is for whom it says", (frame, to) => {
  expect(simple.decode(frame, defaultLimits)).toEqual({
    ok: true,
    value: {
      id: undefined,
      cost: 2,
      command: { type: "act", to, act: { type: "message", message: "hi" }, nonce: undefined },
    },
  });
});

test.each([
  ['{"target":"bob","id":5}', 5, "malformed", "message is missing: a string"],
  ['{"message":7}', undefined, "malformed", "message is a number, not a string"],
  ['{"message":"hi","target":4}', undefined, "malformed", "target is a number, not a string"],
  ['{"message":"hi","target":"a b"}', undefined, "bad_name", /^target: a name has only letters/],
  ['{"message":"hi","target":"#"}', undefined, "bad_name", "target: a name is needed"],
  ['{"message":"hi","target":"all"}', undefined, "bad_name", "target: the name all is reserved"],
  ['{"message":" "}', undefined, "empty_message", /empty/],
  [
    '{"message":"hi","nonce":"short"}',
    undefined,
    "malformed",
    "nonce is not 16 to 64 visible ASCII characters",
  ],
  ['{"message":"hi","id":[]}', undefined, "malformed", "id is neither a string nor an integer"],
])("%s is refused in words", (frame, id, code, message) => {
  const decoded = simple.decode(frame, defaultLimits);
  if (decoded.ok) expect.fail("it was read");
  expect(decoded.fault).toMatchObject({ id, code, detail: { example: expect.stringContaining("target") } });
  expect(decoded.fault.detail.message).toMatch(message);
});

test("frames of one dialect are told where they are spoken", () => {
  const decoded = simple.decode('{"type":"send_message","id":1,"payload":{"message":"hi"}}', defaultLimits);
  expect(decoded).toMatchObject({
    fault: { id: 1, detail: { hint: expect.stringContaining("/ws speaks") } },
  });
  const other = events.decode('{"message":"hi","target":"","id":1}', defaultLimits);
  expect(other).toMatchObject({ fault: { id: 1, detail: { hint: expect.stringContaining("/v1/ws") } } });
});

const at = 1795357825123 as WallMillis;

test("help is one line that teaches the frames of this dialect", () => {
  const payload = {
    commands: helpFor({ state: "greeting" }),
    auth: "open" as const,
    limits: toldLimits(defaultLimits),
  };
  const line = JSON.parse(simple.encode({ type: "help", payload, at }) ?? "") as { message: string };
  expect(line).toMatchObject({ from: "server", target: "", at, sent: "14:30:25", note: "help" });
  const taught = line.message.match(/\{[^}]*\}/g) ?? [];
  const read = taught.map((frame) => simple.decode(frame, defaultLimits)).filter(({ ok }) => ok);
  expect(read).toHaveLength(3);
  expect(line.message).toContain('{"message":"hi","target":"#dev"}');
});

test("an invitation is a line of the server", () => {
  expect(simple.encode({ type: "invited", payload: { conversation: "#dev", from: "alice" } })).toBe(
    '{"from":"server","message":"alice invites you to #dev","target":"","note":"invited"}',
  );
});

test("a restart is a line of the server", () => {
  expect(simple.encode({ type: "reconnect", payload: { after_ms: 1000 } })).toBe(
    '{"from":"server","message":"the server restarts: please connect again","target":"","note":"reconnect"}',
  );
});

test("an answer carries its id first", () => {
  expect(simple.encode({ type: "ack", id: 1, payload: { conversation: "everyone", seq: 4, at } })).toBe(
    '{"ack":{"id":1,"conversation":"everyone","seq":4,"at":1795357825123}}',
  );
});

test("what it has no word for is not said", () => {
  expect(simple.encode({ type: "presence", payload: { count: 2 } })).toBeUndefined();
  expect(
    simple.encode({ type: "typing", payload: { conversation: "@bob", username: "bob", on: true } }),
  ).toBeUndefined();
  expect(simple.encode({ type: "ping", payload: { at } })).toBeUndefined();
});
