import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { Storm } from "../src/load/storm.js";
import { readOwn } from "../src/option-table.js";
import type { StormFigures } from "../src/scenarios/resume-storm.js";
import { resumeStorm, stormFound } from "../src/scenarios/resume-storm.js";
import { standIn } from "./ws-stand-in.js";

const bench = fileURLToPath(new URL("../dist/main.js", import.meta.url));

function message(seq: number): string {
  return `{"type":"new_message","payload":{"message":"hi","from":"bob","seq":${seq},"at":1}}`;
}

const resumed = '{"type":"resumed","payload":{"epoch":"e","replayed":3}}';

/** Four who have missed 11, 12 and 13; the last one that connects gets `frames`. */
async function storm(...frames: readonly string[]) {
  let connected = 0;
  const server = await standIn((client) => {
    connected += 1;
    for (const frame of connected === 4 ? frames : [message(11), message(12), message(13), resumed])
      client.send(frame);
  });
  const run = new Storm({ port: server.port, connections: 4, since: 10, messages: 3 });
  try {
    const { count, sessions } = await run.run();
    for (const session of sessions) session.cut();
    return count;
  } finally {
    server.end();
  }
}

test("who comes back has everything when the replay has ended with the last message", async () => {
  const { ms, eachMs, loadCpu } = await storm(
    '{"type":"presence"}',
    message(11),
    message(12),
    message(13),
    resumed,
  );
  expect(eachMs.count).toBe(4);
  expect(ms).toBe(eachMs.max);
  expect(ms).toBeGreaterThan(0);
  expect(loadCpu).toBeGreaterThan(0);
});

test.each<[string, readonly string[], RegExp]>([
  ["one message too few", [message(11), message(12), resumed], /got 2 of 3/],
  ["a hole", [message(11), message(13), resumed], /got place 13 instead of 12/],
  ["a double", [message(11), message(11), message(12), message(13), resumed], /got place 11 instead of 12/],
  ["the wrong order", [message(12), message(11), message(13), resumed], /got place 12 instead of 11/],
  ["one after the end", [message(11), message(12), message(13), resumed, message(14)], /got 4 messages/],
  ["a refusal", ['{"type":"error","payload":{"code":"bad_since"}}'], /refused.*bad_since/],
])("%s fails the run", async (_, frames, reason) => {
  await expect(storm(...frames)).rejects.toThrow(reason);
});

test("the goals are SQLite's: when the last has all, and what the others notice", () => {
  const goals = (peer: string, lastMs: number, p99Ratio: number) => {
    const median: StormFigures = {
      lastMs,
      medianMs: 1000,
      cpuMsPerResume: 0.5,
      serverCpu: 0.9,
      loadCpu: 0.4,
      p50Before: 1,
      p99Before: 4,
      p50During: 1,
      p99During: 4 * p99Ratio,
      maxDuring: 50,
      p99Ratio,
    };
    const options = readOwn(resumeStorm.options, {}, false);
    return stormFound([{ peer, median, rounds: [median] }], options).goals.map(({ held }) => held);
  };
  expect(goals("sqlite", 4900, 1.9)).toEqual([true, true]);
  expect(goals("sqlite", 5100, 2.1)).toEqual([false, false]);
  expect(goals("memory", 4900, 1.9)).toEqual([undefined, undefined]);
});

test("everybody gets from the real server what they have missed", async () => {
  const args = ["--scenarios", "resume-storm", "--peers", "sqlite", "--returning", "40", "--missed", "7"];
  const short = ["--rounds", "1", "--calm", "0.3", "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, [bench, ...args, ...short]);
  const [{ peer, median }] = JSON.parse(stdout).results;
  expect(peer).toBe("sqlite");
  expect(median.lastMs).toBeGreaterThanOrEqual(median.medianMs);
  expect(median.p99Before).toBeGreaterThan(0);
  expect(median.p99During).toBeGreaterThan(0);
});
