import { expect, test } from "vitest";
import type { Dialect } from "../src/load/dialects.js";
import { dialects } from "../src/load/dialects.js";
import { maskedFrame, messageText, ReadyFrames } from "../src/load/ready-frames.js";

const dialect: Dialect = dialects.events;

test("a frame is masked with zeros and says its length in the shortest header", () => {
  expect(maskedFrame("hi")).toEqual(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69]));
  expect(maskedFrame("x".repeat(125)).length).toBe(2 + 4 + 125);
  expect([...maskedFrame("x".repeat(126)).subarray(0, 8)]).toEqual([0x81, 0xfe, 0, 126, 0, 0, 0, 0]);
  expect(() => maskedFrame("x".repeat(65_536))).toThrow(RangeError);
});

test("a message is as long as asked and begins with its sender's mark", () => {
  expect(messageText({ marked: 31, bytes: 24 })).toBe("~1300 the quick brown fo");
  expect(messageText({ marked: 0, bytes: 1000 })).toHaveLength(1000);
});

test("frames come around in the order of their ids, in one piece each time", () => {
  const frames = new ReadyFrames(dialect, { from: "ada", marked: 1, bytes: 10, withId: true }, 3);
  const ids = (count: number) =>
    [
      ...frames
        .next(count)
        .toString("latin1")
        .matchAll(/"id":(\d+)/g),
    ].map(([, id]) => id);
  expect(ids(2)).toEqual(["10000", "10001"]);
  expect(ids(3)).toEqual(["10002", "10000", "10001"]);
  expect(ids(1)).toEqual(["10002"]);
});
