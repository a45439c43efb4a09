import { expect, test } from "vitest";
import { importTable } from "./import-table.js";
import { importsRefused } from "./imports.js";
import { files, isCode, packageFolders, text } from "./tree.js";

const sources = files("packages").filter((path) => path.includes("/src/") && isCode(path));

test("every source file imports only what its row of the import table allows", () => {
  expect(sources.length).toBeGreaterThan(importTable.length);
  expect(sources.flatMap((path) => importsRefused(path, text(path)))).toEqual([]);
});

test("every package has a row, and the rule saw files of every package", () => {
  for (const folder of packageFolders().filter((folder) => folder !== "test")) {
    expect(importTable.map((row) => row.in)).toContain(`${folder}/src/`);
    expect(sources.filter((path) => path.startsWith(`${folder}/src/`))).not.toEqual([]);
  }
});

test("tests cross a package border only by its name", () => {
  const tests = files("test").filter(isCode);
  expect(tests).not.toEqual([]);
  expect(tests.filter((path) => /from "[./]+\/packages\//.test(text(path)))).toEqual([]);
});

test.each([
  ["packages/chat-hub/src/a.ts", `import { readFile } from "node:fs";`],
  ["packages/chat-hub/src/a.ts", `import type { WebSocket } from "ws";`],
  ["packages/chat-hub/src/a.ts", `export * from "ws";`],
  ["packages/chat-hub/src/a.ts", `const later = () => import("ws");`],
  ["packages/chat-hub/src/a.ts", `type Socket = import("ws").WebSocket;`],
  ["packages/chat-hub/src/a.ts", `const name = "x"; import(name);`],
  ["packages/chat-hub/src/a.ts", `const re = /"/; import "ws"; // "`],
  ["packages/server/src/a.ts", `import { Hub } from "../../chat-hub/src/index.js";`],
  ["packages/server/src/a.ts", `import { run } from "chat-cli";`],
  ["packages/server/src/bind/a.ts", `import Database from "better-sqlite3";`],
  ["packages/server/src/stores/sqlite/pages.ts", `import { pages } from "../memory/views.js";`],
  ["packages/server/src/chat.ts", `import { openMemory } from "./stores/memory.js";`],
  ["packages/server/src/stores/page-span.ts", `import type { Pages } from "./memory-pages.js";`],
  ["packages/web/src/a.tsx", `import { connect } from "node:net";`],
  ["packages/unheard-of/src/a.ts", ""],
])("%s with %s is refused", (path, source) => {
  expect(importsRefused(path, source)).toHaveLength(1);
});

test.each([
  ["packages/chat-hub/src/hub/a.ts", `import { names } from "../words/names.js";`],
  ["packages/chat-hub/src/a.ts", `// import "ws"\nconst said = 'import "ws"';`],
  ["packages/server/src/stores/sqlite.ts", `import Database from "better-sqlite3";`],
  ["packages/server/src/stores/open.ts", `import { openMemory } from "./memory.js";`],
  ["packages/server/src/stores/sqlite/writer.ts", `import type { Row } from "./schema.js";`],
  ["packages/server/src/chat.ts", `import { openStore } from "./stores/open.js";`],
  ["packages/server/src/stores/sqlite.ts", `import { span } from "./page-span.js";`],
])("%s with %s is allowed", (path, source) => {
  expect(importsRefused(path, source)).toEqual([]);
});
