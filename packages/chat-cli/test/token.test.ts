// A name is held by a secret that the person never has to see.

import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keepToken, stateFolder } from "../src/token.js";

const url = "ws://localhost:8001/ws";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "chat-cli-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const files = (state: string): string[] =>
  readdirSync(join(state, "tokens")).map((name) => join(state, "tokens", name));

test("the token is made once, and read by its owner only", () => {
  const state = folder();
  const first = keepToken(state, url, "alice");
  expect(first.secret).toMatch(/^[\w-]{32}$/);
  expect(keepToken(state, url, "alice").secret).toBe(first.secret);
  const [file = ""] = files(state);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(state, "tokens")).mode & 0o777).toBe(0o700);
});

test("each server and each name has its own; spellings of one name, and of this machine, are one", () => {
  const state = folder();
  const secret = (name: string, at = url): string => keepToken(state, at, name).secret;
  const alice = secret("Alice");
  expect(secret("alice")).toBe(alice);
  expect(secret("alice", "ws://127.0.0.1:8001/ws")).toBe(alice);
  expect(secret("alice", "ws://[::1]:8001/other")).toBe(alice);
  for (const other of [
    secret("bob"),
    secret("alice", "ws://localhost:8002/ws"),
    secret("alice", "wss://x/ws"),
  ]) {
    expect(other).not.toBe(alice);
  }
  secret("../../etc/passwd");
  expect(files(state).every((file) => /\/[0-9a-f]{32}\.json$/.test(file))).toBe(true);
});

test("a token that others could read is closed to them", () => {
  const state = folder();
  keepToken(state, url, "alice");
  const [file = ""] = files(state);
  chmodSync(file, 0o644);
  keepToken(state, url, "alice");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a token made for a login that was refused is not kept; an older one is", () => {
  const state = folder();
  keepToken(state, url, "alice").discard();
  expect(files(state)).toEqual([]);
  const { secret } = keepToken(state, url, "alice");
  keepToken(state, url, "alice").discard();
  expect(keepToken(state, url, "alice").secret).toBe(secret);
});

test("where nothing can be kept there is a token all the same, and the reason", () => {
  const state = folder();
  writeFileSync(join(state, "tokens"), "a file where the folder should be");
  const { secret, problem } = keepToken(state, url, "alice");
  expect(secret).toMatch(/^[\w-]{32}$/);
  expect(problem).toMatch(/^your name can't be kept for you: /);
});

test("a file without a token in it is not overwritten", () => {
  const state = folder();
  keepToken(state, url, "alice");
  const [file = ""] = files(state);
  writeFileSync(file, "not JSON");
  expect(keepToken(state, url, "alice").problem).toBeDefined();
  expect(readFileSync(file, "utf8")).toBe("not JSON");
});

test("state is kept where XDG says", () => {
  expect(stateFolder({ XDG_STATE_HOME: "/somewhere" })).toBe("/somewhere/chat-cli");
  expect(stateFolder({ XDG_STATE_HOME: "relative" })).toMatch(/\/\.local\/state\/chat-cli$/);
});
