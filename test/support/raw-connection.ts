// A TCP connection that says exactly the bytes it is given: hostile frames, bad upgrades, and a reader
// that stops reading. What a `ws` client would never do. Whoever opens it ends it.

import { once } from "node:events";
import type { Socket } from "node:net";
import { connect } from "node:net";
import type { ServerFrame } from "./raw-frames.ts";
import { readFrame, upgradeTo } from "./raw-frames.ts";

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

/** Opens a TCP connection to a port of this machine, by its loopback address if not by another. */
export async function reach(port: number, host = "127.0.0.1"): Promise<RawSocket> {
  const socket = connect(port, host);
  const raw = new RawSocket(socket);
  await once(socket, "connect");
  return raw;
}

/**
 * Opens a WebSocket by hand; what follows the handshake is the caller's.
 * @throws Error with the answer, if it is no upgrade
 */
export async function reachWebSocket(port: number, path: string, host?: string): Promise<RawSocket> {
  const raw = await reach(port, host);
  raw.writes(upgradeTo(path));
  const head = await raw.head();
  if (head.startsWith("HTTP/1.1 101 ")) return raw;
  raw.breaks();
  throw new Error(`no upgrade: ${head}`);
}
