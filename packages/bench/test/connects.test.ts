import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { Arrivals } from "../src/load/arrivals.js";
import { standIn } from "./ws-stand-in.js";

const bench = fileURLToPath(new URL("../dist/main.js", import.meta.url));

test("everybody comes in turn, never more at once than agreed, and leaves politely", async () => {
  const goodbyes: number[] = [];
  let [inside, most, visits] = [0, 0, 0];
  const server = await standIn((client) => {
    inside += 1;
    visits += 1;
    most = Math.max(most, inside);
    client.on("close", (code) => {
      inside -= 1;
      goodbyes.push(code);
    });
  });
  let failed: Error | undefined;
  const arrivals = new Arrivals({ port: server.port, atOnce: 4, people: 10 }, (error) => {
    failed = error;
  });
  try {
    await arrivals.start();
    expect(visits).toBeGreaterThanOrEqual(10);
    const before = visits;
    const { entered, latencyMs, seconds, loadCpu } = await arrivals.count(200);
    expect(entered).toBeGreaterThan(0);
    expect(Math.abs(visits - before - entered)).toBeLessThanOrEqual(4);
    expect(latencyMs.count).toBe(entered);
    expect(seconds).toBeGreaterThan(0.15);
    expect(loadCpu).toBeGreaterThan(0);
    expect(most).toBe(4);
    expect(new Set(goodbyes)).toEqual(new Set([1000]));
    expect(failed).toBeUndefined();
  } finally {
    arrivals.end();
    server.end();
  }
});

test("one that is not let in fails the run", async () => {
  const refusal = '{"type":"error","payload":{"code":"name_taken"}}';
  const server = await standIn(() => undefined, refusal);
  const plan = { port: server.port, atOnce: 1, people: 1 };
  const failed = new Promise<Error>((resolve) => new Arrivals(plan, resolve).start().catch(() => undefined));
  try {
    expect((await failed).message).toMatch(/m00000.*instead of a welcome.*name_taken/);
  } finally {
    server.end();
  }
});

test("the real server and the plain loop let everybody in", async () => {
  const args = ["--scenarios", "connects", "--peers", "sqlite", "--people", "30"];
  const short = ["--rounds", "1", "--seconds", "1", "--warm-up", "0.1", "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, [bench, ...args, ...short]);
  const { results } = JSON.parse(stdout);
  expect(results.map(({ peer }: { peer: string }) => peer)).toEqual(["sqlite", "plain-loop"]);
  for (const { median } of results) {
    expect(median.perSecond).toBeGreaterThan(0);
    expect(median.p99).toBeGreaterThanOrEqual(median.p50);
    expect(median.p99Before).toBeGreaterThan(0);
  }
});
