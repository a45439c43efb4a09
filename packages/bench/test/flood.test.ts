// The built bench against the built peers: what it proves is tested, what it measures is not.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { FloodFigures } from "../src/scenarios/flood.js";
import type { PeerRounds } from "../src/scenarios/rounds.js";

const bench = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const short = [
  "--scenarios",
  "flood",
  "--rounds",
  "1",
  "--seconds",
  "0.3",
  "--warm-up",
  "0.1",
  "--clients",
  "3",
  "--window",
  "4",
  "--json",
];

interface FloodLine {
  readonly scenario: string;
  readonly results: readonly (PeerRounds<FloodFigures> & { readonly frame: string })[];
}

async function flood(...args: readonly string[]): Promise<FloodLine> {
  const { stdout } = await promisify(execFile)(process.execPath, [bench, ...short, ...args]);
  return JSON.parse(stdout);
}

test.each([[[]], [["--acks"]]])("every client of the plain loop gets every message %j", async (args) => {
  const { results } = await flood("--peers", "plain-loop", ...args);
  const [plain] = results;
  expect(results).toHaveLength(1);
  expect(plain).toMatchObject({ peer: "plain-loop" });
  expect(plain?.median.checked).toBeGreaterThan(0);
  expect(plain?.median.messagesPerSecond).toBeGreaterThan(0);
  expect(JSON.parse(plain?.frame ?? "")).toMatchObject({
    type: "new_message",
    payload: { conversation: "everyone" },
  });
});
