// A server on `ws` that answers as a test wants it: for what the loads must notice.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";

export interface StandIn {
  readonly port: number;
  end(): void;
}

/**
 * @param connected after the first frame; `others` are all that are connected, this one included
 * @param first what whoever connects is sent
 */
export async function standIn(
  connected: (client: WebSocket, others: ReadonlySet<WebSocket>) => void,
  first = '{"type":"welcome","payload":{}}',
): Promise<StandIn> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  server.on("connection", (client) => {
    client.send(first);
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
