// The two ends of a line: a WebSocket of the server, and somebody at the other end who keeps every byte.
// Over TCP, or over a straw: a stream that lets through only some bytes at a time, late.

import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { connect, createServer } from "node:net";
import { Duplex } from "node:stream";
import { connect as connectSecurely, createServer as createSecureServer } from "node:tls";
import type { WebSocketServer } from "ws";
import { makeCertificate } from "../../../test/support/certificate.js";
import type { ChatSocket } from "../dist/sockets/chat-socket.js";

/** The other end. */
export interface Peer {
  /** Everything that came, the answer to the upgrade left out. */
  readonly bytes: Buffer;
  says(bytes: Buffer): void;
  stopsReading(): void;
  readsOn(): void;
  breaks(): void;
  /** The server has ended it. */
  readonly ended: Promise<void>;
}

export interface Line {
  readonly raw: Duplex;
  readonly socket: ChatSocket;
  readonly peer: Peer;
}

/** Upgrades this end of a line, as the server does it. */
export function upgrade(sockets: WebSocketServer, raw: Duplex): ChatSocket {
  const headers = {
    upgrade: "websocket",
    connection: "Upgrade",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  };
  const request = { method: "GET", url: "/ws", headers } as unknown as IncomingMessage;
  let upgraded: ChatSocket | undefined;
  sockets.handleUpgrade(request, raw, Buffer.alloc(0), (socket) => {
    upgraded = socket as ChatSocket;
  });
  if (upgraded === undefined) throw new Error("the upgrade was refused");
  return upgraded;
}

/** What came, behind the head of the answer to the upgrade. */
class Kept {
  readonly #chunks: Buffer[] = [];

  take(chunk: Buffer): void {
    this.#chunks.push(Buffer.from(chunk));
  }

  get bytes(): Buffer {
    const all = Buffer.concat(this.#chunks);
    return all.subarray(all.indexOf("\r\n\r\n") + 4);
  }
}

/** A stream that takes so many bytes at a time, one piece in a turn of the event loop, unless nobody reads. */
class Straw extends Duplex {
  readonly #most: number;
  readonly #kept: Kept;
  #isRead = true;
  #goOn: (() => void) | undefined;

  constructor(most: number, kept: Kept) {
    super({ highWaterMark: 1_000 });
    this.#most = most;
    this.#kept = kept;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    // The last bytes of a long frame need not come one by one too: no test would end.
    const piece = Math.max(this.#most, Math.ceil(chunk.length / 40));
    let at = 0;
    const sip = (): void => {
      if (this.destroyed) return done();
      if (!this.#isRead) {
        this.#goOn = sip;
        return;
      }
      this.#kept.take(chunk.subarray(at, at + piece));
      at += piece;
      if (at < chunk.length) setImmediate(sip);
      else done();
    };
    sip();
  }

  reads(isRead: boolean): void {
    this.#isRead = isRead;
    const goOn = this.#goOn;
    if (!isRead || goOn === undefined) return;
    this.#goOn = undefined;
    goOn();
  }
}

export function openStraw(sockets: WebSocketServer, most: number): Line {
  const kept = new Kept();
  const raw = new Straw(most, kept);
  const socket = upgrade(sockets, raw);
  const peer: Peer = {
    get bytes() {
      return kept.bytes;
    },
    says(bytes) {
      for (let at = 0; at < bytes.length; at += most) raw.push(bytes.subarray(at, at + most));
    },
    stopsReading: () => raw.reads(false),
    readsOn: () => raw.reads(true),
    breaks: () => void raw.destroy(),
    ended: once(raw, "close").then(() => {}),
  };
  raw.once("finish", () => raw.push(null));
  return { raw, socket, peer };
}

export async function openTcp(sockets: WebSocketServer): Promise<Line> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const other = connect(port, "127.0.0.1");
  const [raw] = (await once(server, "connection")) as [Socket];
  server.close();
  return lineOf(sockets, raw, other);
}

const certificate = makeCertificate();

/** The same within TLS. */
export async function openTls(sockets: WebSocketServer): Promise<Line> {
  const server = createSecureServer(certificate).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const other = connectSecurely({ port, host: "127.0.0.1", ca: certificate.cert, servername: "localhost" });
  const [raw] = (await once(server, "secureConnection")) as [Socket];
  server.close();
  return lineOf(sockets, raw, other);
}

function lineOf(sockets: WebSocketServer, raw: Socket, other: Socket): Line {
  const kept = new Kept();
  other.on("data", (chunk: Buffer) => kept.take(chunk));
  other.on("error", () => {});
  const socket = upgrade(sockets, raw);
  const peer: Peer = {
    get bytes() {
      return kept.bytes;
    },
    says: (bytes) => void other.write(bytes),
    stopsReading: () => void other.pause(),
    readsOn: () => void other.resume(),
    breaks: () => void other.destroy(),
    ended: once(other, "close").then(() => {}),
  };
  return { raw, socket, peer };
}
