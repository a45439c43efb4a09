// The program that the ratios refer to: the first seed's design on `ws`, as anyone writes it in an afternoon. It parses
// the JSON, loops over the clients and sends. It delivers the same bytes as the server, the sender included, and numbers
// its messages so that the load can prove its counts; it stores nothing and knows no limits.

import type { NewMessagePayload } from "chat-hub";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";

interface SendFrame {
  readonly id?: number;
  readonly payload: { readonly message: string };
}

const clients = new Set<WebSocket>();
let seq = 0;

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });

server.on("listening", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") console.log(`Server running on port: ${address.port}`);
});

server.on("connection", (client, request) => {
  const from = new URL(request.url ?? "/", "ws://localhost").searchParams.get("username") ?? "";
  clients.add(client);
  client.on("close", () => clients.delete(client));
  client.on("error", () => client.terminate());
  client.on("message", (frame) => {
    const { id, payload } = JSON.parse(String(frame)) as SendFrame;
    const now = new Date();
    const at = now.getTime();
    seq += 1;
    if (id !== undefined)
      client.send(JSON.stringify({ type: "ack", id, payload: { conversation: "everyone", seq, at } }));
    const { message } = payload;
    const sent = now.toISOString().slice(11, 19);
    const line: NewMessagePayload = { message, from, sent, conversation: "everyone", seq, at };
    const push = JSON.stringify({ type: "new_message", payload: line });
    for (const other of clients) other.send(push);
  });
});

process.on("SIGTERM", () => process.exit(0));
