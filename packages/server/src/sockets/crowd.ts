// The sockets that are open, by connection, and what has gone through them and those before.

import type { ConnectionId } from "chat-hub";
import type { SocketFigures } from "../metrics/figures.js";
import type { ChatSocket } from "./chat-socket.js";

type CrowdFigures = Pick<
  SocketFigures,
  "opened" | "bytesReceived" | "bytesSent" | "bytesQueued" | "queueing"
>;

export class Crowd {
  readonly #sockets = new Map<ConnectionId, ChatSocket>();
  #opened = 0;
  /** Bytes of those that have gone. */
  #received = 0;
  #sent = 0;

  get size(): number {
    return this.#sockets.size;
  }

  add(connection: ConnectionId, socket: ChatSocket): void {
    this.#opened += 1;
    this.#sockets.set(connection, socket);
  }

  get(connection: ConnectionId): ChatSocket | undefined {
    return this.#sockets.get(connection);
  }

  remove(connection: ConnectionId, socket: ChatSocket): void {
    const { received, sent } = socket.traffic();
    this.#received += received;
    this.#sent += sent;
    this.#sockets.delete(connection);
  }

  values(): Iterable<ChatSocket> {
    return this.#sockets.values();
  }

  /** O(connections). */
  figures(): CrowdFigures {
    let [received, sent, queued, queueing] = [this.#received, this.#sent, 0, 0];
    for (const socket of this.#sockets.values()) {
      const traffic = socket.traffic();
      received += traffic.received;
      sent += traffic.sent;
      queued += traffic.queued;
      if (traffic.queued > 0) queueing += 1;
    }
    return {
      opened: this.#opened,
      ...{ bytesReceived: received, bytesSent: sent, bytesQueued: queued, queueing },
    };
  }
}
