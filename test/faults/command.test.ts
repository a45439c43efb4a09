// The command `npm run faults` itself: what it is told, and what it leaves behind.

import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkoutNode } from "../../bin/setup.js";
import { eventually } from "../support/eventually.js";

const command = join(import.meta.dirname, "main.ts");

function runs(...args: readonly string[]): ChildProcess {
  const child = spawn(checkoutNode, [command, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

test("what it can't read, or what means no fault, is usage: exit 2", async () => {
  const wrong = [["--sed", "1"], ["--seed", "one"], ["99999"], ["no fault has these words"]];
  const codes = wrong.map(async (args) => (await once(runs(...args), "exit"))[0]);
  expect(await Promise.all(codes)).toEqual([2, 2, 2, 2]);
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
