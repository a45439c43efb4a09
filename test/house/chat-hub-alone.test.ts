// chat-hub depends on nothing: no package, no module of Node, no clock, no chance, no language of the machine.
import { posix } from "node:path";
import { expect, test } from "vitest";
import { read } from "./syntax.js";
import { builtFiles, files, isCode, manifest, text } from "./tree.js";

test("its package.json names nothing that whoever installs it would get as well", () => {
  const { dependencies, peerDependencies, optionalDependencies, bundledDependencies } =
    manifest("packages/chat-hub");
  expect([dependencies, peerDependencies, optionalDependencies, bundledDependencies]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("its built files import only each other", () => {
  const built = builtFiles("packages/chat-hub/dist").filter(isCode);
  expect(built).toContain("packages/chat-hub/dist/index.js");
  expect(built).toContain("packages/chat-hub/dist/index.d.ts");
  for (const path of built) {
    for (const { name, line } of read(path, text(path)).imports) {
      expect(name, `${path}:${line}`).toMatch(/^\.{1,2}\//);
      expect(built, `${path}:${line}`).toContain(posix.join(posix.dirname(path), name));
    }
  }
});

/** Each would make the same inputs give other outputs: by time, by chance, or by the language of the machine. */
const impure = [
  "Date",
  "Intl",
  "Temporal",
  "performance",
  "crypto",
  "WeakRef",
  "FinalizationRegistry",
  ".random",
  ".localeCompare",
  ".toLocaleString",
  ".toLocaleLowerCase",
  ".toLocaleUpperCase",
];

const impureIn = (path: string, source: string): readonly string[] =>
  read(path, source)
    .names.filter(({ name }) => impure.includes(name))
    .map(({ name, line }) => `${path}:${line} uses ${name}`);

test("its sources take time, chance and names as arguments", () => {
  const sources = files("packages/chat-hub/src").filter(isCode);
  expect(sources).not.toEqual([]);
  expect(sources.flatMap((path) => impureIn(path, text(path)))).toEqual([]);
});

test("the rule sees what it refuses, and nothing in comments and strings", () => {
  const lines = [
    "Date.now();",
    "Math.random();",
    'Math["random"]();',
    "a.localeCompare(b);",
    "new Intl.Segmenter();",
  ];
  for (const line of [...lines, "performance.now();", "crypto.randomUUID();", "let at: Date;"]) {
    expect(impureIn("a.ts", line), line).toHaveLength(1);
  }
  expect(impureIn("a.ts", '// Date.now()\nconst hint = "Date"; /* Math.random() */')).toEqual([]);
});
