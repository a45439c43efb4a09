// Bytes that are no good WebSocket (FAULTS 20, 21): closed with the code of RFC 6455, and all others
// don't notice.

import { describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.js";
import { openHouse } from "../support/house.js";
import { dial, dialWebSocket, frame, upgradeTo } from "../support/raw-socket.js";

const [text, binary, close, ping, pong, more] = [1, 2, 8, 9, 10, 0];
const hi = '{"message":"hi"}';

/** A close frame with a code. */
const goodbye = (code: number, reason: string | Buffer = ""): Buffer =>
  frame(Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]), { opcode: close });

describe.each(["/v1/ws?username=mallory", "/ws?username=mallory", "/ws"])("on %s", (path) => {
  test.each<[what: string, code: number, ...bytes: Buffer[]]>([
    ["RSV1", 1002, frame(hi, { rsv: 4 })],
    ["RSV2", 1002, frame(hi, { rsv: 2 })],
    ["RSV3", 1002, frame(hi, { rsv: 1 })],
    ["opcode 3", 1002, frame(hi, { opcode: 3 })],
    ["opcode 15", 1002, frame(hi, { opcode: 15 })],
    ["a frame without a mask", 1002, frame(hi, { masked: false })],
    ["a ping of 126 bytes", 1002, frame("x".repeat(126), { opcode: ping })],
    ["a ping in pieces", 1002, frame("x", { opcode: ping, fin: false })],
    ["a close frame of one byte", 1002, frame("x", { opcode: close })],
    ["a goodbye with the code 1005", 1002, goodbye(1005)],
    ["a goodbye with the code 999", 1002, goodbye(999)],
    ["a goodbye whose reason is no UTF-8", 1007, goodbye(1000, Buffer.from([0xc3, 0x28]))],
    ["a continuation of nothing", 1002, frame(hi, { opcode: more })],
    ["a new frame inside another", 1002, frame("{", { fin: false }), frame("}", { opcode: text })],
    [
      "a length of more than 63 bits",
      1009,
      Buffer.from([0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    ],
    ["text that is no UTF-8", 1007, frame(Buffer.from([0x22, 0xff, 0xfe, 0x22]))],
    ["an overlong slash", 1007, frame(Buffer.from([0x22, 0xc0, 0xaf, 0x22]))],
    ["a surrogate in UTF-8", 1007, frame(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]))],
    [
      "text that is no UTF-8, over two pieces",
      1007,
      frame(Buffer.from([0x22, 0xd8]), { fin: false }),
      frame(Buffer.from([0x22]), { opcode: more }),
    ],
    ["64 KiB + 1", 1009, frame("x".repeat(65_537))],
    ["the head alone of 1 GiB", 1009, frame("", { length: 2 ** 30 })],
    [
      "64 KiB + 1 over two pieces",
      1009,
      frame("x".repeat(65_536), { fin: false }),
      frame("x", { opcode: more }),
    ],
    ["a binary frame of 64 KiB + 1", 1009, frame("x".repeat(65_537), { opcode: binary })],
    [
      "16,000 pieces of one byte",
      1008,
      frame("{", { fin: false }),
      Buffer.concat(Array.from({ length: 15_999 }, () => frame("x", { opcode: more, fin: false }))),
    ],
  ])("%s ends with %i, and the server goes on", async (_what, code, ...bytes) => {
    const house = await openHouse();
    const alice = await house.events("alice");
    const mallory = await dialWebSocket(house.port, path);
    mallory.writes(...bytes);
    expect(await mallory.closeCode()).toBe(code);
    alice.says('{"type":"send_message","id":1,"payload":{"message":"hi"}}');
    await alice.hears({ type: "ack", id: 1 });
  });
});

test.each([
  ["at once", (bytes: Buffer) => [bytes]],
  ["byte by byte", (bytes: Buffer) => Array.from(bytes, (_, index) => bytes.subarray(index, index + 1))],
])(
  "good frames that come %s are obeyed the same: in pieces, with a ping among them, and as long as may be",
  async (_how, cut) => {
    const house = await openHouse();
    const bob = await house.simple("bob");
    const alice = await dialWebSocket(house.port, "/v1/ws?username=alice");
    const long = "x".repeat(1_000);
    const bytes = Buffer.concat([
      frame('{"mess', { fin: false }),
      frame("are you there?", { opcode: ping }),
      frame('age":"\u0633', { opcode: more, fin: false }),
      frame("", { opcode: more, fin: false }),
      frame('\u0644"}', { opcode: more }),
      frame(`{"message":"${long}"}`),
    ]);
    for (const part of cut(bytes)) alice.writes(part);
    const answer = await alice.frame();
    expect({ opcode: answer?.opcode, text: answer?.payload.toString() }).toEqual({
      opcode: pong,
      text: "are you there?",
    });
    await bob.hears({ message: "سل" }, { message: long });
  },
);

test("a frame of exactly 64 KiB and one of 256 pieces are read", async () => {
  const house = await openHouse();
  const bob = await house.simple("bob");
  const alice = await dialWebSocket(house.port, "/v1/ws?username=alice");
  const [before, after] = ['{"message":"long","more":"', '"}'];
  alice.writes(frame(before + "x".repeat(65_536 - before.length - after.length) + after));
  const pieces = [...'{"message":"pieces"}'.padEnd(256)];
  alice.writes(
    ...pieces.map((char, index) => frame(char, { opcode: index === 0 ? text : more, fin: index === 255 })),
  );
  await bob.hears({ message: "long" }, { message: "pieces" });
});

test("compression is not agreed to, whatever is offered", async () => {
  const house = await openHouse();
  const client = await dial(house.port);
  client.writes(
    upgradeTo("/ws?username=alice", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"),
  );
  const head = await client.head();
  expect(head).toMatch(/^HTTP\/1\.1 101 /);
  expect(head.toLowerCase()).not.toContain("extensions");
});

test("a flood of pings whose pongs nobody takes is cut off, not kept in the heap", async () => {
  const house = await openHouse();
  const alice = await house.events("alice");
  const mallory = await dialWebSocket(house.port, "/ws?username=mallory");
  mallory.stopsReading();
  const pings = Buffer.concat(Array.from({ length: 2_000 }, () => frame("x".repeat(125), { opcode: ping })));
  const flooding = setInterval(() => mallory.unsent < 8_000_000 && mallory.writes(pings), 1);
  await mallory.untilEnd();
  clearInterval(flooding);
  alice.says('{"type":"ping","id":1}');
  await alice.hears({ type: "ping", id: 1 });
});

test("half a handshake, half a frame and half a goodbye leave nothing behind", async () => {
  const house = await openHouse({ limits: { loginMs: 100, graceMs: 1, presenceMs: 1 } });
  const alice = await house.events("alice");
  for (const bytes of [frame(hi).subarray(0, 7), goodbye(1000).subarray(0, 3), Buffer.alloc(0)]) {
    const mallory = await dialWebSocket(house.port, "/ws?username=mallory");
    mallory.writes(bytes);
    mallory.breaks();
    await eventually(async () => {
      alice.says('{"type":"users","id":1}');
      return (await alice.heardSoFar()).at(-1);
    }).toMatchObject({ type: "users", payload: { count: 1 } });
  }
});
