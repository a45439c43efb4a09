// The file of a record: for its owner's eyes, over nothing that is there, and whatever becomes of it, the
// server goes on.

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openHouse } from "../support/house.js";
import type { ServerProcess } from "../support/server-process.js";
import { runServer, startServer, temporaryFolder } from "../support/server-process.js";
import { play } from "./play.ts";

const inMemory = ["--store", "memory", "--port", "0"];

test("only its owner can read it", async () => {
  const file = join(temporaryFolder(), "record.jsonl");
  const server = await startServer(temporaryFolder(), { flags: [...inMemory, "--record", file] });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await server.ends("SIGTERM");
});

test("where it can't be made, one line says why, and nothing is started or touched: exit 1", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "file");
  writeFileSync(file, "precious");
  const reasons: [path: string, why: RegExp][] = [
    [file, /it is there already.*another name/],
    [folder, /it is there already/],
    [join(folder, "none", "record"), /no such folder/],
    [join(file, "record"), /its folder is a file/],
    ["/sys/record", /can't record into \/sys\/record: /],
  ];
  for (const [path, why] of reasons) {
    const { code, out, err } = await runServer([...inMemory, "--record", path]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^chat-server: can't record into [^\n]+\n$/);
    expect(err).toMatch(why);
  }
  expect(readFileSync(file, "utf8")).toBe("precious");
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("CHAT_RECORD says so too, and when nobody came the file is taken away: the next start can have it", async () => {
  const file = join(temporaryFolder(), "record.jsonl");
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as { port: number };
  const env = { CHAT_RECORD: file };
  const { code, err } = await runServer(["--store", "memory", "--port", `${port}`], { env });
  expect(code).toBe(1);
  expect(err).toContain(`port ${port} is taken`);
  expect(existsSync(file)).toBe(false);
  const server = await startServer(temporaryFolder(), { env });
  expect(existsSync(file)).toBe(true);
  await server.ends("SIGTERM");
});

/** Says so much that a record of it is longer than 64 KiB; each is recorded before the next is said. */
async function talk(server: Pick<ServerProcess, "connects">, name: string): Promise<void> {
  const talker = await server.connects(`/ws?username=${name}`, name);
  await talker.hears({ type: "welcome" });
  for (let said = 0; said < 16; said += 1) {
    talker.says(`{"type":"send_message","payload":{"message":"${"x".repeat(6_000)}"}}`);
    await talker.hears({ type: "new_message" });
  }
}

test("one that is as long as it may be ends with a warning; what it has can be replayed", async () => {
  const file = join(temporaryFolder(), "record.jsonl");
  const house = await openHouse({ record: { file, recordBytes: 32 * 1024 } });
  await talk(house, "alice");
  expect(house.log).toEqual([`the record ends here, since ${file} is as long as a record may be`]);
  expect(statSync(file).size).toBeLessThan(32 * 1024 + 100);
  const { ending, inputs, difference } = await play(file);
  expect({ ending, difference }).toEqual({ ending: "full", difference: undefined });
  expect(inputs).toBeGreaterThan(3);
});

test("one that can't be written any more ends with a warning; what it has can be replayed", async () => {
  const file = join(temporaryFolder(), "record.jsonl");
  // No file of this process gets longer than 32 KiB, as on a full disk.
  const full = ["bash", "-c", "trap '' XFSZ; ulimit -f 32; exec \"$@\"", "bash"];
  const flags = [...inMemory, "--limits", "off", "--record", file];
  const server = await startServer(temporaryFolder(), { flags, under: full });
  await talk(server, "alice");
  await talk(server, "bob");
  const { code, err } = await server.ends("SIGTERM");
  expect(code).toBe(0);
  expect(err).toMatch(
    /^\{"level":"warn",[^\n]*the record ends here, since \S+ can't be written: EFBIG[^\n]*\n$/,
  );
  const { ending, inputs, difference } = await play(file);
  expect({ ending, difference }).toEqual({ ending: "torn", difference: undefined });
  expect(inputs).toBeGreaterThan(3);
});
