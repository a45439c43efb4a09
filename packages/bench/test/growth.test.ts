import { expect, test } from "vitest";
import { messageAt } from "../src/load/filling.js";
import { goalReport, scenarioReport } from "../src/report/report.js";
import type { GrowthRow } from "../src/scenarios/growth.js";
import { found, growth } from "../src/scenarios/growth.js";

function report(...rows: readonly GrowthRow[]): string {
  const all = found(rows, 1_000_000, 200);
  return `${scenarioReport({ scenario: "growth", told: { ...all, title: growth.title } })}\n${goalReport(all.goals)}`;
}

const newest: GrowthRow = { question: "history: the newest 50", fewMs: 0.5, manyMs: 0.6, ratio: 1.2 };
const common: GrowthRow = { question: "search: a common word", fewMs: 0.5, manyMs: 1.5, ratio: 3 };

test("each question has its two medians and their ratio", () => {
  expect(report(newest)).toMatch(/history: the newest 50 +0\.50 ms +0\.60 ms +1\.20/);
});

test("what costs more than twice as much is named, and the goal is not held", () => {
  expect(report(newest)).toMatch(/1\.2 × from 1,000 +held/);
  expect(report(newest, common)).toContain("- more than 2 times as much: search: a common word");
  expect(report(newest, common)).toMatch(/3 × from 1,000 +NOT held/);
});

test("both stores are filled with messages of one length, with the rare word in fifty of them", () => {
  for (const count of [1_000, 20_000]) {
    const messages = Array.from({ length: count }, (_, n) => messageAt(n, count));
    expect(new Set(messages.map(({ length }) => length)).size).toBe(1);
    expect(messages.filter((message) => message.includes("needle"))).toHaveLength(50);
  }
});
