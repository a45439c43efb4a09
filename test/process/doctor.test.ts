// `chat-server doctor`: what it finds is what stands in a server's way, and nothing is changed by looking.

import { chmodSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeCertificate, writeCertificate } from "../support/certificate.ts";
import type { ServerProcess } from "../support/server-process.ts";
import { runServer, startServer, temporaryFolder } from "../support/server-process.ts";
import { startKeyServer } from "../tokens/key-server.ts";

const dayMs = 24 * 60 * 60 * 1000;

interface Report {
  readonly code: number | null;
  readonly lines: readonly string[];
}

/** What it says with these flags; every line is one word and a sentence. */
async function doctor(...flags: string[]): Promise<Report> {
  const { code, out, err } = await runServer(["doctor", "--port", "0", ...flags]);
  expect(err).toBe("");
  const lines = out.trimEnd().split("\n");
  for (const line of lines) expect(line).toMatch(/^(ok {3}|note |BAD {2}) \S.*\S$/);
  return { code, lines };
}

const notGood = ({ lines }: Report): readonly string[] => lines.filter((line) => !line.startsWith("ok "));

/** A directory in which a server has kept a message. */
async function keptFolder(): Promise<string> {
  const folder = temporaryFolder();
  const server = await startServer(folder);
  await says(server, "something to keep");
  await server.ends("SIGTERM");
  return folder;
}

async function says(server: ServerProcess, message: string): Promise<void> {
  const alice = await server.connects("/ws?username=alice");
  await alice.hears({ type: "welcome" });
  alice.says(JSON.stringify({ type: "send_message", id: 1, payload: { message } }));
  await alice.hears({ type: "ack" });
}

test("where nothing is wrong it says so, and makes nothing", async () => {
  const folder = join(temporaryFolder(), "data");
  const report = await doctor("--data", folder);
  expect(notGood(report)).toEqual([]);
  expect(report.code).toBe(0);
  expect(report.lines.join("\n")).toMatch(
    /Node \d+[\s\S]*SQLite \d+[\s\S]*the first start makes it[\s\S]*left/,
  );
  expect(existsSync(folder)).toBe(false);
});

test("what is kept is looked through, and is the same to the last byte afterwards", async () => {
  const folder = await keptFolder();
  const before = readFileSync(join(folder, "chat.db"));
  const report = await doctor("--data", folder);
  expect(notGood(report)).toEqual([]);
  expect(report.lines.join("\n")).toMatch(/chat\.db is whole: \d+ KiB, version \d+, epoch [0-9a-f]{16}$/m);
  expect(readFileSync(join(folder, "chat.db")).equals(before)).toBe(true);
  // Nor does the next start take it for another: the numbering keeps its name.
  const again = await startServer(folder);
  await says(again, "more");
  await again.ends("SIGTERM");
  expect(notGood(await doctor("--data", folder))).toEqual([]);
});

test("a server that runs is found at its port and at its database, and is not disturbed", async () => {
  const folder = temporaryFolder();
  const server = await startServer(folder);
  const { code, lines } = await doctor("--data", folder, "--port", String(server.port));
  expect(code).toBe(0);
  expect(lines.join("\n")).toMatch(/a server is using it$/m);
  if (process.platform === "linux") expect(lines.join("\n")).toMatch(/is served by \S+, process \d+$/m);
  await says(server, "still here");
});

test("a port that somebody else has is told with whose it is, and another", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as AddressInfo;
  const report = await doctor("--data", temporaryFolder(), "--port", String(port));
  expect(report.code).toBe(1);
  const whose = process.platform === "linux" ? ` by .+, process ${process.pid}` : "";
  const way = `choose another with --port ${port === 65_535 ? 8001 : port + 1}`;
  expect(notGood(report)).toEqual([expect.stringMatching(`^BAD   port ${port} is taken${whose}: ${way}$`)]);
});

test("an address that this machine does not have", async () => {
  const report = await doctor("--data", temporaryFolder(), "--host", "192.0.2.1", "--yes-open");
  expect(report.code).toBe(1);
  expect(notGood(report)).toContain(
    "BAD   this machine has no address 192.0.2.1: choose another with --host",
  );
});

test("options that are wrong are told, and what needs none is looked at all the same", async () => {
  const report = await doctor("--limits", "maybe");
  expect(report.code).toBe(1);
  expect(notGood(report)).toEqual([expect.stringMatching(/^BAD {3}--limits maybe: /)]);
  expect(report.lines.join("\n")).toMatch(/SQLite/);
});

test("a directory that others can look into, and one that is a file", async () => {
  const folder = await keptFolder();
  chmodSync(folder, 0o755);
  const open = await doctor("--data", folder);
  expect(open.code).toBe(0);
  expect(notGood(open)).toEqual([
    `note  others on this machine can look into ${folder}: chmod 700 ${folder}`,
  ]);
  const file = await doctor("--data", join(folder, "chat.db"));
  expect(file.code).toBe(1);
  expect(notGood(file)).toEqual([expect.stringMatching(/^BAD {3}.*chat\.db is a file: choose a folder/)]);
});

