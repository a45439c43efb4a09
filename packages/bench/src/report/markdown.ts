// The report as Markdown, to be pasted into a README.

import type { Goal } from "../scenarios/scenario.js";
import { measuredOn, peerLines, verdict } from "./report.js";
import type { Result } from "./result.js";

export function markdown(results: readonly Result[]): string {
  // Of several runs, what is the same of all is said once.
  const about = new Set([
    ...results.flatMap(({ about }) => measuredOn(about)),
    ...results.flatMap(({ about }) => peerLines(about)),
  ]);
  return `${[
    list([...about]),
    ...results.map(section),
    goalTable(results.flatMap(({ goals }) => goals)),
  ].join("\n\n")}\n`;
}

function section({ scenario, told }: Result): string {
  const { title, done, table, notes } = told;
  return [
    `### ${scenario}: ${title}`,
    done.join(" "),
    rows(table),
    ...(notes.length === 0 ? [] : [list(notes)]),
  ].join("\n\n");
}

function goalTable(goals: readonly Goal[]): string {
  const cells = goals.map(({ name, bound, told, held }) => [name, bound, told, verdict(held)]);
  return `### goals\n\n${rows([["goal", "bound", "measured", ""], ...cells])}`;
}

/** The first column to the left, figures to the right. */
function rows([head = [], ...rest]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  return [line(head), `| ${rule.join(" | ")} |`, ...rest.map(line)].join("\n");
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${escaped(line)}`).join("\n");
}

/** What people typed or servers sent stays text. */
function escaped(text: string): string {
  return text.replace(/[\\|`*_<[\]]/g, "\\$&").replace(/\n/g, " ");
}
