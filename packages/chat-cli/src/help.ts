// What /help shows.

import type { Inert } from "./inert.js";
import { inert } from "./inert.js";
import { commands } from "./input.js";
import type { Palette } from "./palette.js";
import { join } from "./palette.js";

const rows: readonly (readonly [string, string])[] = [
  ["hello", "said to everyone"],
  ["@bob hello", "said only to bob"],
  ...Object.values(commands).map(({ usage, what }) => [usage, what] as const),
  ["//hello", "says /hello"],
  ["Tab", "completes a name or a command"],
  ["Up, Down", "what you wrote before"],
  ["Alt-Enter", "a new line in the same message"],
];

export function helpLines(palette: Palette): readonly Inert[] {
  const width = Math.max(...rows.map(([typed]) => typed.length));
  return rows.map(([typed, what]) =>
    join(inert("  "), palette.command(typed.padEnd(width)), inert(`  ${what}`)),
  );
}
