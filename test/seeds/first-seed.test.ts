// The first seed, word for word: what its README shows is typed here as it stands there, but for the port.

import { once } from "node:events";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.js";
import type { ServerProcess } from "../support/server-process.js";
import { runServer, startServer, temporaryFolder } from "../support/server-process.js";
import type { Talker } from "../support/talker.js";
import { connect } from "../support/talker.js";

const start = (): Promise<ServerProcess> => startServer(temporaryFolder(), { flags: ["--store", "memory"] });

/** `websocat <url>`. */
async function websocat(url: string, server: ServerProcess): Promise<Talker> {
  const talker = await connect(url.replace("8001", String(server.port)), url);
  onTestFinished(() => talker.breaks());
  await talker.hearsNothing();
  return talker;
}

const line = { conversation: "everyone", seq: 1, at: expect.any(Number), sent: expect.any(String) };

test("The server will start on port 8001: where that is taken it says so, by that number", async () => {
  const other = createServer().listen(8001, "127.0.0.1");
  // Taken by somebody else is as good.
  await Promise.race([once(other, "listening"), once(other, "error")]);
  onTestFinished(() => void other.close());
  const { code, err } = await runServer(["--store", "memory"]);
  expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining("port 8001 is taken") });
});

test("Server running on port: …, with the port that it was given", async () => {
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const { port } = free.address() as { port: number };
  await new Promise((resolve) => free.close(resolve));
  const server = await startServer(temporaryFolder(), { flags: ["--store", "memory", "--port", `${port}`] });
  expect(server.port).toBe(port);
  const { out } = await server.ends("SIGTERM");
  expect(out.split("\n")[0]).toBe(`Server running on port: ${port}`);
});

test("websocat as Alice and as Bob: Hello Bob! reaches only bob", async () => {
  const server = await start();
  const alice = await websocat("ws://localhost:8001/v1/ws?username=alice", server);
  const bob = await websocat("ws://localhost:8001/v1/ws?username=bob", server);
  const carol = await websocat("ws://localhost:8001/v1/ws?username=carol", server);
  alice.says('{"message":"Hello Bob!","target":"bob"}\n');
  await bob.hearsExactly({
    ...line,
    from: "alice",
    message: "Hello Bob!",
    target: "bob",
    conversation: "@alice",
  });
  await alice.hearsNothing();
  await carol.hearsNothing();
});

test("the frame on several lines is broadcast to all but the sender; what it is made of stands first", async () => {
  const server = await start();
  const alice = await websocat("ws://localhost:8001/v1/ws?username=alice", server);
  const bob = await websocat("ws://localhost:8001/v1/ws?username=bob", server);
  const carol = await websocat("ws://localhost:8001/v1/ws?username=carol", server);
  alice.says('{\n   "message": "Hello everyone!",\n   "target": ""\n}');
  expect(await bob.nextText()).toMatch(
    /^\{"from":"alice","message":"Hello everyone!","target":"","conversation":"everyone","seq":1,"at":\d{13},"sent":"\d\d:\d\d:\d\d"\}$/,
  );
  await carol.hearsExactly({ ...line, from: "alice", message: "Hello everyone!", target: "" });
  await alice.hearsNothing();
});

test("with its comment, which JSON has none of, the frame is refused in words, and the next one is obeyed", async () => {
  const server = await start();
  const alice = await websocat("ws://localhost:8001/v1/ws?username=alice", server);
  const bob = await websocat("ws://localhost:8001/v1/ws?username=bob", server);
  alice.says(
    '{\n   "message": "Hello everyone!",\n   "target": ""   // leave empty for broadcast, or set to a username for private message\n}',
  );
  await alice.hears({ error: { code: "malformed", message: "JSON has no comments" } });
  alice.says('{"message":"Hello everyone!","target":""}');
  await bob.hears({ message: "Hello everyone!", seq: 1 });
});

test("the browser console: one line to all, one to bob, and what comes is logged", async () => {
  const server = await start();
  const bob = await websocat("ws://localhost:8001/v1/ws?username=bob", server);
  const carol = await websocat("ws://localhost:8001/v1/ws?username=carol", server);
  const logged: unknown[][] = [];
  const consoleOfTheBrowser = { log: (...said: unknown[]) => logged.push(said) };
  const seed = `
let ws = new WebSocket("ws://localhost:8001/v1/ws?username=alice");

ws.onmessage = (event) => console.log("Received:", event.data);

ws.onopen = () => {
  // Send broadcast
  ws.send(JSON.stringify({message: "Hello all!", target: ""}));

  // Send private message
  ws.send(JSON.stringify({message: "Hi Bob!", target: "bob"}));
};
`;
  const typed = new Function(
    "WebSocket",
    "console",
    `${seed.replace("8001", String(server.port))}; return ws;`,
  );
  const ws = typed(WebSocket, consoleOfTheBrowser) as WebSocket;
  onTestFinished(() => ws.close());

  await bob.hearsExactly(
    { ...line, from: "alice", message: "Hello all!", target: "" },
    { ...line, from: "alice", message: "Hi Bob!", target: "bob", conversation: "@alice" },
  );
  await carol.hears({ message: "Hello all!" });
  await carol.hearsNothing();

  bob.says('{"message":"Hello Alice!","target":"alice"}');
  await eventually(() => logged).toHaveLength(1);
  expect(logged[0]).toEqual([
    "Received:",
    expect.stringMatching(/^\{"from":"bob","message":"Hello Alice!",/),
  ]);
});

test("disconnected clients are removed: the name is free, and a line to it is refused", async () => {
  const server = await start();
  const bob = await websocat("ws://localhost:8001/v1/ws?username=bob", server);
  const alice = await websocat("ws://localhost:8001/v1/ws?username=alice", server);
  await alice.leaves();
  await eventually(async () => {
    bob.says('{"message":"Hello Alice!","target":"alice"}');
    return (await bob.heardSoFar()).at(-1);
  }).toMatchObject({ error: { code: "away" } });
  const another = await websocat("ws://localhost:8001/v1/ws?username=alice", server);
  bob.says('{"message":"Hello Alice!","target":"alice"}');
  await another.hears({ from: "bob", message: "Hello Alice!", target: "alice" });
});

test.each([
  ["سارة", "%D8%B3%D8%A7%D8%B1%D8%A9"],
  ["Ольга", "%D0%9E%D0%BB%D1%8C%D0%B3%D0%B0"],
  ["李雷", "%E6%9D%8E%E9%9B%B7"],
  ["José", "Jos%C3%A9"],
])("%s is a name like any other", async (name, escaped) => {
  const server = await start();
  const bob = await websocat("ws://localhost:8001/v1/ws?username=bob", server);
  const friend = await websocat(`ws://localhost:8001/v1/ws?username=${escaped}`, server);
  friend.says('{"message":"مرحبا","target":""}');
  await bob.hears({ from: name, message: "مرحبا" });
  bob.says(`{"message":"hello","target":"${name}"}`);
  await friend.hears({ from: "bob", message: "hello", target: name });
});
