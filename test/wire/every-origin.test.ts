// Origins at every door there is (FAULTS 26): both endpoints, and everything over HTTP. What a page may not have it does
// not get, and what it may have it is shown.

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Answers } from "chat-server";
import { adminPort, attachChat, healthAnswers, metricsAnswers, page } from "chat-server";
import { describe, expect, onTestFinished, test } from "vitest";
import { foreignOrigins } from "../support/foreign-origins.js";
import { dial, upgradeTo } from "../support/raw-socket.js";

const named = "https://chat.example";

/** A server with everything that there is over HTTP, which lets the pages of one other origin in; and its admin port. */
async function openAll(proxies: string[] = []): Promise<{ port: number; admin: number }> {
  const server = createServer();
  const options = { origins: [named], proxies };
  const chat = await attachChat(server, { store: "memory", ...options });
  const answers: Answers = {
    ...healthAnswers(() => chat.readiness()),
    ...metricsAnswers(chat, { version: "0", store: "memory", auth: "open" }),
  };
  server.on("request", page({ ...options, answers }));
  const admin = createServer(adminPort(answers));
  for (const each of [server, admin]) await once(each.listen(0, "127.0.0.1"), "listening");
  onTestFinished(async () => {
    await chat.close();
    for (const each of [server, admin]) each.closeAllConnections();
    for (const each of [server, admin]) each.close();
  });
  const [port = 0, other = 0] = [server, admin].map((each) => (each.address() as AddressInfo).port);
  return { port, admin: other };
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

async function ask(port: number, request: string): Promise<Answered> {
  const socket = await dial(port);
  socket.writes(request);
  const [first = "", ...lines] = (await socket.head()).trimEnd().split("\r\n");
  const headers = lines.map((line) => [
    line.split(":", 1)[0]?.toLowerCase() ?? "",
    line.replace(/^[^:]*: ?/, ""),
  ]);
  return {
    status: Number(first.split(" ")[1]),
    headers: Object.fromEntries(headers) as Record<string, string>,
  };
}

/** Headers come as they are given, `Origin` also if it is empty. */
function request(method: string, path: string, ...headers: string[]): string {
  return [`${method} ${path} HTTP/1.1`, "Connection: close", ...headers, "", ""].join("\r\n");
}

const sockets = ["/ws?username=alice", "/v1/ws?username=bob"];
const closed = ["/", "/index.html", "/nothing", "/healthz", "/readyz", "/metrics", "/assets/none.js"];
const open = ["/schema.json", "/asyncapi.json"];

describe.each(foreignOrigins)("a page of %j", (from) => {
  test("gets 403 at both endpoints, before there is any session", async () => {
    const { port } = await openAll();
    const origin = `Origin: ${from.replace("PORT", `${port}`)}`;
    for (const path of sockets) {
      const upgrade = upgradeTo(path).replace(
        "Host: localhost\r\n",
        `Host: localhost:${port}\r\n${origin}\r\n`,
      );
      expect(await ask(port, upgrade)).toMatchObject({ status: 403 });
    }
  });

  test("gets 403 for everything over HTTP, on both ports, and may not read even that", async () => {
    const { port, admin } = await openAll();
    for (const each of [port, admin])
      for (const path of closed)
        for (const method of ["GET", "HEAD", "OPTIONS", "POST"]) {
          const headers = [`Host: localhost:${each}`, `Origin: ${from.replace("PORT", `${each}`)}`];
          const asked = request(method, path, ...headers, "Access-Control-Request-Method: GET");
          const answer = await ask(each, asked);
          expect({ path, method, status: answer.status }).toEqual({ path, method, status: 403 });
          expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
          expect(answer.headers["vary"]).toContain("Origin");
        }
  });

  test("may read the documents of the wire, which any page may", async () => {
    const { port } = await openAll();
    for (const path of open) {
      const answer = await ask(port, request("GET", path, `Host: localhost:${port}`, `Origin: ${from}`));
      expect(answer).toMatchObject({ status: 200, headers: { "access-control-allow-origin": "*" } });
    }
  });
});

test("the page that the server gives out, and one that was named, are let in everywhere and shown the answer", async () => {
  const { port, admin } = await openAll();
  for (const from of [named, `http://localhost:${port}`]) {
    for (const path of sockets) {
      const lines = `Host: localhost:${port}\r\nOrigin: ${from}\r\n`;
      expect((await ask(port, upgradeTo(path).replace("Host: localhost\r\n", lines))).status).toBe(101);
    }
    for (const path of closed) {
      const answer = await ask(port, request("GET", path, `Host: localhost:${port}`, `Origin: ${from}`));
      expect(answer.status, path).not.toBe(403);
      expect(answer.headers).toMatchObject({
        "access-control-allow-origin": from,
        vary: expect.stringContaining("Origin") as string,
      });
    }
  }
  // Those of the chat are nobody to the port of whoever runs it.
  const other = await ask(admin, request("GET", "/metrics", `Host: localhost:${admin}`, `Origin: ${named}`));
  expect(other.status).toBe(403);
});

test("who sends no Origin is no page, and is let in everywhere", async () => {
  const { port, admin } = await openAll();
  for (const path of sockets) expect((await ask(port, upgradeTo(path))).status).toBe(101);
  for (const path of ["/", "/healthz", "/readyz", "/metrics", ...open]) {
    const answer = await ask(port, request("GET", path, "Host: localhost"));
    expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    expect(answer.headers["access-control-allow-origin"]).toBe(open.includes(path) ? "*" : undefined);
  }
  for (const path of ["/healthz", "/readyz", "/metrics"])
    expect((await ask(admin, request("GET", path, "Host: localhost"))).status).toBe(200);
});

test("a page that was named may ask before it asks, and is told that there is nothing but reading", async () => {
  const { port } = await openAll();
  const asked = (path: string, from: string) =>
    ask(
      port,
      request("OPTIONS", path, "Host: localhost", `Origin: ${from}`, "Access-Control-Request-Method: GET"),
    );
  expect(await asked("/readyz", named)).toMatchObject({
    status: 204,
    headers: { "access-control-allow-origin": named, "access-control-allow-methods": "GET, HEAD" },
  });
  expect(await asked("/schema.json", "https://evil.example")).toMatchObject({ status: 204 });
  expect((await ask(port, request("POST", "/", "Host: localhost", `Origin: ${named}`))).status).toBe(405);
});

test("the port of whoever runs it is asked by this machine's names only", async () => {
  const { admin } = await openAll();
  for (const host of ["evil.example", `evil.example:${admin}`, "localhost.evil.example"])
    expect((await ask(admin, request("GET", "/metrics", `Host: ${host}`))).status).toBe(403);
  for (const host of ["localhost", `127.0.0.1:${admin}`, "[::1]"])
    expect((await ask(admin, request("GET", "/metrics", `Host: ${host}`))).status).toBe(200);
});

test("behind a proxy that is trusted the page has the name that the proxy was asked by", async () => {
  const asked = (port: number, ...headers: string[]) =>
    ask(port, upgradeTo("/ws").replace("Host: localhost\r\n", headers.map((line) => `${line}\r\n`).join("")));
  const page = ["Host: talk.example", "Origin: https://talk.example"];
  const forwarded = ["X-Forwarded-For: 198.51.100.7", "X-Forwarded-Proto: https"];
  const { port } = await openAll(["loopback"]);
  expect((await asked(port, ...page, ...forwarded)).status).toBe(101);
  // The page did not come from there by plain http.
  const plain = ["Host: talk.example", "Origin: http://talk.example"];
  expect((await asked(port, ...plain, ...forwarded)).status).toBe(403);
  // Without the proxy's word it is a name that was made to point here.
  expect((await asked(port, ...page)).status).toBe(403);
  const direct = await openAll();
  expect((await asked(direct.port, ...page, ...forwarded)).status).toBe(403);
});

test("behind a proxy connections count for who asks, and a stranger's header for nobody", async () => {
  const { port } = await openAll(["loopback"]);
  const knocks = async (address: string) => {
    const socket = await dial(port);
    const header = `Host: localhost\r\nX-Forwarded-For: 9.9.9.9, ${address}\r\n`;
    socket.writes(upgradeTo("/ws").replace("Host: localhost\r\n", header));
    await socket.head();
    return socket;
  };
  const crowd = await Promise.all(Array.from({ length: 256 }, () => knocks("198.51.100.7")));
  expect(crowd).toHaveLength(256);
  expect(await (await knocks("198.51.100.7")).closeCode()).toBe(4429);
  const other = await knocks("198.51.100.8");
  other.writes(Buffer.from([0x89, 0x80, 0, 0, 0, 0]));
  expect((await other.frame())?.opcode).toBe(0x0a);
});
