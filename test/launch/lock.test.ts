import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeLock } from "../../bin/lock.js";

const lock = new URL("../../bin/lock.js", import.meta.url).href;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chat-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (script: string) =>
  spawn(process.execPath, ["--input-type=module", "--eval", script, lock, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });

test("it is had by one at a time, and free again when released", () => {
  const first = takeLock(folder);
  expect(first).toBeDefined();
  expect(takeLock(folder)).toBeUndefined();
  first?.release();
  expect(takeLock(folder)).toBeDefined();
  expect(readdirSync(folder)).toEqual(["lock.2"]);
});

test("processes that all want it at once never have it together", async () => {
  const contender = `
    import { rmdirSync, mkdirSync } from "node:fs";
    const [, lock, folder] = process.argv;
    const { takeLock } = await import(lock);
    for (let had = 0; had < 25; ) {
      const mine = takeLock(folder);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 2));
      if (mine === undefined) continue;
      mkdirSync(folder + "/inside"); // throws when somebody else is
      await new Promise((resolve) => setTimeout(resolve, 1));
      rmdirSync(folder + "/inside");
      mine.release();
      had += 1;
    }`;
  const ends = await Promise.all(Array.from({ length: 6 }, () => once(run(contender), "exit")));
  expect(ends.map(([code]) => code)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(readdirSync(folder)).toEqual(["lock.150"]);
});

test("a killed holder frees it; a child that it shared it with holds it on", async () => {
  const holder = `
    import { spawn } from "node:child_process";
    const [, lock, folder] = process.argv;
    const mine = (await import(lock)).takeLock(folder);
    const child = spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    mine.share(child.pid);
    process.stdout.write(String(child.pid));
    setInterval(() => {}, 1000);`;
  const killed = run(holder);
  const [pid] = await once(killed.stdout, "data");
  killed.kill("SIGKILL");
  await once(killed, "exit");
  expect(takeLock(folder)).toBeUndefined();
  process.kill(Number(pid), "SIGKILL");
  await expect.poll(() => takeLock(folder)).toBeDefined();
});
