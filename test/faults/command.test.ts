// The command `npm run faults` itself: what it is told, and what it leaves behind.

import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { checkoutNode } from "../../bin/setup.js";
import { eventually } from "../support/eventually.js";

const command = join(import.meta.dirname, "main.ts");

function runs(...args: readonly string[]): ChildProcess {
  const child = spawn(checkoutNode, [command, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

test.each([
  ["--sed 1", "Unknown option '--sed'"],
  ["--seed one", "--seed is a whole number from 0 on, not one"],
  ["99999", "no fault is meant by 99999; --list tells which there are"],
  ["no-such-word", "no fault is meant by no-such-word; --list tells which there are"],
  ["--short --write", "the table is of whole runs: --write goes without --short"],
])("%s is wrong, which is told before the usage: exit 2", async (words, why) => {
  const child = runs(...words.split(" "));
  const said = text(child.stderr as Readable);
  expect((await once(child, "exit"))[0]).toBe(2);
  expect((await said).split("\n").slice(0, 2)).toEqual([
    why,
    expect.stringMatching(/^usage: npm run faults/),
  ]);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s ends it and every server that it has started", async (signal, code) => {
  const child = runs("11", "--short");
  const children = `/proc/${child.pid}/task/${child.pid}/children`;
  const started = (): string[] => readFileSync(children, "utf8").split(" ").filter(Boolean);
  await eventually(() => started().length).toBeGreaterThan(0);
  const servers = started();
  child.kill(signal);
  expect((await once(child, "exit"))[0]).toBe(code);
  await eventually(() => servers.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
});
