// No secret and nothing that people say is in the log, at its most talkative: not what is shown to be let in, by whatever
// way, not what is said, not what nobody understands, and not when the server dies of it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { commands } from "chat-hub";
import { expect, test } from "vitest";
import { dial, upgradeTo } from "../support/raw-socket.js";
import type { ServerProcess } from "../support/server-process.js";
import { startServer, temporaryFolder } from "../support/server-process.js";
import type { Talker } from "../support/talker.js";

/** Good as a password, a token, a nonce, an invite and a message. */
const canary = "canary-0123456789-abcdef";
const basic = Buffer.from(`alice:${canary}`).toString("base64");

/** Those of a payload that are text; who they are about is no secret. */
function withCanary(payload: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const told = Object.entries(payload).map(([name, value]) => [
    name,
    typeof value === "string" && name !== "username" ? canary : value,
  ]);
  const secrets = [
    "token",
    "password",
    "old_password",
    "new_password",
    "nonce",
    "message",
    "invite",
    "reason",
  ];
  return { ...Object.fromEntries(told), ...Object.fromEntries(secrets.map((name) => [name, canary])) };
}

/** Every command with the canary in it, as it may be said and as it may not. */
const frames = Object.entries(commands).flatMap(([type, { example }]) => {
  const { payload = {} } = JSON.parse(example) as { payload?: Record<string, unknown> };
  const whole = JSON.stringify({ type, id: canary, payload: { ...payload, ...withCanary({}) } });
  return [whole, JSON.stringify({ type, id: 1, payload: withCanary(payload) }), whole.slice(0, -2)];
});

/** All that was said has been taken: a question behind it is answered, or the connection was ended. */
async function isTaken(talker: Talker): Promise<void> {
  if (!talker.isOpen) return;
  talker.says('{"type":"ping","id":"the end"}', '{"message":"end","target":"#none","id":"the end"}');
  while (talker.isOpen) {
    // Passwords are looked at two at a time, and that is slow on purpose.
    const heard = JSON.stringify((await talker.next().catch(() => undefined)) ?? {});
    if (heard.includes('"the end"')) return;
  }
}

/** Shows and says the canary in every way there is, and waits until all of it was taken. */
async function plant(server: ServerProcess): Promise<void> {
  const headers = [
    { Authorization: `Bearer ${canary}` },
    { Authorization: `Basic ${basic}` },
    { "Sec-WebSocket-Protocol": `chat.v1, bearer.${canary}` },
    { Cookie: `token=${canary}`, "X-Token": canary },
  ];
  const paths = ["/ws", "/v1/ws"].flatMap((path) => [
    `${path}?username=alice&token=${canary}`,
    `${path}?username=alice&password=${canary}`,
    `${path}?username=${"x".repeat(50)}&token=${canary}`,
    `${path}?token=${canary}&since=${canary}&${canary}=1`,
  ]);
  for (const [n, path] of paths.entries())
    for (const [m, header] of headers.entries()) {
      if (n !== m && n !== 3) continue;
      const knocks = [`/${path.slice(1)}`, `/elsewhere?token=${canary}`];
      for (const each of knocks) {
        const lines = Object.entries(header).map(([name, value]) => `${name}: ${value}`);
        const origin = (n + m) % 3 === 0 ? [`Origin: https://evil.example`] : [];
        const socket = await dial(server.port);
        socket.writes(upgradeTo(each, ...lines, ...origin));
        await socket.head();
        socket.breaks();
      }
      const asked = await dial(server.port);
      const lines = Object.entries(header).map(([name, value]) => `${name}: ${value}\r\n`);
      asked.writes(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${lines.join("")}\r\n`);
      await asked.untilEnd();
    }
  for (const broken of [`${canary} / HTTP/1.1\r\n\r\n`, `GET /?token=${canary}\r\n${canary}\r\n\r\n`]) {
    const socket = await dial(server.port);
    socket.writes(broken);
    await socket.untilEnd();
  }
  for (const dialect of ["/ws", "/v1/ws"])
    for (const before of [
      [],
      [`{"type":"register","id":1,"payload":{"username":"bob","password":"${canary}"}}`],
    ]) {
      const talker = await server.connects(
        `${dialect}?username=person${dialect.length}&token=${canary}`,
        dialect,
      );
      const other = await server.connects(dialect, "nobody yet");
      for (const each of [talker, other]) {
        for (const frame of [...before, ...frames, canary, `{"message":"${canary}","nonce":"${canary}"}`])
          if (each.isOpen) each.says(frame);
        if (each.isOpen) each.says(Buffer.from(canary));
      }
      for (const each of [talker, other]) await isTaken(each);
    }
}

test.each([
  ["open", "json"],
  ["open", "pretty"],
  ["password", "json"],
])("with --auth %s the %s log has no canary in it", async (auth, format) => {
  const registration = auth === "password" ? ["--registration", "open"] : [];
  const flags = [
    "--log-level",
    "debug",
    "--log-format",
    format,
    "--auth",
    auth,
    "--limits",
    "off",
    ...registration,
  ];
  const server = await startServer(temporaryFolder(), { flags, env: { CHAT_LOG_LEVEL: "debug" } });
  await plant(server);
  const { code, out, err } = await server.ends("SIGTERM");
  expect(code).toBe(0);
  // It did tell of what went on.
  for (const words of ["started", "connected", "disconnected", "another origin", "stopped"])
    expect(err).toContain(words);
  if (auth === "open") expect(err).toContain("logged in");
  for (const secret of [canary, basic, encodeURIComponent(canary)]) expect(out + err).not.toContain(secret);
});

test.each([
  ["thrown", `JSON.parse('{"token":' + process.env.PLANTED)`],
  ["rejected", "Promise.reject(new Error(process.env.PLANTED + '\\n    at ' + process.env.PLANTED))"],
  ["thrown as it is", "throw process.env.PLANTED"],
])("a server that dies of an error which quotes somebody does not quote them: %s", async (_how, code) => {
  const file = join(temporaryFolder(), "planted.mjs");
  writeFileSync(file, `process.on("SIGUSR2", () => { ${code}; });`);
  const server = await startServer(temporaryFolder(), {
    nodeFlags: ["--import", file],
    env: { PLANTED: canary, CHAT_LOG_LEVEL: "debug" },
  });
  const ended = await server.ends("SIGUSR2");
  expect(ended.code).toBe(1);
  expect(ended.err).toContain("the server ends by an error of its own");
  expect(ended.out + ended.err).not.toContain(canary);
  if (code.includes("JSON")) expect(ended.err).toMatch(/"name":"SyntaxError","stack":"at [^"]*planted\.mjs/);
});
