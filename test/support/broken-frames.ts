// Bytes that are no good WebSocket, each with the code that RFC 6455 has for it.

import { frame } from "./raw-frames.ts";

const [text, binary, close, ping, more] = [1, 2, 8, 9, 0];
const hi = '{"message":"hi"}';

/** A close frame with a code. */
export function goodbye(code: number, reason: string | Buffer = ""): Buffer {
  return frame(Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]), { opcode: close });
}

export const brokenFrames: [what: string, code: number, ...bytes: Buffer[]][] = [
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
];
