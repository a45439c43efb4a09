// Which pages may connect (FAULTS 26). A program that is no browser sends no Origin, and may.

import { createServer } from "node:http";
import { attachChat } from "chat-server";
import { expect, onTestFinished, test } from "vitest";
import { foreignOrigins } from "../support/foreign-origins.js";
import { openHouse } from "../support/house.js";
import { dial, upgradeTo } from "../support/raw-socket.js";

/** The head and body of the answer to an upgrade with these headers. */
async function knock(port: number, ...headers: string[]): Promise<string> {
  const socket = await dial(port);
  const lines = headers.map((line) => `${line}\r\n`).join("");
  socket.writes(upgradeTo("/ws?username=alice").replace("Host: localhost\r\n", lines));
  const head = await socket.head();
  return head.startsWith("HTTP/1.1 101 ") ? head : head + (await socket.untilEnd());
}

test("no Origin is let in", async () => {
  const house = await openHouse();
  expect(await knock(house.port, "Host: localhost")).toMatch(/^HTTP\/1\.1 101 /);
});

test.each(["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])(
  "the page that is served at %s is let in",
  async (host) => {
    const house = await openHouse();
    const name = `${host}:${house.port}`;
    expect(await knock(house.port, `Host: ${name}`, `Origin: http://${name.toLowerCase()}`)).toMatch(/ 101 /);
  },
);

test.each(foreignOrigins)(
  "a page of %j is refused with 403, before there is any session, and told of --origin",
  async (origin) => {
    const house = await openHouse();
    const alice = await house.events("alice");
    const from = origin.replace("PORT", `${house.port}`);
    const answer = await knock(house.port, `Host: localhost:${house.port}`, `Origin: ${from}`);
    expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
    expect(answer.split("\r\n\r\n")[1]).toContain("--origin");
    expect(house.log).toEqual([expect.stringContaining("--origin")]);
    // What looks like a name and a password in a URL is not told.
    expect(house.log[0]).toContain(`origin=${from.replace(/\/\/.*@/, "//…@")}`);
    alice.says('{"type":"users","id":1}');
    await alice.hears({ payload: { count: 1 } });
  },
);

test("a name that was made to point here (DNS rebinding) is refused, though Host and Origin agree", async () => {
  const house = await openHouse();
  const name = `evil.example:${house.port}`;
  expect(await knock(house.port, `Host: ${name}`, `Origin: http://${name}`)).toMatch(/ 403 /);
});

test("an origin that was named is let in, exactly that one", async () => {
  const house = await openHouse({ origins: ["https://chat.example", "http://localhost:5173"] });
  for (const origin of ["https://chat.example", "http://localhost:5173"])
    expect(await knock(house.port, "Host: localhost", `Origin: ${origin}`)).toMatch(/ 101 /);
  for (const origin of [
    "http://chat.example",
    "https://chat.example:444",
    "https://chat.example.evil.example",
  ])
    expect(await knock(house.port, "Host: localhost", `Origin: ${origin}`)).toMatch(/ 403 /);
});

test("a control character in an Origin does not reach the log", async () => {
  const house = await openHouse();
  await knock(house.port, "Host: localhost", "Origin: http://evil\u00e9\u0009x");
  expect(house.log.join("")).toMatch(/^[\x20-\x7e\u00a0-\u00ff]*$/);
});

test("another server's upgrades on the same port are left to it", async () => {
  const server = createServer();
  server.on("upgrade", (request, socket) => {
    if (request.url === "/other") socket.end("HTTP/1.1 418 I'm a teapot\r\nConnection: close\r\n\r\n");
  });
  const chat = await attachChat(server, { store: "memory" });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    await chat.close();
    server.close();
  });
  const { port } = server.address() as { port: number };
  for (const [path, answer] of [
    ["/other", / 418 /],
    ["/ws?username=alice", / 101 /],
  ] as const) {
    const socket = await dial(port);
    socket.writes(upgradeTo(path));
    expect(await socket.head()).toMatch(answer);
  }
});
