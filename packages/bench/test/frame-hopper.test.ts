import { expect, test } from "vitest";
import type { Dialect } from "../src/load/dialects.js";
import { dialects } from "../src/load/dialects.js";
import { FrameHopper } from "../src/load/frame-hopper.js";
import { mark } from "../src/load/hopper.js";

const dialect: Dialect = dialects.events;
const sampleEvery = 1;

/** A frame as a server sends it: not masked, the length in 7, 16 or 64 bits. */
function serverFrame(payload: string, { head = 0x81, wide = false } = {}): Buffer {
  const body = Buffer.from(payload);
  const header = Buffer.alloc(wide ? 10 : body.length < 126 ? 2 : 4);
  header[0] = head;
  header[1] = wide ? 127 : Math.min(body.length, 126);
  if (wide) header.writeBigUInt64BE(BigInt(body.length), 2);
  else if (header.length === 4) header.writeUInt16BE(body.length, 2);
  return Buffer.concat([header, body]);
}

function chat(sender: number, seq: number, length = 10): string {
  const message = `${mark(sender)} ${"é".repeat(length)}`;
  return `{"type":"new_message","payload":{"message":"${message}","from":"b","seq":${seq}}}`;
}

const payloads = [
  '{"type":"welcome","payload":{"username":"b","protocol":1,"limits":{"frame_bytes":65536}}}',
  chat(7, 1),
  chat(8, 2, 200),
  '{"type":"ack","id":10000,"payload":{"conversation":"everyone","seq":3,"at":1795357825123}}',
  chat(7, 3, 300),
  "{}",
  chat(7, 4),
  '{"type":"presence","payload":{"users":[],"count":2}}',
];
const ping = serverFrame("", { head: 0x89 });
// The widest length on a short payload, which no server sends, but so every cut can be tried.
const frames = payloads.map((payload, n) => serverFrame(payload, { wide: n === 4 }));
const stream = Buffer.concat([ping, ...frames, ping]);
const chatBytes = frames.reduce((sum, frame) => sum + (frame.includes("new_message") ? frame.length : 0), 0);

function hop(pieces: readonly Buffer[]) {
  const places: number[] = [];
  const hopper = new FrameHopper(dialect, { own: 7, sampleEvery, sampled: (_, place) => places.push(place) });
  hopper.restart();
  // One piece of memory for all reads, as the clients do it: what is kept over must have been copied.
  const memory = Buffer.alloc(stream.length);
  for (const piece of pieces) {
    memory.fill(0x7e);
    hopper.take(memory, piece.copy(memory));
  }
  return { hopper, places };
}

function counts({ chat, chatBytes, own, acks, others }: FrameHopper) {
  return { chat, chatBytes, own, acks, others };
}

const expected = { chat: 4, chatBytes, own: 3, acks: 1, others: 3 };

test("a stream in one piece is counted by what its frames are, and chat frames are read whole", () => {
  const seen: string[] = [];
  const hopper = new FrameHopper(dialect, {
    own: 7,
    sampleEvery,
    sampled: (payload, place) => seen.push(`${place}:${payload}`),
  });
  hopper.restart();
  hopper.take(stream, stream.length);
  expect(counts(hopper)).toEqual(expected);
  expect(seen).toEqual([`0:${payloads[1]}`, `1:${payloads[2]}`, `2:${payloads[4]}`, `3:${payloads[6]}`]);
  expect(hopper.lastOther).toBe(payloads[7]);
});

test("a stream cut in two at any byte is counted the same", () => {
  for (let at = 0; at <= stream.length; at++) {
    const { hopper } = hop([stream.subarray(0, at), stream.subarray(at)]);
    expect(counts(hopper), `cut at ${at}`).toEqual(expected);
  }
});

test("a stream in pieces of any small length is counted the same", () => {
  for (const length of [1, 2, 3, 5, 7, 59, 60, 61, 1000]) {
    const pieces = Array.from({ length: Math.ceil(stream.length / length) }, (_, n) =>
      stream.subarray(n * length, (n + 1) * length),
    );
    expect(counts(hop(pieces).hopper), `pieces of ${length}`).toEqual(expected);
  }
});

test("a sampled frame that came in two pieces is passed over, the next whole one is taken", () => {
  const first = serverFrame(chat(7, 1));
  const rest = Buffer.concat([serverFrame(chat(7, 2)), serverFrame(chat(7, 3))]);
  const { places } = hop([first.subarray(0, first.length - 1), Buffer.concat([first.subarray(-1), rest])]);
  expect(places).toEqual([1, 2]);
});

test("a message marked by another sender is not one's own, whichever digit differs", () => {
  for (const other of [6, 17, 107, 1007]) {
    const { hopper } = hop([serverFrame(chat(other, 1))]);
    expect(counts(hopper)).toMatchObject({ chat: 1, own: 0 });
  }
});

test("a close is told with its code, a fragment refused", () => {
  const close = Buffer.from([0x88, 2, 0x03, 0xe8]);
  expect(hop([close.subarray(0, 3), close.subarray(3)]).hopper.closing).toBe(1000);
  expect(() => hop([serverFrame(chat(7, 1), { head: 0x01 })])).toThrow("begins with 0x1");
});

test("a client is in as soon as the server has said so, and the marks of messages are told", () => {
  const marks: number[] = [];
  const hearing = { own: 7, sampleEvery, sampled: () => undefined, marked: (n: number) => marks.push(n) };
  const hopper = new FrameHopper(dialect, hearing);
  hopper.restart();
  hopper.take(ping, ping.length);
  expect(hopper.entered).toBe(false);
  hopper.take(stream, stream.length);
  expect(hopper.entered).toBe(true);
  expect(marks).toEqual([7, 8, 7, 7]);
});

test("Socket.IO's packets are told apart in pieces of any length", () => {
  const line = (sender: number) => `42["new_message",{"message":"${mark(sender)} hi","from":"b","seq":5}]`;
  const packets = [
    '0{"sid":"x"}',
    "2",
    '40{"sid":"y"}',
    line(7),
    '4310000[{"seq":9}]',
    line(70),
    '43[{"seq":1}]',
  ];
  const all = Buffer.concat(packets.map((packet) => serverFrame(packet)));
  for (let at = 0; at <= all.length; at++) {
    const seqs: number[] = [];
    const sampled = (packet: string) => seqs.push(dialects.socketIo.seq?.(packet) ?? -1);
    const hopper = new FrameHopper(dialects.socketIo, { own: 7, sampleEvery, sampled });
    hopper.restart();
    for (const piece of [all.subarray(0, at), all.subarray(at)]) hopper.take(piece, piece.length);
    expect(counts(hopper), `cut at ${at}`).toMatchObject({ chat: 2, own: 1, acks: 2, others: 3 });
    expect(hopper.entered, `cut at ${at}`).toBe(true);
    expect(seqs.every((seq) => seq === 5)).toBe(true);
  }
});
