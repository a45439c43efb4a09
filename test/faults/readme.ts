// The README's table of what was done to the server, between its markers. A row is what a run has
// measured; a fault that was not run keeps its row.

import { readFileSync, writeFileSync } from "node:fs";
import { table } from "../documents/markdown.ts";
import type { Fault, Findings } from "./fault.ts";

const readme = new URL("../../README.md", import.meta.url);
const [begin, end] = ["<!-- faults -->\n", "<!-- /faults -->"];
const head = ["", "what was done", "load", "how often", "acked", "lost", "doubled", "gaps"];

/** The cells of each row, as the README has them. */
export function rowsOfReadme(): readonly (readonly string[])[] {
  const { made } = split();
  const lines = made.split("\n").filter((line) => /^\| \d/.test(line));
  return lines.map((line) => line.slice(2, -2).split(" | "));
}

export function rowOf({ number, name }: Fault, found: Findings): readonly string[] {
  const { load, injected, acked, lost, doubled, gaps } = found;
  const counts = [acked, lost, doubled, gaps].map((count) => count.toLocaleString("en"));
  return [String(number), name, load, injected, ...counts];
}

/** Puts the rows in, in place of those of the same numbers, and leaves out those of no fault any more. */
export function writeRows(rows: readonly (readonly string[])[], faults: readonly Fault[]): void {
  const { before, after } = split();
  const all = new Map([...rowsOfReadme(), ...rows].map((cells) => [Number(cells[0]), cells]));
  const kept = faults.flatMap(({ number }) => {
    const row = all.get(number);
    return row === undefined ? [] : [row];
  });
  writeFileSync(readme, `${before}\n${table(head, kept)}\n${after}`);
}

function split(): { before: string; made: string; after: string } {
  const text = readFileSync(readme, "utf8");
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  if (from < begin.length || to < from) throw new Error("README.md has no table of faults");
  return { before: text.slice(0, from), made: text.slice(from, to), after: text.slice(to) };
}
