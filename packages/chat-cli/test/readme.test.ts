import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandNames, rowOfCommand, topics } from "../src/commands/table.js";

test("the README's table of commands is the program's", () => {
  const text = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
  for (const [topic, title] of Object.entries(topics)) {
    const names = commandNames.filter((name) => rowOfCommand(name).topic === topic);
    const row = text.split("\n").find((line) => line.startsWith(`| ${title} |`)) ?? "";
    expect([...row.matchAll(/`\/(\w+)`/g)].map(([, name]) => name).sort(), title).toEqual([...names].sort());
  }
});
