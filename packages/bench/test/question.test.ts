// Where there is no /proc, and for its memory, a server's process is asked itself.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ask } from "../src/processes/question.js";

const reporter = (name: string) => fileURLToPath(new URL(`../dist/processes/${name}.js`, import.meta.url));

/** A process that is busy for a while, with both reporters. */
function busy(ms: number) {
  const program = `process.stdout.write("up"); const end = Date.now() + ${ms}; while (Date.now() < end); setInterval(() => {}, 1000)`;
  const flags = [
    "--expose-gc",
    "--import",
    reporter("cpu-reporter"),
    "--import",
    reporter("memory-reporter"),
  ];
  return spawn(process.execPath, [...flags, "--eval", program], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
}

test("questions that wait together in a busy process get an answer each", async () => {
  const server = busy(200);
  try {
    await new Promise((resolve) => server.stdout?.once("data", resolve));
    const [first, memory, second] = await Promise.all([
      ask<number>(server, "cpu"),
      ask<NodeJS.MemoryUsage>(server, "memory"),
      ask<number>(server, "cpu"),
    ]);
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first);
    expect(memory.rss).toBeGreaterThan(memory.heapUsed);
  } finally {
    server.kill("SIGKILL");
  }
});

test("a process that ends instead of answering is told", async () => {
  const server = busy(60_000);
  await new Promise((resolve) => server.stdout?.once("data", resolve));
  const asked = ask(server, "cpu");
  server.kill("SIGKILL");
  await expect(asked).rejects.toThrow("the server ended");
});
