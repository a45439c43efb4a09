// What every scenario gives back, and what becomes of it.
import { expect, test } from "vitest";
import { goalReport, scenarioReport } from "../src/report/report.js";
import { ratioOf } from "../src/scenarios/rounds.js";
import { atLeast, atMost } from "../src/scenarios/scenario.js";
import { scenarios } from "../src/scenarios/scenarios.js";

test("a goal is held up to its bound and not beyond it", () => {
  expect(atMost("a", 0.7, "× Bun", 0.7)).toEqual({
    name: "a",
    bound: "≤ 0.7 × Bun",
    value: 0.7,
    told: "0.7 × Bun",
    held: true,
  });
  expect(atMost("a", 0.7, "× Bun", 0.701)).toMatchObject({ told: "0.701 × Bun", held: false });
  expect(atMost("a", 0.7, "× Bun", 0.7004)).toMatchObject({ told: "0.7004 × Bun", held: false });
  expect(atLeast("a", 100_000, "/s", 99_999)).toMatchObject({ told: "99999 /s", held: false });
  expect(atLeast("a", 100_000, "/s", 100_000)).toMatchObject({ held: true });
  expect(atMost("a", 1 / 40, "× plain loop", 1 / 21.8)).toMatchObject({
    bound: "≤ 1/40 × plain loop",
    told: "1/21.8 × plain loop",
    held: false,
  });
});

test("what could not be measured is neither held nor not", () => {
  for (const value of [undefined, Number.NaN, Number.NEGATIVE_INFINITY]) {
    const goal = atMost("flood", 0.7, "× Bun", value);
    expect(goal).toEqual({ name: "flood", bound: "≤ 0.7 × Bun", told: "not measured" });
    expect(goalReport([goal])).toMatch(/flood +≤ 0\.7 × Bun +not measured +–$/);
  }
});

test("the report says which goals are held and which are not", () => {
  const report = goalReport([atMost("one", 2, "ms", 1), atMost("other", 2, "ms", 3)]);
  expect(report).toMatch(/^one +≤ 2 ms +1 ms +held$/m);
  expect(report).toMatch(/^other +≤ 2 ms +3 ms +NOT held$/m);
});

test("a scenario's report is what was done, its table, and its notes", () => {
  const table = [
    ["", "ns"],
    ["drop", "12"],
  ];
  const told = { title: "it rains", done: ["It rained."], table, notes: ["wet"], charts: [] };
  expect(scenarioReport({ scenario: "rain", told })).toBe(
    "rain: it rains\nIt rained.\n\n      ns\ndrop  12\n\n- wet",
  );
});

test("a ratio is the median of the rounds' ratios, not the ratio of the medians", () => {
  const rounds = (...values: readonly number[]) => values.map((ns) => ({ ns }));
  const results = [
    { peer: "a", median: { ns: 2 }, rounds: rounds(1, 2, 9) },
    { peer: "b", median: { ns: 3 }, rounds: rounds(1, 4, 3) },
  ];
  expect(ratioOf(results, "ns", "a", "b")).toBe(1);
  expect(ratioOf(results, "ns", "a", "c")).toBeUndefined();
});

test("names are those of a command line, and every title fits a line", () => {
  for (const { name, title } of scenarios) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(title.length).toBeLessThan(90);
  }
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
});
