// The server within TLS: https and wss, and a certificate that is renewed while it runs. Every certificate is made here.

import { once } from "node:events";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { connect as connectPlainly } from "node:net";
import { join } from "node:path";
import type { ConnectionOptions, TLSSocket } from "node:tls";
import { connect as connectSecurely } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { makeCertificate, writeCertificate } from "../support/certificate.js";
import { eventually } from "../support/eventually.js";
import type { ServerProcess } from "../support/server-process.js";
import { runServer, startServer, temporaryFolder } from "../support/server-process.js";
import { connect } from "../support/talker.js";

const inMemory = ["--store", "memory"];

async function startSecurely(
  folder: string,
  certificate = makeCertificate(),
  ...flags: string[]
): Promise<{ server: ServerProcess; ca: string; files: { cert: string; key: string } }> {
  const files = writeCertificate(folder, certificate);
  const server = await startServer(folder, {
    flags: [...inMemory, "--tls-cert", files.cert, "--tls-key", files.key, ...flags],
    env: { CHAT_LOG_LEVEL: "info" },
  });
  return { server, ca: certificate.cert, files };
}

/** The head of what it answers to a GET over TLS. */
async function get(port: number, path: string, ca: string, host?: string) {
  const headers = host === undefined ? {} : { host };
  const asked = request({ port, path, ca, headers, agent: false, servername: "localhost" });
  asked.end();
  const [answer] = await once(asked, "response");
  answer.resume();
  return answer as { statusCode: number; headers: Record<string, string | undefined> };
}

/** A socket within TLS, which trusts this certificate alone. */
async function shakes(port: number, ca: string, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connectSecurely({ port, host: "127.0.0.1", ca, servername: "localhost", ...options });
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => {});
  await once(socket, "secureConnect");
  return socket;
}

test("the page comes by https, both dialects by wss, and the greeting says so", async () => {
  const { server, ca } = await startSecurely(temporaryFolder());
  expect((await get(server.port, "/", ca)).statusCode).toBe(200);
  const url = `wss://localhost:${server.port}`;
  const alice = await connect(`${url}/ws?username=alice`, "alice", {}, { ca });
  const bob = await connect(`${url}/v1/ws?username=bob`, "bob", {}, { ca });
  onTestFinished(() => {
    for (const each of [alice, bob]) each.breaks();
  });
  await alice.hears({ type: "welcome" });
  bob.says('{"message":"hi alice"}');
  await alice.hears({ type: "new_message", payload: { message: "hi alice", from: "bob" } });
  const { out, code } = await server.ends("SIGTERM");
  expect(code).toBe(0);
  expect(out).toContain(`https://localhost:${server.port}\n`);
  expect(out).toContain(`--url wss://localhost:${server.port}\n`);
  expect(out).toContain(`'wss://localhost:${server.port}/v1/ws?username=bob'`);
});

test("a crowd that shakes hands, or only connects, and says nothing keeps nobody out", async () => {
  const { server, ca } = await startSecurely(temporaryFolder(), makeCertificate(), "--limits", "off");
  const silent = Array.from({ length: 300 }, (_, index) => {
    if (index % 2 === 0) return shakes(server.port, ca);
    const socket = connectPlainly(server.port, "127.0.0.1").on("error", () => {});
    onTestFinished(() => void socket.destroy());
    return once(socket, "connect");
  });
  const url = `wss://localhost:${server.port}/ws?username=alice`;
  const during = await connect(url, "during", {}, { ca });
  onTestFinished(() => during.breaks());
  await during.hears({ type: "welcome" });
  await Promise.all(silent);
  const after = await connect(`${url}-too`, "after", {}, { ca });
  onTestFinished(() => after.breaks());
  await after.hears({ type: "welcome" });
});

test("its page may connect, and a page that came by plain http may not", async () => {
  const { server, ca } = await startSecurely(temporaryFolder());
  const url = `wss://localhost:${server.port}/ws?username=alice`;
  const own = await connect(url, "own", { origin: `https://localhost:${server.port}` }, { ca });
  onTestFinished(() => own.breaks());
  await own.hears({ type: "welcome" });
  const plain = connect(url, "plain", { origin: `http://localhost:${server.port}` }, { ca });
  await expect(plain).rejects.toThrow("403");
});

test("browsers are told to come by TLS only, but not for all that there is on localhost", async () => {
  const { server, ca } = await startSecurely(temporaryFolder());
  const policy = "strict-transport-security";
  expect((await get(server.port, "/", ca, "chat.example")).headers[policy]).toMatch(/^max-age=\d{7,}/);
  for (const host of ["localhost:1", "127.0.0.1", "[::1]:1"])
    expect((await get(server.port, "/", ca, host)).headers[policy]).toBeUndefined();
  const open = await startServer(temporaryFolder(), { flags: inMemory });
  const answer = await fetch(`http://127.0.0.1:${open.port}/`);
  expect(answer.headers.has(policy)).toBe(false);
});

