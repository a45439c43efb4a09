// The launchers as a person meets them: under the checkout's Node, and under another one, from which they go on in a
// child. Set-up itself from nothing, with empty caches, is proved by .ci/run.
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn as spawnTerminal } from "@lydell/node-pty";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkoutNode } from "../../bin/setup.js";

const root = join(import.meta.dirname, "../..");
const setup = new URL("../../bin/setup.js", import.meta.url).href;
const folder = mkdtempSync(join(tmpdir(), "chat-launch-"));
const otherNode = join(folder, "node");
beforeAll(() => copyFileSync(checkoutNode, otherNode));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(node: string, args: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(node, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return { child, ended: once(child, "close").then(([code]) => ({ code, out, err })) };
}

const becoming = (...args: readonly string[]): readonly string[] => [
  "--input-type=module",
  "--eval",
  `import { become } from ${JSON.stringify(setup)}; await become("test/launch/program.js", ${JSON.stringify(args)})`,
];

describe.each([
  ["the checkout's Node", () => checkoutNode],
  ["another Node", () => otherNode],
])("under %s", (_name, node) => {
  test("the program gets its arguments as they are and its exit code comes back", async () => {
    const { code, out, err } = await start(node(), becoming("3", "--port", "8001", "a b", "--", "")).ended;
    expect(JSON.parse(out)).toEqual({
      node: process.version,
      main: join(root, "test/launch/program.js"),
      rest: ["--port", "8001", "a b", "--", ""],
    });
    expect({ code, err }).toEqual({ code: 3, err: "" });
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s reaches the program once", async (signal) => {
    const { child, ended } = start(node(), becoming("wait"));
    await once(child.stdout as NodeJS.EventEmitter, "data");
    child.kill(signal);
    const { code, out } = await ended;
    expect({ code, said: out.split("\n").slice(1) }).toEqual({ code: 7, said: [signal, ""] });
  });

  test("Ctrl-C in a terminal reaches the program once", async () => {
    const terminal = spawnTerminal(node(), [...becoming("wait")], { cwd: root });
    let seen = "";
    terminal.onData((shown) => {
      if (seen === "") terminal.write("\x03");
      seen += shown;
    });
    const code = await new Promise((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
    expect({ code, times: seen.split("SIGINT").length - 1 }).toEqual({ code: 7, times: 1 });
  });
});

test("a program that a signal ends gives 128 + its number", async () => {
  expect((await start(otherNode, becoming("die")).ended).code).toBe(137);
});

describe.each(["server/bin/chat-server.js", "chat-cli/bin/chat-cli.js"])("packages/%s", (door) => {
  test.each(["14.21.3", "20.20.2", "22.12.0"])(
    "says in one line that Node %s is too old, and exits 2",
    async (version) => {
      const url = new URL(`../../packages/${door}`, import.meta.url).href;
      const pretend = `Object.defineProperty(process.versions, "node", { value: "${version}" }); await import("${url}")`;
      const { code, out, err } = await start(checkoutNode, ["--input-type=module", "--eval", pretend]).ended;
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/^chat-\w+ needs Node 22\.13 or newer; this is Node [\d.]+\. .*\n$/);
    },
  );
});
