// The fenced blocks of a Markdown document, each with the headings that it stands under.

import { readFileSync } from "node:fs";

export interface Block {
  readonly language: string;
  readonly text: string;
  /** The last `##` and `###` heading before it. */
  readonly chapter: string;
  readonly section: string;
}

export function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}

export function headings(document: string): readonly string[] {
  return document.split("\n").filter((line) => /^##+ /.test(line));
}

export function blocks(document: string): readonly Block[] {
  const found: Block[] = [];
  let [chapter, section] = ["", ""];
  let open: { language: string; lines: string[] } | undefined;
  for (const line of document.split("\n")) {
    if (open !== undefined) {
      if (line === "```") {
        found.push({ language: open.language, text: open.lines.join("\n"), chapter, section });
        open = undefined;
      } else open.lines.push(line);
    } else if (line.startsWith("```")) open = { language: line.slice(3), lines: [] };
    else if (line.startsWith("## ")) [chapter, section] = [line.slice(3), ""];
    else if (line.startsWith("### ")) section = line.slice(4);
  }
  return found;
}
