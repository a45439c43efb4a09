// The program that the ratios refer to: the first seed's design on `ws`, as anyone writes it in an afternoon. It parses
// the JSON, loops over the clients and sends. It delivers the same bytes as the server, the sender included, and numbers
// its messages so that the load can prove its counts; it stores nothing and knows no limits.

import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import { lineFrom, welcomeTo } from "./line.js";

interface SendFrame {
  readonly id?: number;
  readonly payload: { readonly message: string; readonly to?: string };
}

const clients = new Map<string, WebSocket>();

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });

server.on("listening", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") console.log(`Server running on port: ${address.port}`);
});

server.on("connection", (client, request) => {
  const from = new URL(request.url ?? "/", "ws://localhost").searchParams.get("username") ?? "";
  clients.set(from, client);
  client.send(welcomeTo(from));
  client.on("close", () => clients.delete(from));
  client.on("error", () => client.terminate());
  client.on("message", (frame) => {
    const { id, payload } = JSON.parse(String(frame)) as SendFrame;
    const { message, to } = payload;
    const line = lineFrom(from, message, to);
    const { conversation, seq, at } = line;
    if (id !== undefined)
      client.send(JSON.stringify({ type: "ack", id, payload: { conversation, seq, at } }));
    const push = JSON.stringify({ type: "new_message", payload: line });
    if (to === undefined) {
      for (const other of clients.values()) other.send(push);
    } else {
      clients.get(to)?.send(push);
      client.send(push);
    }
  });
});

process.on("SIGTERM", () => process.exit(0));
