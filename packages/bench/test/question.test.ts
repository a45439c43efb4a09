// Where there is no /proc, and for its memory, a server's process is asked itself.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { CpuReading } from "../src/processes/cpu-clock.js";
import { CpuSamples } from "../src/processes/cpu-samples.js";
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

test("a process that is busy says afterwards what it had used at each moment when it was asked", async () => {
  const busyMs = 600;
  const server = busy(busyMs);
  try {
    await new Promise((resolve) => server.stdout?.once("data", resolve));
    const memory = ask<NodeJS.MemoryUsage>(server, "memory");
    const first = ask<CpuReading>(server, "cpu");
    await new Promise((resolve) => setTimeout(resolve, busyMs / 3));
    const [one, other] = await Promise.all([first, ask<CpuReading>(server, "cpu")]);
    expect(one.cpuMs).toBeGreaterThan(0);
    // Asked 200 ms apart, and answered at the same time.
    expect(other.atMs - one.atMs).toBeGreaterThan(100);
    expect(other.cpuMs).toBeGreaterThan(one.cpuMs);
    const { rss, heapUsed } = await memory;
    expect(rss).toBeGreaterThan(heapUsed);
  } finally {
    server.kill("SIGKILL");
  }
});

test("a sample is the first one from that moment on, also when the oldest have been written over", () => {
  const samples = new CpuSamples();
  for (let n = 1; n <= 10_000; n++) samples.add({ atMs: n, cpuMs: n / 2 });
  expect(samples.since(9_000)).toEqual({ atMs: 9_000, cpuMs: 4_500 });
  expect(samples.since(8_999.5)).toEqual({ atMs: 9_000, cpuMs: 4_500 });
  expect(samples.since(4_002)).toEqual({ atMs: 4_002, cpuMs: 2_001 });
  expect(samples.since(10_001).atMs).toBeGreaterThan(1e12);
  expect(new CpuSamples(samples.memory).since(10_000)).toEqual({ atMs: 10_000, cpuMs: 5_000 });
});

test("a process that ends instead of answering is told", async () => {
  const server = busy(60_000);
  await new Promise((resolve) => server.stdout?.once("data", resolve));
  const asked = ask(server, "cpu");
  server.kill("SIGKILL");
  await expect(asked).rejects.toThrow("the server ended");
});
