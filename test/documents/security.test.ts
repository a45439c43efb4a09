// Every threat that SECURITY.md names has a control, and a test whose title has those words.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { read } from "./blocks.js";
import { titlesOf } from "./titles.js";

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
  const titles = titlesOf(file, readFileSync(join(root, file), "utf8"));
  expect(words.split(" ").length, `${words}: a few words more, to be sure`).toBeGreaterThan(2);
  const found = titles.filter((title) => title.includes(words));
  expect(found, `${words}: no title of ${titles.join("\n")}`).toHaveLength(1);
});

test("only the title of a test is one: not a comment, nor what a test says or is given", () => {
  const source = `
    // test("in a comment")
    const words = 'test("in a text")';
    test("plain", () => { alice.says("hi"); });
    test.each([["given"]])("each: %s", () => {});
    test.concurrent.for<Row>(rows)(\`made of \${how}\`, () => {});
    describe.skipIf(none)("a group", () => { it("within", body); });
  `;
  expect(titlesOf("some.test.ts", source)).toEqual(["plain", "each: %s", "made of …", "a group", "within"]);
});
