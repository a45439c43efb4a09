// What growth costs, for people: each question with its two medians and their ratio.

import type { Options } from "../options.js";
import type { GrowthResult } from "../scenarios/growth.js";
import { table } from "./table.js";

/** A page of the same size may cost so many times as much, however much is stored. */
export const mostRatio = 2;

export function growthReport({ few, many, rows }: GrowthResult, options: Options): string {
  const over = rows.filter(({ ratio }) => ratio > mostRatio);
  return [
    `Growth: the same page from ${count(few)} and from ${count(many)} stored messages, SQLite.`,
    `Medians of ${options.repeats} round trips each, asked in turn.`,
    "",
    table([
      ["", count(few), count(many), "ratio"],
      ...rows.map(({ question, fewMs, manyMs, ratio }) => [
        question,
        ms(fewMs),
        ms(manyMs),
        ratio.toFixed(2),
      ]),
    ]),
    "",
    over.length === 0
      ? `- held: none costs more than ${mostRatio} times as much`
      : `- NOT held: ${over.map(({ question }) => question).join("; ")}`,
  ].join("\n");
}

function ms(value: number): string {
  return `${value.toFixed(2)} ms`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}
