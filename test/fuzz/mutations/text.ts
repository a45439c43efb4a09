// Mutations of the text of a frame: it may be JSON no more. The bytes stay good UTF-8 and the frame a
// good frame, so the connection must live.

import { defaultLimits } from "chat-hub";
import type { Chance } from "../../support/chance.ts";
import { between, oneOf } from "../../support/chance.ts";
import type { Pool } from "./pool.ts";
import { anyValue } from "./pool.ts";

type Mutate = (text: string, chance: Chance, pool: Pool) => string;

const { frameBytes, frameDepth } = defaultLimits;
const inserted: readonly string[] = [
  ...[
    "\u0000",
    "\ufeff",
    "\u0007",
    "\n",
    "\\",
    '"',
    "'",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "//x",
    "/* x */",
    "\\u0000",
  ],
  ...[
    "\\ud800",
    "\\udc00\\ud800",
    "\\u",
    "\\x41",
    "\ufffd",
    "\u2028",
    "😀",
    "1",
    "-",
    ".",
    "e9",
    "null",
    "NaN",
  ],
];
const numbers: readonly string[] = [
  ...[
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "-1e999",
    "-0",
    "0x10",
    "01",
    "1.",
    ".5",
    "+1",
    "1_000",
    "1e-400",
  ],
  ...["9007199254740993", "1".repeat(400), "1.0", "1e0", "١", "undefined", "true", "0n", '"1"'],
];

const mutations: readonly Mutate[] = [
  function truncate(text, chance) {
    return text.slice(0, between(chance, 0, text.length));
  },
  function insert(text, chance) {
    const at = between(chance, 0, text.length);
    return text.slice(0, at) + oneOf(chance, inserted) + text.slice(at);
  },
  function remove(text, chance) {
    const at = between(chance, 0, text.length);
    return text.slice(0, at) + text.slice(at + between(chance, 1, 8));
  },
  function repeat(text, chance) {
    const [from, to] = [between(chance, 0, text.length), between(chance, 0, text.length)].sort(
      (a, b) => a - b,
    );
    return text.slice(0, to) + text.slice(from, to).repeat(between(chance, 1, 4)) + text.slice(to);
  },
  function flip(text, chance) {
    const at = between(chance, 0, Math.max(0, text.length - 1));
    const code = text.charCodeAt(at) ^ (1 << between(chance, 0, 6));
    return text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
  },
  function number(text, chance) {
    return text.replace(/(?<=[:[,])-?\d+/, () => oneOf(chance, numbers) as string);
  },
  function anything(text, chance) {
    const value = oneOf(chance, [...numbers, ...inserted]) as string;
    return text.replace(/(?<=":)("[^"]*"|\d+|true|false|null)/, () => value);
  },
  function double(text, chance, pool) {
    const field = oneOf(chance, ["type", "payload", "id", "message", "target", "__proto__"]);
    const twin = `"${field}":${JSON.stringify(anyValue(chance, pool))}`;
    return chance() < 0.5 ? text.replace("{", () => `{${twin},`) : text.replace(/\}$/, () => `,${twin}}`);
  },
  function two(text, chance, pool) {
    return text + oneOf(chance, ["", "\n", " ", ","]) + oneOf(chance, pool.frames);
  },
  function whole(_text, chance) {
    return oneOf(chance, [
      "",
      " ",
      "null",
      "help",
      "HELP",
      "[]",
      "{}",
      '""',
      "0",
      "true",
      "\ufeff{}",
      "{}{}",
    ]) as string;
  },
  function long(text, chance) {
    const bytes = frameBytes - Buffer.byteLength(text) - between(chance, 0, 2);
    return text.replace("{", () => `{${" ".repeat(Math.max(0, bytes))}`);
  },
  function deep(text, chance) {
    const levels = oneOf(chance, [frameDepth - 1, frameDepth, frameDepth + 1, 100, 10_000]) as number;
    const value =
      chance() < 0.5
        ? "[".repeat(levels) + "]".repeat(levels)
        : `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
    return text.replace(/(?<=":)("[^"]*"|\d+)/, () => value);
  },
];

/** Never longer than a frame may be. */
export function mutateText(text: string, chance: Chance, pool: Pool): string {
  const mutated = (oneOf(chance, mutations) as Mutate)(text, chance, pool);
  return Buffer.byteLength(mutated) <= frameBytes ? mutated : mutated.slice(0, frameBytes / 4);
}
