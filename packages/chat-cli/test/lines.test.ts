import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readLines } from "../src/lines.js";

/** Everything that comes out of these pieces, taken as soon as it is there. */
async function linesOf(...pieces: Buffer[]): Promise<string[]> {
  const stream = new PassThrough();
  const taken: string[] = [];
  const lines = readLines(stream, () => {
    for (let line = lines.next(); line !== undefined; line = lines.next()) taken.push(line);
  });
  for (const piece of pieces) stream.write(piece);
  stream.end();
  while (!lines.isOver()) await setImmediate();
  return taken;
}

test("bytes cut anywhere, even inside a letter, give the same lines", async () => {
  const text = fc
    .array(fc.constantFrom("a", "你", "👨‍👩‍👧", "\n", "\r\n", " "))
    .map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(text, async (whole) => {
      const bytes = Buffer.from(whole);
      const expected = whole.split("\n").map((line) => line.replace(/\r$/, ""));
      if (expected.at(-1) === "") expected.pop();
      expect(await linesOf(bytes)).toEqual(expected);
      expect(await linesOf(...Array.from(bytes, (byte) => Buffer.from([byte])))).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test("a line without an end is cut, not collected", async () => {
  const megabyte = Buffer.alloc(1_000_000, "x");
  const [line = "", next] = await linesOf(megabyte, megabyte, Buffer.from("\nnext\n"));
  expect(line).toHaveLength(100_000);
  expect(next).toBe("next");
});

test("the stream is not read on while there are lines that nobody took", async () => {
  const stream = new PassThrough({ highWaterMark: 16 });
  const lines = readLines(stream, () => {});
  stream.write("one\ntwo\n");
  await setImmediate();
  expect(stream.isPaused()).toBe(true);
  expect([lines.next(), lines.next(), lines.next()]).toEqual(["one", "two", undefined]);
  expect(stream.isPaused()).toBe(false);
});
