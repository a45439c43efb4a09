// Upgrades are answered a few in each loop turn: a crowd that comes at once is let in all the same, and
// whoever goes before their turn has come is no trouble.

import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Duplex } from "node:stream";
import { attachChat } from "chat-server";
import { expect, onTestFinished, test } from "vitest";
import { openHouse } from "../support/house.js";
import { dial, upgradeTo } from "../support/raw-socket.js";
import { connect } from "../support/talker.js";

test("three hundred who come at once are all let in, and each is told where they stand", async () => {
  const house = await openHouse();
  const crowd = await Promise.all(
    Array.from({ length: 300 }, (_, n) => house.events(`guest${n}`, "&since=everyone:-5")),
  );
  for (const guest of crowd) await guest.hears({ type: "resumed" });
});

/** A chat on a server of the test's own, and the port it listens on. */
async function openChat(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer();
  const chat = await attachChat(server, { store: "memory" });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    await chat.close();
    server.closeAllConnections();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port };
}

test("whoever breaks off before the answer is no trouble, and those behind them are let in", async () => {
  const { server, port } = await openChat();
  // Behind the chat's own listener, which has put the upgrade where it waits.
  server.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    if (request.url?.includes("ghost")) socket.destroy(new Error("broken off"));
  });
  for (let n = 0; n < 3; n += 1) {
    const ghost = await dial(port);
    ghost.writes(upgradeTo(`/ws?username=ghost${n}`));
    expect(await ghost.untilEnd()).toBe("");
  }
  const ada = await connect(`ws://127.0.0.1:${port}/ws?username=ada`, "ada");
  onTestFinished(() => ada.breaks());
  await ada.hears({ type: "welcome", payload: { here: 1 } });
});

test("where 16,384 wait, one more is told to try again, and later is let in", async () => {
  const { server, port } = await openChat();
  const asks = (socket: Duplex) =>
    server.emit("upgrade", { url: "/ws", method: "GET", headers: {}, socket }, socket, Buffer.alloc(0));
  const tray = () => {
    let said = "";
    const socket = new Duplex({
      read() {},
      write(chunk, _encoding, done) {
        said += chunk;
        done();
      },
    });
    return { socket, said: () => said };
  };
  for (let n = 0; n < 16_384; n += 1) asks(tray().socket);
  const late = tray();
  asks(late.socket);
  expect(late.said()).toMatch(/^HTTP\/1\.1 503 .*\r\n\r\nToo many come at once: try again\.\n$/s);
  const ada = await connect(`ws://127.0.0.1:${port}/ws?username=ada`, "ada");
  onTestFinished(() => ada.breaks());
  await ada.hears({ type: "welcome" });
});
