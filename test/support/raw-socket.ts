// A TCP connection that says exactly the bytes it is given: hostile frames, bad upgrades, and a reader
// that stops reading. What a `ws` client would never do.

import { once } from "node:events";
import type { Socket } from "node:net";
import { connect } from "node:net";
import { onTestFinished } from "vitest";

/** The head of an upgrade to `path`, as a plain client sends it. */
export function upgradeTo(path: string, ...headers: string[]): string {
  const own = headers.map((line) => `${line}\r\n`).join("");
  return (
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${own}\r\n`
  );
}

interface FrameShape {
  readonly opcode?: number;
  readonly fin?: boolean;
  /** RSV1 = 4, RSV2 = 2, RSV3 = 1. */
  readonly rsv?: number;
  readonly masked?: boolean;
  /** What the header says, if that is not the truth. */
  readonly length?: number;
}

/** One client frame; the mask is all zeros, so that its bytes can be read in a dump. */
export function frame(payload: string | Buffer, shape: FrameShape = {}): Buffer {
  const { opcode = 1, fin = true, rsv = 0, masked = true } = shape;
  const body = Buffer.from(payload);
  const length = shape.length ?? body.length;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  head[1] = (masked ? 0x80 : 0) | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, masked ? Buffer.alloc(4) : Buffer.alloc(0), body]);
}

export interface ServerFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

export class RawSocket {
  readonly #socket: Socket;
  readonly #ended: Promise<void>;
  #bytes: Buffer = Buffer.alloc(0);
  /** What came since `#bytes` was looked at. */
  #chunks: Buffer[] = [];
  #arrived: () => void = () => {};
  #open = true;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#arrived();
    });
    socket.on("error", () => {});
    this.#ended = new Promise((resolve) => {
      socket.on("close", () => {
        this.#open = false;
        this.#arrived();
        resolve();
      });
    });
  }

  writes(...bytes: (string | Buffer)[]): void {
    for (const each of bytes) this.#socket.write(each);
  }

  /** Bytes that wait on this side, since the other does not read. */
  get unsent(): number {
    return this.#socket.writableLength;
  }

  /** The other side's part of a goodbye, without waiting for it. */
  halfCloses(): void {
    this.#socket.end();
  }

  stopsReading(): void {
    this.#socket.pause();
  }

  readsOn(): void {
    this.#socket.resume();
  }

  breaks(): void {
    this.#socket.destroy();
  }

  /** Everything until the other side ends it. */
  async untilEnd(): Promise<string> {
    await this.#ended;
    this.#gather();
    return this.#bytes.toString("latin1");
  }

  /** The head of the answer to an upgrade. */
  async head(): Promise<string> {
    const end = await this.#until(() => {
      const at = this.#bytes.indexOf("\r\n\r\n");
      return at < 0 ? undefined : at + 4;
    });
    const head = this.#bytes.toString("latin1", 0, end);
    this.#bytes = this.#bytes.subarray(end);
    return head;
  }

  /** The next frame of the server; nothing when it has ended the connection. */
  async frame(): Promise<ServerFrame | undefined> {
    const frame = await this.#until(() => readFrame(this.#bytes)).catch(() => undefined);
    if (frame !== undefined) this.#bytes = this.#bytes.subarray(frame.bytes);
    return frame;
  }

  /** Reads on up to a frame that has this text in it. */
  async frameWith(text: string): Promise<void> {
    for (;;) {
      const next = await this.frame();
      if (next === undefined) throw new Error(`the connection was ended before ${text}`);
      if (next.payload.includes(text)) return;
    }
  }

  /** The code of the close frame that ends it; 1006 if there is none. */
  async closeCode(): Promise<number> {
    for (let next = await this.frame(); next !== undefined; next = await this.frame()) {
      if (next.opcode === 8) return next.payload.length < 2 ? 1005 : next.payload.readUInt16BE(0);
    }
    return 1006;
  }

  #gather(): boolean {
    if (this.#chunks.length === 0) return false;
    this.#bytes = Buffer.concat([this.#bytes, ...this.#chunks]);
    this.#chunks = [];
    return true;
  }

  async #until<Value>(look: () => Value | undefined): Promise<Value> {
    for (;;) {
      const found = look() ?? (this.#gather() ? look() : undefined);
      if (found !== undefined) return found;
      if (!this.#open) throw new Error(`the connection is ended after ${this.#bytes.toString("latin1")}`);
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }
}

function readFrame(bytes: Buffer): (ServerFrame & { readonly bytes: number }) | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] as number) & 0x7f;
  const head = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < head) return undefined;
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < head + length) return undefined;
  const opcode = (bytes[0] as number) & 0x0f;
  return { opcode, payload: bytes.subarray(head, head + length), bytes: head + length };
}

/** Opens a TCP connection to a port of this machine. */
export async function dial(port: number): Promise<RawSocket> {
  const socket = connect(port, "127.0.0.1");
  const raw = new RawSocket(socket);
  onTestFinished(() => raw.breaks());
  await once(socket, "connect");
  return raw;
}

/** Opens a WebSocket by hand; what follows the handshake is the test's. */
export async function dialWebSocket(port: number, path: string): Promise<RawSocket> {
  const raw = await dial(port);
  raw.writes(upgradeTo(path));
  const head = await raw.head();
  if (!head.startsWith("HTTP/1.1 101 ")) throw new Error(`no upgrade: ${head}`);
  return raw;
}
