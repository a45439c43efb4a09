// `npm run conformance -- URL` itself: it passes our server, on both stores, fails a server that is none,
// and says how it is used. The same command is for any server in any language.

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import { play } from "../replay/play.ts";
import type { CommandEnded } from "../support/command.js";
import { runCommand } from "../support/command.js";
import type { StoreName } from "../support/house.js";
import { openHouse } from "../support/house.js";
import { temporaryFolder } from "../support/server-process.js";
import { readVectors } from "./vectors.ts";

function conformance(...args: string[]): Promise<CommandEnded> {
  return runCommand(new URL("main.ts", import.meta.url), args);
}

const count = readVectors().reduce((sum, { vectors }) => sum + vectors.length, 0);

describe.each<StoreName>(["memory", "sqlite"])("our server, %s", (store) => {
  test("holds every vector, and once more against the same server; what it did can be replayed", async () => {
    const file = join(temporaryFolder(), "record.jsonl");
    const house = await openHouse({ store, record: { file } });
    for (let time = 0; time < 2; time += 1) {
      const { code, told, complained } = await conformance(house.url);
      expect(told.filter((line) => !line.startsWith("ok "))).toEqual([`${count} passed, 0 failed`]);
      expect(complained).toBe("");
      expect(code).toBe(0);
    }
    await house.close();
    const { inputs, difference, ending } = await play(file);
    expect({ difference, ending }).toEqual({ difference: undefined, ending: "closed" });
    expect(inputs).toBeGreaterThan(10 * count);
  });
});

/** A server that any tutorial has: what one says, all are told. */
async function openLoop(): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  server.on("connection", (socket: WebSocket) => {
    socket.on("message", (frame) => {
      for (const client of server.clients) client.send(String(frame));
    });
  });
  await once(server, "listening");
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a loop that sends everything to all is no such server, and is told where it differs", async () => {
  const { code, told } = await conformance(await openLoop(), "--patience", "400", "--at-once", "40");
  expect(code).toBe(1);
  expect(told.at(-1)).toBe(`0 passed, ${count} failed`);
  expect(told.filter((line) => line.startsWith("NOT OK")).length).toBe(count);
  expect(told).toContain("NOT OK  login: login takes a name, and its welcome has its id");
  const after = told.indexOf("NOT OK  login: login takes a name, and its welcome has its id") + 1;
  expect(told[after]).toMatch(/^ +step 2, \{"to":"alice".*: heard \{.* instead/);
});

test("a port where nobody listens fails, and says so", async () => {
  const { code, told } = await conformance("ws://127.0.0.1:1", "login takes a name");
  expect(told).toEqual([
    "NOT OK  login: login takes a name, and its welcome has its id",
    "        connect ECONNREFUSED 127.0.0.1:1",
    "0 passed, 1 failed",
  ]);
  expect(code).toBe(1);
});

test.each([
  ["no address", [], /^an address such as .* is needed, not nothing\nusage: npm run conformance/],
  [
    "an address of another kind",
    ["http://localhost:8001"],
    /^an address .*, not http:\/\/localhost:8001\nusage: /,
  ],
  [
    "an option that it has not",
    ["ws://localhost:8001", "--loud"],
    /^Unknown option '--loud'\nusage: npm run/,
  ],
  ["words that no vector has", ["ws://localhost:8001", "no such vector"], /^no vector has these words/],
])("%s is wrong usage", async (_, args, complaint) => {
  const { code, told, complained } = await conformance(...args);
  expect(code).toBe(2);
  expect(told).toEqual([""]);
  expect(complained).toMatch(complaint);
});