test("a database that is damaged, foreign, or put back", async () => {
  const folder = await keptFolder();
  const database = join(folder, "chat.db");
  const whole = readFileSync(database);
  // The middle of each page but the first two.
  const damaged = Buffer.from(whole);
  for (let at = 2 * 4096; at < damaged.length; at += 4096) damaged.fill(0xff, at, at + 200);
  writeFileSync(database, damaged);
  const first = await doctor("--data", folder);
  expect(first.code).toBe(1);
  expect(notGood(first)).toEqual([
    expect.stringMatching(/^BAD {3}.*chat\.db.* damaged: restore it from a backup/),
  ]);

  writeFileSync(database, "this is no database, whatever its name says ".repeat(100));
  const second = await doctor("--data", folder);
  expect(second.code).toBe(1);
  expect(notGood(second)).toEqual([expect.stringMatching(/^BAD {3}.*chat\.db/)]);

  writeFileSync(database, whole);
  const kept = join(temporaryFolder(), "older.db");
  cpSync(database, kept);
  for (const _ of [1, 2]) await (await startServer(folder)).ends("SIGTERM");
  rmSync(database);
  cpSync(kept, database);
  const third = await doctor("--data", folder);
  expect(third.code).toBe(0);
  expect(notGood(third)).toEqual([
    expect.stringMatching(
      /^note {2}.*was put back to an older state: at the next start everybody fetches anew$/,
    ),
  ]);
});

test("memory is told for what it is", async () => {
  const report = await doctor("--store", "memory");
  expect(report.code).toBe(0);
  expect(notGood(report)).toEqual([expect.stringMatching(/^note {2}messages are kept in memory only/)]);
});

test("what can be read on the way, and a certificate that ends soon", async () => {
  const reached = await doctor("--data", temporaryFolder(), "--host", "0.0.0.0", "--auth", "password");
  expect(reached.code).toBe(0);
  expect(notGood(reached)).toEqual([
    expect.stringMatching(/^note {2}on 0\.0\.0\.0 without TLS .*--tls-cert/),
  ]);
  const folder = temporaryFolder();
  const pair = (days: number) => {
    const { cert, key } = writeCertificate(folder, makeCertificate(new Date(Date.now() + days * dayMs)));
    return ["--data", temporaryFolder(), "--tls-cert", cert, "--tls-key", key];
  };
  expect(notGood(await doctor(...pair(30)))).toEqual([]);
  expect(notGood(await doctor(...pair(3)))).toEqual([
    expect.stringMatching(/^note .*cert\.pem .* soon: renew it$/),
  ]);
  const over = await doctor(...pair(-1));
  expect(over.code).toBe(1);
  expect(notGood(over)).toEqual([expect.stringMatching(/^BAD .*cert\.pem is good no more since/)]);
});

test("an open server that others reach is told of, whoever meant it so", async () => {
  const report = await doctor("--data", temporaryFolder(), "--host", "0.0.0.0", "--yes-open");
  expect(report.code).toBe(0);
  expect(notGood(report)).toContainEqual(
    expect.stringMatching(/^note {2}open: whoever reaches it can take any name/),
  );
  const refused = await doctor("--data", temporaryFolder(), "--host", "0.0.0.0");
  expect(refused.code).toBe(1);
  expect(notGood(refused)).toEqual([
    expect.stringMatching(/^BAD .*--auth password or --auth jwt, or --yes-open/),
  ]);
});

test("the key of signed tokens is tried, the issuer asked", async () => {
  const jwt = [
    "--data",
    temporaryFolder(),
    "--auth",
    "jwt",
    "--jwt-issuer",
    "https://me",
    "--jwt-audience",
    "chat",
  ];
  const secret = join(temporaryFolder(), "secret");
  writeFileSync(secret, "x".repeat(48), { mode: 0o600 });
  const by = await doctor(...jwt, "--jwt-secret-file", secret);
  expect(notGood(by)).toEqual([]);
  expect(by.lines).toContainEqual(
    expect.stringMatching(/signed tokens are judged by .*secret, HS256 HS384$/),
  );
  writeFileSync(secret, "short");
  expect(notGood(await doctor(...jwt, "--jwt-secret-file", secret))).toEqual([
    expect.stringMatching(/^BAD .* has 5 bytes and needs 32 or more/),
  ]);
  expect(notGood(await doctor(...jwt, "--jwt-key-file", `${secret}-gone`))).toContainEqual(
    `BAD   --jwt-key-file ${secret}-gone: there is no such file`,
  );
  const keys = await startKeyServer();
  expect(notGood(await doctor(...jwt, "--jwt-jwks-url", keys.url))).toEqual([]);
  expect(keys.asked).toHaveLength(1);
  await keys.goes();
  const gone = await doctor(...jwt, "--jwt-jwks-url", keys.url);
  expect(gone.code).toBe(1);
  expect(notGood(gone)).toEqual([expect.stringMatching(/^BAD .* can't be had from http:.*ECONNREFUSED$/)]);
});
