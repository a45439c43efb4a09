import { expect, test } from "vitest";
import { Latencies, quantile } from "../src/load/latencies.js";

test("a quantile is the value that so many do not pass", () => {
  const hundred = Array.from({ length: 100 }, (_, n) => n + 1);
  expect([0.5, 0.99, 0.991, 1].map((part) => quantile(hundred, part))).toEqual([50, 99, 100, 100]);
  const thousand = Array.from({ length: 1000 }, (_, n) => n + 1);
  expect([0.5, 0.99, 0.999].map((part) => quantile(thousand, part))).toEqual([500, 990, 999]);
  expect([0.5, 0.999].map((part) => quantile([7], part))).toEqual([7, 7]);
});

test("of nothing there is none", () => {
  expect(() => quantile([], 0.5)).toThrow(RangeError);
  expect(() => new Latencies().summary()).toThrow(RangeError);
});

test("every latency counts, in whatever order and however many there are", () => {
  const latencies = new Latencies();
  const count = 200_001;
  // 7 and the count have no common divisor: each number from 0 comes once, mixed.
  for (let n = 0; n < count; n++) latencies.add((n * 7) % count);
  expect(latencies.summary()).toEqual({ count, p50: 100_000, p99: 198_000, p999: 199_800, max: 200_000 });
});
