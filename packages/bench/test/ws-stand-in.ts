// A server on `ws` that answers as a test wants it: for what the loads must notice.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";

export interface StandIn {
  readonly port: number;
  end(): void;
}

/** @param connected after the welcome; `others` are all that are connected, this one included */
export async function standIn(
  connected: (client: WebSocket, others: ReadonlySet<WebSocket>) => void,
): Promise<StandIn> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  server.on("connection", (client) => {
    client.send('{"type":"welcome","payload":{}}');
    connected(client, server.clients);
  });
  return {
    port: (server.address() as AddressInfo).port,
    end: () => {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}
