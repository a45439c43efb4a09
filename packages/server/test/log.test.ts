// The log: what a line looks like, that no secret gets through, and that nothing a stranger sends reaches a terminal.

import type { Closing, ConnectionId } from "chat-hub";
import { expect, test } from "vitest";
import { cleanFacts, cleanText } from "../dist/log/clean.js";
import { crashOf } from "../dist/log/crash.js";
import { Journal } from "../dist/log/journal.js";
import type { LogFacts, LogLevel } from "../dist/log/log.js";
import type { LogChoice } from "../dist/log/open.js";
import { openLog } from "../dist/log/open.js";

const canary = "canary0123456789abcdef";

function opened(choice: Partial<LogChoice> = {}, isTTY = false) {
  const lines: string[] = [];
  const target = { isTTY, write: (line: string) => lines.push(line) };
  return { lines, log: openLog(target, { level: "debug", format: "auto", env: {}, ...choice }) };
}

test("where nobody looks on, a line is JSON: level, time, facts, words", () => {
  const { lines, log } = opened();
  log.warn("the disk is full", { free: 0, where: "/srv/chat" });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\{.*\}\n$/);
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    ...{ level: "warn", msg: "the disk is full", free: 0, where: "/srv/chat" },
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
});

test("on a terminal it is a line for people, in colour unless they want none", () => {
  const plain = opened({ env: { NO_COLOR: "1" } }, true);
  plain.log.info("started", { port: 8001, data: "./chat data" });
  expect(plain.lines[0]).toMatch(/^\d\d:\d\d:\d\d info {2}started port=8001 data="\.\/chat data"\n$/);
  const coloured = opened({}, true);
  coloured.log.error("it failed");
  expect(coloured.lines[0]).toContain("\u001b[31merror\u001b[0m");
  expect(opened({ format: "json" }, true).log).toBeDefined();
});

test("the format can be chosen against what looks on", () => {
  const json = opened({ format: "json" }, true);
  json.log.info("a");
  expect(json.lines[0]).toMatch(/^\{/);
  const pretty = opened({ format: "pretty" }, false);
  pretty.log.info("a");
  expect(pretty.lines[0]).toMatch(/^\d\d:\d\d:\d\d info {2}a\n$/);
});

test.each([
  ["debug", 4],
  ["info", 3],
  ["warn", 2],
  ["error", 1],
] as const)("at %s, %i of the four levels are written", (level: LogLevel, told) => {
  const { lines, log } = opened({ level });
  for (const each of ["debug", "info", "warn", "error"] as const) log[each]("a line");
  expect(lines).toHaveLength(told);
  expect(log.isDebug).toBe(level === "debug");
});

test.each([
  `GET /ws?username=a&token=${canary} HTTP/1.1`,
  `ws://localhost:8001/v1/ws?token=${canary}`,
  `https://alice:${canary}@chat.example/`,
  `Authorization: Bearer ${canary}`,
  `chat.v1, bearer.${canary}`,
  `Basic ${Buffer.from(`a:${canary}`).toString("base64")}`,
  `{"username":"a","token":"${canary}"}`,
  `{"password": "${canary}"}`,
  `token=${canary}&since=unread`,
  `password: ${canary}`,
  `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ${canary}.c2ln`,
])("no secret gets through in a text: %s", (text) => {
  expect(cleanText(text)).not.toContain(canary);
  expect(cleanText(text)).not.toContain(Buffer.from(`a:${canary}`).toString("base64"));
  expect(cleanText(`it failed at ${text} and`)).not.toContain(canary);
});

test.each([
  "token",
  "password",
  "Authorization",
  "sec-websocket-protocol",
  "nonce",
  "message",
  "body",
  "cookie",
])("a fact that is named %s is not told at all", (name) => {
  expect(cleanFacts({ [name]: canary, port: 1 })).toEqual({ port: 1 });
});

test("what is no secret stays readable", () => {
  for (const text of [
    "the record ends here, since /srv/a.jsonl can't be written: EFBIG",
    "--origin lets it in",
    "https://chat.example",
    "is it full? no",
  ])
    expect(cleanText(text)).toBe(text);
});

test("nothing that a terminal obeys, or that turns text around, is written", () => {
  const { lines, log } = opened({ format: "pretty" });
  log.info("refused", { origin: "http://a\u001b]0;x\u0007\u009b31m\u202e\u2066\r\nb" });
  expect(lines).toHaveLength(1);
  expect(lines[0]?.trimEnd()).toMatch(/^[\x20-\x7e]+$/);
  expect(lines[0]).toContain("\\u{1b}");
});

test("a text that is too long is cut, however long it is", () => {
  expect(cleanText("a".repeat(1_000_000)).length).toBeLessThan(400);
});

test("of a crash its place is told, not what somebody had sent", () => {
  let thrown: unknown;
  try {
    JSON.parse(`{"message":${canary}\n    at canary (file:///canary.js:1:1)`);
  } catch (error) {
    thrown = error;
  }
  const crash = crashOf(thrown);
  expect(crash.name).toBe("SyntaxError");
  expect(crash.stack).toMatch(/^at .*log\.test/);
  expect(JSON.stringify(crash)).not.toContain("canary");
  expect(JSON.stringify(crashOf(new Error(canary)))).not.toContain(canary);
  expect(crashOf(canary)).toEqual({ name: "string", stack: "" });
  const system = Object.assign(new Error("listen EADDRINUSE: 8001"), {
    code: "EADDRINUSE",
    syscall: "listen",
  });
  expect(crashOf(system)).toMatchObject({ code: "EADDRINUSE", reason: "listen EADDRINUSE: 8001" });
});

test("strangers can't fill the log: a line a second of each kind, which says how many were left out", () => {
  const told: [string, LogFacts][] = [];
  let now = 0;
  const log = {
    ...{ isDebug: false, debug: () => {}, warn: () => {}, error: () => {} },
    info: (what: string, facts: LogFacts = {}) => told.push([what, facts]),
  };
  const journal = new Journal(log, () => now);
  for (let n = 0; n < 1_000; n += 1) {
    journal.refused("not let in", { origin: `http://${n}.example` });
    journal.ends(n as ConnectionId, "flood", "192.0.2.1");
    now += 2;
  }
  expect(told).toHaveLength(4);
  expect(told.filter(([what]) => what === "not let in").map(([, { more }]) => more)).toEqual([
    undefined,
    499,
  ]);
  const ordinary: Closing[] = ["goodbye", "nameTaken", "silent", "restarting"];
  for (const closing of ordinary) journal.ends(1 as ConnectionId, closing, undefined);
  expect(told).toHaveLength(4);
  for (const closing of ["guessing", "notLetIn"] as const)
    for (let n = 0; n < 2; n += 1) journal.ends(n as ConnectionId, closing, "192.0.2.1");
  expect(told.slice(4).map(([, facts]) => facts)).toEqual([
    { why: "guessing", connection: 0, address: "192.0.2.1", more: undefined },
    { why: "notLetIn", connection: 0, address: "192.0.2.1", more: undefined },
  ]);
});
