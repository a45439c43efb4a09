// HTTP on the port of the WebSockets: the page under its policy, the documents of the wire, and a plain
// no to everything else (FAULTS 25).

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { defaultLimits } from "chat-hub";
import { page } from "chat-server";
import { describe, expect, onTestFinished, test } from "vitest";
import { openHouse } from "../support/house.js";
import { oddRequests } from "../support/odd-requests.js";
import { dial, upgradeTo } from "../support/raw-socket.js";

/** Asks a house of its own for a path. */
async function get(path: string, init?: RequestInit): Promise<Response> {
  const { port } = await openHouse();
  return fetch(`http://127.0.0.1:${port}${path}`, init);
}

/** What a house of its own says to these bytes, until it ends the connection. */
async function answerTo(request: string): Promise<string> {
  const socket = await dial((await openHouse()).port);
  socket.writes(request);
  return socket.untilEnd();
}

test("the page comes under a policy that lets nothing run but itself", async () => {
  const answer = await get("/");
  expect(answer.status).toBe(200);
  const policy = answer.headers.get("content-security-policy") ?? "";
  const rules = new Map(
    policy.split("; ").map((rule) => [rule.split(" ")[0], rule.split(" ").slice(1).join(" ")]),
  );
  expect(Object.fromEntries(rules)).toMatchObject({
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
  });
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
  expect(answer.headers.get("cross-origin-opener-policy")).toBe("same-origin");
});

test("what the page names is there, with the right types, and nothing is taken from elsewhere", async () => {
  const html = await (await get("/")).text();
  const named = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, path]) => path as string);
  expect(named.length).toBeGreaterThan(1);
  for (const path of named) {
    expect(path).toMatch(/^\.?\//);
    const answer = await get(path.replace(/^\.\//, "/"));
    expect(answer.status, path).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/javascript|css|svg|json/);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  }
  expect(html).not.toMatch(/ on\w+=|<script>|style="/);
});

test.each([
  "/nothing",
  "/../package.json",
  "/..%2f..%2fpackage.json",
  "/%2e%2e/package.json",
  "/.env",
  "/assets/",
  "/assets",
  "/%00",
  "/%E0%A4%A",
  "//evil.example",
  "/ws",
  "/v1/ws",
])("%s is not found", async (path) => {
  const answer = await answerTo(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  expect(answer).toMatch(/Content-Security-Policy/i);
  expect(answer).not.toMatch(/dependencies/);
});

test.each(["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])("%s is not allowed", async (method) => {
  expect(await answerTo(`${method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 405 [\s\S]*Allow: GET, HEAD/,
  );
});

describe.each([
  ["/schema.json", { $schema: "https://json-schema.org/draft/2020-12/schema" }],
  ["/asyncapi.json", { asyncapi: "3.1.0" }],
])("%s", (path, begins) => {
  test("is there for any page to read, and need not be got twice", async () => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    expect(await answer.json()).toMatchObject(begins);
    const etag = answer.headers.get("etag") ?? "";
    const again = await get(path, { headers: { "If-None-Match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const other = await get(`${path}?v=1`, { headers: { "If-None-Match": '"another"' } });
    expect([other.status, other.headers.get("etag")]).toEqual([200, etag]);
  });

  test("has a HEAD that says what GET would", async () => {
    const [head, whole] = [await get(path, { method: "HEAD" }), await get(path)];
    expect(await head.text()).toBe("");
    const length = String(Buffer.byteLength(await whole.text()));
    expect(["content-length", "etag", "content-type"].map((name) => head.headers.get(name))).toEqual([
      length,
      whole.headers.get("etag"),
      whole.headers.get("content-type"),
    ]);
  });

  test("is not there under other names, nor for what would change it", async () => {
    expect((await get(`${path}/`)).status).toBe(404);
    expect((await get(path, { method: "POST", body: "{}" })).status).toBe(405);
  });
});

test("the documents have the limits of their server in them", async () => {
  const server = createServer(page({ limits: { ...defaultLimits, messageChars: 140 } }));
  await once(server.listen(0), "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const schema = (await (await fetch(`http://127.0.0.1:${port}/schema.json`)).json()) as {
    $defs: { message_text: { maxLength: number } };
  };
  expect(schema.$defs.message_text.maxLength).toBe(140);
});

test("HEAD says what GET would", async () => {
  const [head, whole] = [await get("/", { method: "HEAD" }), await get("/")];
  expect([head.status, head.headers.get("content-length")]).toEqual([
    200,
    whole.headers.get("content-length"),
  ]);
  expect(await head.text()).toBe("");
});

const upgrade = upgradeTo("/ws?username=alice");

test.each(oddRequests)(
  "an upgrade with $0 gets $2, and the server goes on",
  async (_what, request, status) => {
    const house = await openHouse();
    const socket = await dial(house.port);
    socket.writes(request);
    expect(await socket.head()).toMatch(new RegExp(`^HTTP/1\\.[01] ${status} `));
    const alice = await house.simple("alice");
    await alice.hearsNothing();
  },
);

test("2,000 headers are as good as few", async () => {
  const house = await openHouse();
  const socket = await dial(house.port);
  socket.writes(upgradeTo("/ws?username=alice", ...Array.from({ length: 1_990 }, (_, n) => `a${n}: 1`)));
  expect(await socket.head()).toMatch(/^HTTP\/1\.1 (101|431) /);
  await (await house.simple("bob")).hearsNothing();
});

test("a request behind an upgrade in the same piece is no request any more, but bytes of the WebSocket", async () => {
  const house = await openHouse();
  const socket = await dial(house.port);
  socket.writes(`${upgrade}GET / HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  expect(await socket.head()).toMatch(/ 101 /);
  // "G" is 0x47: RSV bits.
  expect(await socket.closeCode()).toBe(1002);
});
