// The figures in the README of this package, and the picture beside it, as a run or several have found them.

import { readFile, writeFile } from "node:fs/promises";
import { markdown } from "./markdown.js";
import { picture } from "./picture.js";
import type { Result } from "./result.js";

const folder = new URL("../../", import.meta.url);
const [begin, end] = ["<!-- figures -->", "<!-- /figures -->"];

export async function writeReadme(results: readonly Result[]): Promise<void> {
  const readme = new URL("README.md", folder);
  await writeFile(readme, withFigures(await readFile(readme, "utf8"), markdown(results)));
  await writeFile(new URL("figures.svg", folder), picture(results));
}

/** @throws if the text has no place for figures */
export function withFigures(text: string, figures: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`the README has no ${begin} … ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${figures}\n${text.slice(to)}`;
}
