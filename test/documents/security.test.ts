// Every threat that SECURITY.md names has a control, and a test that is there.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { read } from "./blocks.js";

const root = join(import.meta.dirname, "../..");

const rows = read("SECURITY.md")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (threat|---)/.test(line))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test("the table has the threats that both seeds name, and more", () => {
  expect(rows.length).toBeGreaterThan(25);
  for (const row of rows) expect(row).toHaveLength(3);
});

test.each(rows)("%s", (_threat, control, shownBy = "") => {
  expect(control).not.toBe("");
  const [, file = "", words = ""] = /^`([^`]+)`: "(.+)"$/.exec(shownBy) ?? [];
  expect(existsSync(join(root, file)), shownBy).toBe(true);
  expect(readFileSync(join(root, file), "utf8"), shownBy).toContain(words);
});
