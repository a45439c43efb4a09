import { expect, test } from "vitest";
import type { Case } from "../src/guard/bounds.js";
import { cases } from "../src/guard/bounds.js";
import { holdAll } from "../src/guard/guard.js";
import type { Ratios } from "../src/guard/judge.js";
import { better, judge, verdictLine } from "../src/guard/judge.js";

const flood: Case = { name: "flood", clients: 2, window: 1, most: { memory: 0.1, sqlite: 0.2 } };

function held(...rounds: readonly { memory?: number; sqlite?: number }[]): readonly boolean[] {
  return rounds
    .map((ratios) => judge(flood, ratios))
    .reduce(better)
    .map(({ held }) => held);
}

test("each bound is held up to its ratio, and broken above it", () => {
  expect(held({ memory: 0.1, sqlite: 0.01 })).toEqual([true, true]);
  expect(held({ memory: 0.11, sqlite: 0.01 })).toEqual([false, true]);
  expect(held({ memory: 0.01, sqlite: 0.21 })).toEqual([true, false]);
});

test("what was not measured is not held", () => {
  expect(held({ memory: 0.01 })).toEqual([true, false]);
  expect(held({ memory: Number.NaN, sqlite: 0.01 })).toEqual([false, true]);
  expect(held({ memory: 0, sqlite: 0.01 })).toEqual([false, true]);
});

test("a bound is broken only if it is broken both times", () => {
  expect(held({ memory: 0.5, sqlite: 0.5 }, { memory: 0.05, sqlite: 0.5 })).toEqual([true, false]);
  expect(held({ memory: 0.05, sqlite: 0.5 }, { memory: 0.5, sqlite: 0.1 })).toEqual([true, true]);
  expect(held({ memory: 0.05 }, { memory: 0.5, sqlite: 0.1 })).toEqual([true, true]);
  expect(held({ memory: Number.NaN, sqlite: 0.1 }, { memory: 0.05, sqlite: 0.1 })).toEqual([true, true]);
});

test.each<[string, readonly Ratios[], boolean, number]>([
  ["held at once is not measured again", [{ memory: 0.05, sqlite: 0.1 }], true, 1],
  [
    "broken once is measured again",
    [
      { memory: 0.5, sqlite: 0.1 },
      { memory: 0.05, sqlite: 0.1 },
    ],
    true,
    2,
  ],
  [
    "broken twice is broken",
    [
      { memory: 0.5, sqlite: 0.1 },
      { memory: 0.4, sqlite: 0.1 },
    ],
    false,
    2,
  ],
])("%s", async (_, measured, expected, times) => {
  const lines: string[] = [];
  let asked = 0;
  const measure = async () => measured[asked++] ?? {};
  expect(await holdAll([flood], measure, (line) => lines.push(line))).toBe(expected);
  expect(asked).toBe(times);
  expect(lines).toHaveLength(2);
  expect(lines.every((line) => line.startsWith("held"))).toBe(expected);
});

test("one case that is broken breaks the guard, whatever comes after it", async () => {
  const measure = async ({ name }: Case) =>
    name === "slow" ? { memory: 0.5, sqlite: 0.1 } : { memory: 0.05, sqlite: 0.1 };
  expect(await holdAll([{ ...flood, name: "slow" }, flood], measure, () => undefined)).toBe(false);
});

test("a line says which bound, what was measured, and whether it is held", () => {
  const lines = judge(flood, { memory: 0.025, sqlite: 0.5 }).map((verdict) => verdictLine(flood, verdict));
  expect(lines).toEqual([
    "held    flood, chat-server, memory store: 1/40.0 of the plain loop's CPU per delivery, at most 1/10.0",
    "BROKEN  flood, chat-server, SQLite: 1/2.0 of the plain loop's CPU per delivery, at most 1/5.0",
  ]);
  expect(judge(flood, {}).map((verdict) => verdictLine(flood, verdict))[0]).toContain("not measured");
});

test("the guard holds both stores, in a flood and in a crowd, well below the plain loop", () => {
  expect(cases.length).toBeGreaterThanOrEqual(2);
  expect(Math.max(...cases.map(({ clients }) => clients))).toBeGreaterThanOrEqual(100);
  for (const { most } of cases) {
    expect(Object.keys(most)).toEqual(["memory", "sqlite"]);
    for (const bound of Object.values(most)) expect(bound).toBeLessThan(0.5);
  }
});
