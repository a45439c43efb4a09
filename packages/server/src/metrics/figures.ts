// What a server can say of itself at one moment. It was counted as plain numbers on the way, or is looked up when it is asked.

import type { Census } from "chat-hub";

export interface Figures extends Census, SocketFigures {
  /** Calls that the store has not answered. */
  readonly storeUnanswered: number;
}

/** Of these, what the sockets and the loop know. */
export interface SocketFigures {
  /** Connections that were ever opened. */
  readonly opened: number;
  readonly framesReceived: number;
  /** Frames for one connection alone: answers, acks, private messages. */
  readonly framesSent: number;
  /** Frames for several, once for each that it was written to. */
  readonly deliveries: number;
  /** Of sockets, handshakes and TLS included. */
  readonly bytesReceived: number;
  readonly bytesSent: number;
  /** Bytes that sockets have not taken yet; what several wait for counts for each. */
  readonly bytesQueued: number;
  /** Connections for which bytes are queued. */
  readonly queueing: number;
  /** Upgrades, and answers of the store, that wait for their turn. */
  readonly waiting: number;
}
