import { expect, test } from "vitest";
import type { Dialect } from "../src/load/dialects.js";
import { dialects } from "../src/load/dialects.js";
import { mark } from "../src/load/hopper.js";
import { NatsHopper } from "../src/load/nats-hopper.js";

const dialect: Dialect = dialects.nats;

function binaryFrame(payload: Buffer, head = 0x82): Buffer {
  const header = Buffer.alloc(payload.length < 126 ? 2 : 4);
  header[0] = head;
  header[1] = Math.min(payload.length, 126);
  if (header.length === 4) header.writeUInt16BE(payload.length, 2);
  return Buffer.concat([header, payload]);
}

function delivered(sender: number, length = 20): string {
  const payload = `{"type":"new_message","payload":{"message":"${mark(sender)} ${"é".repeat(length)}","seq":100000}}`;
  return `MSG everyone 1 ${Buffer.byteLength(payload)}\r\n${payload}\r\n`;
}

/** Longer than what the hopper holds at the most. */
const info = `INFO {"server_id":"${"N".repeat(600)}"}\r\n`;
const lines = [
  info,
  "PONG\r\n",
  delivered(7),
  delivered(8, 300),
  "PING\r\n",
  delivered(7),
  "-ERR 'no'\r\n",
  delivered(70),
];
const protocol = Buffer.from(lines.join(""));

function hop(pieces: readonly Buffer[]) {
  const seen: string[] = [];
  const marks: number[] = [];
  const hopper = new NatsHopper(dialect, {
    own: 7,
    sampleEvery: 1,
    sampled: (payload) => seen.push(payload),
    marked: (number) => marks.push(number),
  });
  hopper.restart();
  const memory = Buffer.alloc(2 * protocol.length);
  for (const piece of pieces) {
    memory.fill(0x4d);
    hopper.take(memory, piece.copy(memory));
  }
  return { hopper, seen, marks };
}

function cut(bytes: Buffer, length: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / length) }, (_, n) =>
    bytes.subarray(n * length, (n + 1) * length),
  );
}

const chatBytes = lines
  .filter((line) => line.startsWith("MSG"))
  .reduce((sum, line) => sum + Buffer.byteLength(line), 0);
const expected = { chat: 4, chatBytes, own: 2, acks: 0, others: 4, lastOther: "-ERR 'no'", entered: true };

test("lines are counted by what they are, however many of them a frame holds", () => {
  const { hopper, seen, marks } = hop([binaryFrame(protocol)]);
  expect(hopper).toMatchObject(expected);
  expect(marks).toEqual([7, 8, 7, 70]);
  expect(seen.map((payload) => JSON.parse(payload).payload.seq)).toEqual([100000, 100000, 100000, 100000]);
});

test("a line that begins in one frame and ends in the next is counted once", () => {
  for (let at = 1; at < protocol.length; at++) {
    const stream = Buffer.concat([binaryFrame(protocol.subarray(0, at)), binaryFrame(protocol.subarray(at))]);
    expect(hop([stream]).hopper, `framed at ${at}`).toMatchObject(expected);
  }
});

test("a stream that is read in two pieces, or in many of any small length, is counted the same", () => {
  const stream = Buffer.concat([binaryFrame(protocol.subarray(0, 900)), binaryFrame(protocol.subarray(900))]);
  for (let at = 0; at <= stream.length; at++) {
    expect(hop([stream.subarray(0, at), stream.subarray(at)]).hopper, `cut at ${at}`).toMatchObject(expected);
  }
  for (const length of [1, 2, 3, 7, 61]) {
    expect(hop(cut(stream, length)).hopper, `pieces of ${length}`).toMatchObject(expected);
  }
});

test("pings are passed over, a close is told with its code", () => {
  const ping = binaryFrame(Buffer.from("hi"), 0x89);
  const close = binaryFrame(Buffer.from([0x03, 0xea]), 0x88);
  for (let at = 0; at <= close.length; at++) {
    const { hopper } = hop([binaryFrame(protocol), ping, close.subarray(0, at), close.subarray(at)]);
    expect(hopper, `cut at ${at}`).toMatchObject({ ...expected, closing: 1002 });
  }
  expect(hop([binaryFrame(Buffer.alloc(0), 0x88)]).hopper.closing).toBe(1005);
});
