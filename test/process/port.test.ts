// The port of the server as a person starts it, where those who connect wait for their turn: whoever it is
// and whatever they say, they get the same answers as from any HTTP server with chat attached to it.

import { connect } from "node:net";
import { expect, test } from "vitest";
import { oddRequests } from "../support/odd-requests.js";
import { dial, frame, upgradeTo } from "../support/raw-socket.js";
import { startServer, temporaryFolder } from "../support/server-process.js";

const inMemory = { flags: ["--store", "memory"] };

test("each odd request gets its answer, an upgrade of a path that is not ours too", async () => {
  const { port } = await startServer(temporaryFolder(), inMemory);
  for (const [what, request, status] of oddRequests) {
    const socket = await dial(port);
    socket.writes(request);
    expect(await socket.head(), what).toMatch(new RegExp(`^HTTP/1\\.[01] ${status} `));
  }
});

test("what comes in one piece behind an upgrade, itself behind requests, is heard", async () => {
  const { port } = await startServer(temporaryFolder(), inMemory);
  const socket = await dial(port);
  const ask = "HEAD /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";
  socket.writes(
    Buffer.concat([
      Buffer.from(ask + ask + upgradeTo("/v1/ws?username=alice")),
      frame('{"message":"early","target":"","id":"one"}'),
    ]),
  );
  for (const status of [404, 404, 101]) expect(await socket.head()).toContain(` ${status} `);
  await socket.frameWith('"ack"');
});

test("thousands who connect and are gone before it is their turn leave a server that goes on", async () => {
  const server = await startServer(temporaryFolder(), inMemory);
  await Promise.all(
    Array.from({ length: 2_000 }, async (_, nth) => {
      const socket = connect(server.port, "127.0.0.1");
      await new Promise((resolve) => socket.once("connect", resolve).once("error", resolve));
      if (nth % 2 === 0) socket.write("GET / HTTP/1.1\r\n");
      if (nth % 3 === 0) socket.end();
      else socket.resetAndDestroy();
    }),
  );
  const alice = await server.connects("/ws?username=alice");
  await alice.hears({ type: "welcome" });
  expect((await server.ends("SIGTERM")).code).toBe(0);
});

test("headers that never end are cut off, and others come in meanwhile", async () => {
  const server = await startServer(temporaryFolder(), inMemory);
  const lorises = Array.from({ length: 50 }, () => {
    const socket = connect(server.port, "127.0.0.1");
    socket.write("GET /ws?username=loris HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    const dripping = setInterval(() => socket.write("x"), 500);
    return new Promise<string>((resolve) => {
      let heard = "";
      socket.on("data", (bytes) => {
        heard += String(bytes);
      });
      socket.on("error", () => {});
      socket.on("close", () => {
        clearInterval(dripping);
        resolve(heard);
      });
    });
  });
  const alice = await server.connects("/ws?username=alice");
  await alice.hears({ type: "welcome" });
  for (const heard of await Promise.all(lorises)) expect(heard).toMatch(/^(HTTP\/1\.1 408 |$)/);
  alice.says('{"type":"ping","id":1}');
  await alice.hears({ type: "ping", id: 1 });
});
