import { expect, test } from "vitest";
import { FrameReader } from "../src/load/frame-reader.js";

const long = "é".repeat(100);
const longest = "x".repeat(70_000);
const stream = Buffer.concat([
  Buffer.from([0x81, 2]),
  Buffer.from("hi"),
  Buffer.from([0x89, 0]),
  Buffer.from([0x81, 126, 0, 200]),
  Buffer.from(long),
  Buffer.from([0x81, 127, 0, 0, 0, 0, 0, 1, 0x11, 0x70]),
  Buffer.from(longest),
  Buffer.from([0x88, 2, 0x03, 0xe8]),
]);
const frames = [
  [0x1, "hi"],
  [0x9, ""],
  [0x1, long],
  [0x1, longest],
  [0x8, "\x03\ufffd"],
];

function read(pieces: readonly Buffer[]) {
  const seen: [number, string][] = [];
  const reader = new FrameReader((opcode, bytes, from, to) =>
    seen.push([opcode, bytes.toString("utf8", from, to)]),
  );
  // One piece of memory for all reads, as the sessions do it: what is kept over must have been copied.
  const memory = Buffer.alloc(stream.length);
  for (const piece of pieces) {
    memory.fill(0x7e);
    reader.take(memory.subarray(0, piece.copy(memory)));
  }
  return seen;
}

test("each frame is given whole, wherever the stream is cut", () => {
  expect(read([stream])).toEqual(frames);
  const ends = [...Array(230).keys()];
  for (const at of [...ends, ...ends.map((end) => stream.length - end)])
    expect(read([stream.subarray(0, at), stream.subarray(at)]), `cut at ${at}`).toEqual(frames);
});

test("a stream that comes byte by byte is read the same", () => {
  const short = stream.subarray(0, 2 + 2 + 2 + 4 + 200);
  const bytes = Array.from(short, (_, at) => short.subarray(at, at + 1));
  expect(read(bytes)).toEqual(frames.slice(0, 3));
});

test("a fragment is refused", () => {
  expect(() => read([Buffer.from([0x01, 1, 0x68])])).toThrow("begins with 0x1");
});
