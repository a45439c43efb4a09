// The laws share no code with what they judge: of the product they know types, and nothing that runs.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const folder = import.meta.dirname;
/** What a law sees, and how it breaks. */
const observed = join(folder, "../observed.ts");
const laws = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .map((file) => join(folder, file));

/** Whatever more than types comes from. */
function runningImports(file: string): readonly string[] {
  const found = readFileSync(file, "utf8").matchAll(/^(?:import|export) (?!type )[^;]*?from "([^"]+)";/gm);
  return [...found].map(([, from = ""]) => (from.startsWith(".") ? join(dirname(file), from) : from));
}

test("the laws run nothing but each other; of all else they know types alone", () => {
  const imported = laws.flatMap(runningImports);
  expect(imported.length).toBeGreaterThan(laws.length);
  expect(imported.filter((from) => from !== observed && !laws.includes(from))).toEqual([]);
  expect(runningImports(observed)).toEqual([]);
});
