// A WebSocket client of nothing but a socket: what any language could do. It masks, answers pings,
// puts fragments together and gives whole text frames; it knows nothing about chat.

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Socket } from "node:net";
import { connect as connectPlain } from "node:net";
import { connect as connectSecure } from "node:tls";

/** What comes: a text frame, or the end with its close code (1006 without one). */
export type Arrival = { readonly text: string } | { readonly closed: number };

export class WireSocket {
  readonly #socket: Socket;
  readonly #arrivals: Arrival[] = [];
  #bytes: Buffer = Buffer.alloc(0);
  #fragments: Buffer[] = [];
  #changed: () => void = () => {};
  #ended = false;

  constructor(socket: Socket, rest: Buffer) {
    this.#socket = socket;
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.on("error", () => {});
    socket.on("close", () => this.#end(1006));
    this.#take(rest);
  }

  says(text: string): void {
    this.#write(0x1, Buffer.from(text));
  }

  /** Says goodbye with a code, or breaks off without a word. */
  leaves(code: number | undefined): void {
    if (code === undefined) return void this.#socket.destroy();
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    this.#write(0x8, payload);
  }

  /** The next thing that comes; nothing after `ms`. */
  async next(ms: number): Promise<Arrival | undefined> {
    const until = performance.now() + ms;
    for (;;) {
      const arrival = this.#arrivals.shift();
      if (arrival !== undefined) return arrival;
      const left = until - performance.now();
      if (left <= 0) return undefined;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  #end(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#arrivals.push({ closed: code });
    this.#changed();
  }

  #take(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    for (let frame = readFrame(this.#bytes); frame !== undefined; frame = readFrame(this.#bytes)) {
      this.#bytes = this.#bytes.subarray(frame.bytes);
      this.#hear(frame);
    }
  }

  #hear({ final, opcode, payload }: Frame): void {
    if (opcode === 0x9) return this.#write(0xa, payload);
    if (opcode === 0x8) {
      this.#end(payload.length < 2 ? 1005 : payload.readUInt16BE(0));
      this.#write(0x8, payload.subarray(0, 2));
      return void this.#socket.end();
    }
    if (opcode > 0x2) return;
    this.#fragments.push(payload);
    if (!final) return;
    this.#arrivals.push({ text: Buffer.concat(this.#fragments).toString() });
    this.#fragments = [];
    this.#changed();
  }

  #write(opcode: number, payload: Buffer): void {
    if (this.#socket.writable) this.#socket.write(clientFrame(opcode, payload));
  }
}

interface Frame {
  readonly final: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
  /** How long it was on the wire. */
  readonly bytes: number;
}

/** The first whole frame of a server, if there is one. */
function readFrame(bytes: Buffer): Frame | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  const short = second & 0x7f;
  const head = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < head) return undefined;
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < head + length) return undefined;
  const payload = bytes.subarray(head, head + length);
  return { final: first >= 0x80, opcode: first & 0x0f, payload, bytes: head + length };
}

function clientFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  const mask = randomBytes(4);
  const masked = Buffer.from(payload.map((byte, index) => byte ^ (mask[index & 3] as number)));
  return Buffer.concat([head, mask, masked]);
}

/**
 * Opens a WebSocket to `ws://…` or `wss://…`.
 * @throws Error with one line for people
 */
export async function dial(url: URL, patienceMs: number): Promise<WireSocket> {
  const secure = url.protocol === "wss:";
  const port = Number(url.port || (secure ? 443 : 80));
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const socket = secure ? connectSecure({ host, port, servername: host }) : connectPlain({ host, port });
  socket.setTimeout(patienceMs, () => socket.destroy(new Error(`no answer from ${url.host}`)));
  await once(socket, secure ? "secureConnect" : "connect");
  socket.write(
    `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n`,
  );
  let bytes: Buffer = Buffer.alloc(0);
  while (!bytes.includes("\r\n\r\n")) {
    const [chunk] = (await once(socket, "data")) as [Buffer];
    bytes = Buffer.concat([bytes, chunk]);
  }
  socket.setTimeout(0);
  socket.removeAllListeners("data");
  const end = bytes.indexOf("\r\n\r\n") + 4;
  const [status = ""] = bytes.toString("latin1", 0, end).split("\r\n");
  if (!status.startsWith("HTTP/1.1 101")) throw new Error(`${url.pathname} is no WebSocket here: ${status}`);
  return new WireSocket(socket, bytes.subarray(end));
}
