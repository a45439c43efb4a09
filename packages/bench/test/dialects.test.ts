// What a peer's clients say must be what its server delivers: the message where the hopper looks for it.
import { expect, test } from "vitest";
import type { Dialect } from "../src/load/dialects.js";
import { dialects } from "../src/load/dialects.js";

const events: Dialect = dialects.events;
const socketIo: Dialect = dialects.socketIo;
const nats: Dialect = dialects.nats;
const post = { from: "b00001", message: "~1000 hi" };

test("ours and the plain loop's: JSON with the type first", () => {
  expect(events.post(post)).toBe('{"type":"send_message","payload":{"message":"~1000 hi"}}');
  expect(events.post({ ...post, id: 3 })).toBe(
    '{"type":"send_message","id":3,"payload":{"message":"~1000 hi"}}',
  );
  expect(events.privately({ ...post, to: "b00002" })).toBe(
    '{"type":"private_message","payload":{"message":"~1000 hi","to":"b00002"}}',
  );
});

test("Socket.IO's: a packet of type 42, with the ack's id before the name", () => {
  expect(socketIo.post(post)).toBe('42["send_message",{"message":"~1000 hi"}]');
  expect(socketIo.post({ ...post, id: 3 })).toBe('423["send_message",{"message":"~1000 hi"}]');
  expect(socketIo.privately({ ...post, to: "b00002" })).toBe(
    '42["private_message",{"message":"~1000 hi","to":"b00002"}]',
  );
});

test("NATS's: the finished frame, with its length in bytes before it, to a subject of the pair in private", () => {
  const [, subject, length, payload = ""] =
    /^PUB (\S+) (\d+)\r\n(.*)\r\n$/.exec(nats.post({ ...post, message: "~1000 é" })) ?? [];
  expect([subject, Number(length)]).toEqual(["everyone", Buffer.byteLength(payload)]);
  expect(payload.startsWith(`${nats.delivered}~1000 é"`)).toBe(true);
  expect(nats.privately({ ...post, to: "b00000" })).toMatch(/^PUB pair\.b00000\.b00001 /);
  expect(nats.entering?.says("b00000", "b00001")).toContain("SUB pair.b00000.b00001 1\r\n");
  expect(nats.entering?.says("b00001", "b00000")).toContain("SUB pair.b00000.b00001 1\r\n");
  expect(nats.entering?.says("b00001", undefined)).toContain("SUB everyone 1\r\n");
});

test("NATS is sent a frame as long as what ours delivers", () => {
  const line = {
    message: post.message,
    from: post.from,
    sent: "14:30:25",
    conversation: "everyone",
    seq: 123456,
  };
  const ours = JSON.stringify({ type: "new_message", payload: { ...line, at: 1795357825123 } });
  expect(nats.post(post)).toContain(`\r\n${ours.replace("123456", "100000")}\r\n`);
});