test("TLS before 1.2 is not spoken", async () => {
  const { server, ca } = await startSecurely(temporaryFolder());
  const [old, newest] = ["TLSv1.1", "TLSv1.3"] as const;
  const ciphers = "DEFAULT@SECLEVEL=0";
  const tried = shakes(server.port, ca, { minVersion: "TLSv1", maxVersion: old, ciphers });
  await expect(tried).rejects.toThrow();
  expect(
    (await shakes(server.port, ca, { minVersion: "TLSv1.2", maxVersion: "TLSv1.2" })).getProtocol(),
  ).toBe("TLSv1.2");
  expect((await shakes(server.port, ca)).getProtocol()).toBe(newest);
});

test("a new pair is used from then on, those who are connected stay; half a pair changes nothing", async () => {
  const folder = temporaryFolder();
  const first = makeCertificate();
  const { server, files } = await startSecurely(folder, first);
  const url = `wss://localhost:${server.port}/ws?username=alice`;
  const alice = await connect(url, "alice", {}, { ca: first.cert });
  onTestFinished(() => alice.breaks());
  await alice.hears({ type: "welcome" });

  const second = makeCertificate();
  writeFileSync(files.cert, second.cert);
  await eventually(() => server.err().includes("the old certificate is kept")).toBe(true);
  await shakes(server.port, first.cert);
  writeFileSync(files.key, second.key);
  await eventually(() => server.err().includes("the certificate is renewed")).toBe(true);
  await shakes(server.port, second.cert);
  await expect(shakes(server.port, first.cert)).rejects.toThrow();

  alice.says('{"type":"ping","id":1}');
  await alice.hears({ type: "ping", id: 1 });
  const { err } = await server.ends("SIGTERM");
  expect(err).toMatch(/key\.pem is not the key of the certificate .*cert\.pem/);
  expect(err).not.toContain("PRIVATE");
});

test("a file that can't be looked at for a moment ends nothing; the old certificate goes on", async () => {
  const first = makeCertificate();
  const { server, files } = await startSecurely(temporaryFolder(), first);
  rmSync(files.cert);
  // What leads to itself is no file: ELOOP.
  symlinkSync("cert.pem", files.cert);
  await eventually(() => server.err().includes("the old certificate is kept")).toBe(true);
  await shakes(server.port, first.cert);
  const second = makeCertificate();
  rmSync(files.cert);
  writeFileSync(files.key, second.key);
  writeFileSync(files.cert, second.cert);
  await eventually(() => server.err().includes("the certificate is renewed")).toBe(true);
  await shakes(server.port, second.cert);
  expect((await server.ends("SIGTERM")).code).toBe(0);
});

test("what can't be used starts nothing: one line, with the way out", async () => {
  const folder = temporaryFolder();
  const [one, other] = [makeCertificate(), makeCertificate()];
  const files = writeCertificate(folder, { cert: one.cert, key: other.key });
  const empty = join(folder, "empty.pem");
  writeFileSync(empty, "nothing");
  const started: [flags: string[], code: number, why: RegExp][] = [
    [["--tls-cert", files.cert], 2, /--tls-cert FILE --tls-key FILE/],
    [["--tls-cert", files.cert, "--tls-key", files.key], 1, /key\.pem is not the key of the certificate/],
    [["--tls-cert", empty, "--tls-key", files.key], 1, /empty\.pem has no certificate in PEM form/],
    [["--tls-cert", files.cert, "--tls-key", empty], 1, /empty\.pem has no private key .* in PEM form/],
    [["--tls-cert", join(folder, "none"), "--tls-key", files.key], 1, /no such file; --tls-cert names it/],
  ];
  for (const [flags, code, why] of started) {
    const ended = await runServer([...inMemory, "--port", "0", ...flags]);
    expect({ flags, code: ended.code, out: ended.out }).toEqual({ flags, code, out: "" });
    expect(ended.err).toMatch(/^chat-server: [^\n]+\n$/);
    expect(ended.err).toMatch(why);
    const checked = await runServer([...inMemory, "--check", ...flags]);
    expect({ code: checked.code, out: checked.out }).toEqual({ code: 2, out: "" });
    expect(checked.err).toMatch(why);
  }
  const old = writeCertificate(temporaryFolder(), makeCertificate(new Date(Date.now() - 1_000)));
  const expired = await runServer(["--check", ...inMemory, "--tls-cert", old.cert, "--tls-key", old.key]);
  expect(expired.err).toMatch(/is good no more since .*: renew it/);
});

test("a certificate that is good no more, or not for long, is warned of", async () => {
  for (const [days, why] of [
    [-1, "is good no more"],
    [3, "ends soon"],
  ] as const) {
    const certificate = makeCertificate(new Date(Date.now() + days * 24 * 60 * 60 * 1000));
    const { server } = await startSecurely(temporaryFolder(), certificate);
    expect((await server.ends("SIGTERM")).err).toContain(why);
  }
});
