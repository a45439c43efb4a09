// The examples of the READMEs are run as they stand.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkoutNode } from "../../bin/setup.js";
import { connect } from "../support/talker.js";
import { blocks, read } from "./blocks.js";

/** A port that another server has must not fail the example: it is given one that is free, and says which. */
const anyPort = `data:text/javascript,${encodeURIComponent(`
  import { Server } from "node:net";
  const listen = Server.prototype.listen;
  Server.prototype.listen = function () {
    return listen.call(this, 0, "127.0.0.1", () => console.log("port", this.address().port));
  };
`)}`;

/** Runs an example in a folder of its own; gives what it has printed so far, and waits for a pattern in it. */
function run(path: string): { prints(pattern: RegExp): Promise<RegExpExecArray> } {
  const [example, ...others] = blocks(read(path)).filter(({ language }) => language === "ts");
  expect(others).toEqual([]);
  const folder = mkdtempSync(join(tmpdir(), "example-"));
  symlinkSync(join(import.meta.dirname, "../node_modules"), join(folder, "node_modules"), "dir");
  writeFileSync(join(folder, "example.ts"), example?.text ?? "");
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const child = spawn(checkoutNode, ["--import", anyPort, "example.ts"], { cwd: folder });
  let printed = "";
  child.stdout.on("data", (bytes) => {
    printed += String(bytes);
  });
  child.stderr.on("data", (bytes) => {
    printed += String(bytes);
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    async prints(pattern) {
      await expect.poll(() => printed, { timeout: 10_000 }).toMatch(pattern);
      return pattern.exec(printed) as RegExpExecArray;
    },
  };
}

test("the bare core serves two connections that are none", async () => {
  const example = run("packages/chat-hub/README.md");
  await example.prints(/to all of everyone\/simple but 1: \{"from":"alice","message":"Hello all!"/);
  await example.prints(/to connection 2: \{"from":"alice","message":"Hi Bob!","target":"bob"/);
});

test("chat is attached to an HTTP server in five lines, which goes on serving what it served", async () => {
  const example = run("README.md");
  const [, port] = await example.prints(/port (\d+)/);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("my site");
  const bob = await connect(`ws://127.0.0.1:${port}/ws?username=bob`, "bob");
  onTestFinished(() => bob.breaks());
  await bob.hears({ type: "welcome" });
  const alice = await connect(`ws://127.0.0.1:${port}/v1/ws?username=alice`, "alice");
  onTestFinished(() => alice.breaks());
  alice.says('{"message":"Hi Bob!","target":"bob"}');
  await bob.hears({ type: "new_message", payload: { message: "Hi Bob!", from: "alice" } });
});
