// The table of the planted bugs as planted/README.md has it.

import { readFileSync, writeFileSync } from "node:fs";
import { table } from "../../documents/markdown.ts";
import { bugs } from "./bugs.ts";
import type { Hunted } from "./hunt.ts";

const readme = new URL("README.md", import.meta.url);
const [begin, end] = ["<!-- bugs -->\n", "<!-- /bugs -->"];

/** A bug as the table has it. */
export interface Row {
  readonly bug: string;
  readonly what: string;
  readonly law: string;
  readonly seed: string;
}

/** Writes what was hunted; the rows of all other bugs stay. */
export function writeTable(hunts: readonly Hunted[]): void {
  const rows = new Map(writtenRows().map(({ bug, law, seed }) => [bug, { law, seed }]));
  for (const { bug, found } of hunts)
    rows.set(bug, { law: found?.law ?? "not found", seed: String(found?.seed ?? "") });
  const cells = bugs.flatMap(({ name, what }) => {
    const row = rows.get(name);
    return row === undefined ? [] : [[`\`${name}\``, what, row.law, row.seed]];
  });
  const document = readFileSync(readme, "utf8");
  const [from, to] = [document.indexOf(begin) + begin.length, document.indexOf(end)];
  const made = table(["bug", "what goes wrong", "law", "seeds"], cells);
  writeFileSync(readme, `${document.slice(0, from)}\n${made}\n${document.slice(to)}`);
}

/** What the table in the document says. */
export function writtenRows(): readonly Row[] {
  const document = readFileSync(readme, "utf8");
  const lines = document.slice(document.indexOf(begin), document.indexOf(end)).split("\n");
  return lines
    .filter((line) => line.startsWith("| `"))
    .map((line) => {
      const [bug = "", what = "", law = "", seed = ""] = line
        .split("|")
        .slice(1)
        .map((cell) => cell.trim());
      return { bug: bug.replaceAll("`", ""), what, law, seed };
    });
}
