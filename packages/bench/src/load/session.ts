// One connection that logs in and then mostly listens: a bare TCP socket, as cheap as can be, because thousands of them
// live in one process. It answers pings, and gives every text frame to whoever asked for it.

import type { Socket } from "node:net";
import { connect } from "node:net";
import { closeFrame, FrameReader, pingFrame, textFrame } from "./frame-reader.js";
import { Handshake, upgradeRequest } from "./handshake.js";
import { goodbye, pongFrame } from "./ready-frames.js";

/** How the frame begins with which one is logged in. */
export const welcome = '{"type":"welcome"';

/** All sockets read into the same memory: each read is taken before the next. */
const shared = Buffer.allocUnsafeSlow(64 * 1024);

export interface SessionOptions {
  readonly port: number;
  /** Of the upgrade, with the name in it. */
  readonly path: string;
  /** Each text frame after that; the bytes may be read only until it returns. */
  readonly heard?: (bytes: Buffer, from: number, to: number) => void;
  /** The connection broke or was closed by the server; also before it was in. */
  readonly failed: (error: Error) => void;
}

export class Session {
  readonly #options: SessionOptions;
  readonly #socket: Socket;
  readonly #reader: FrameReader;
  readonly #entered = Promise.withResolvers<void>();
  readonly #gone = Promise.withResolvers<void>();
  #handshake: Handshake | undefined = new Handshake();
  #inside = false;
  #ended = false;
  #closing = 1006;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#reader = new FrameReader((opcode, bytes, from, to) => this.#take(opcode, bytes, from, to));
    this.#socket = connect({
      port: options.port,
      host: "127.0.0.1",
      noDelay: true,
      onread: { buffer: shared, callback: (length) => this.#read(length) },
    });
    this.#socket.on("error", (error) => this.#fail(error));
    this.#socket.on("close", () => {
      this.#gone.resolve();
      this.#fail(new Error(`the connection was closed (${this.#closing})`));
    });
    this.#socket.write(upgradeRequest(options.port, options.path));
  }

  /** Resolves when one is logged in. */
  get entered(): Promise<void> {
    return this.#entered.promise;
  }

  sends(frame: Buffer): void {
    this.#socket.write(frame);
  }

  /** Says goodbye; resolves when the server has let go. */
  leave(): Promise<void> {
    this.#ended = true;
    this.#socket.end(goodbye);
    return this.#gone.promise;
  }

  /** Goes without a word. */
  cut(): void {
    this.#ended = true;
    this.#socket.destroy();
  }

  #read(length: number): boolean {
    try {
      const chunk = shared.subarray(0, length);
      if (this.#handshake === undefined) this.#reader.take(chunk);
      else this.#greet(this.#handshake, chunk);
    } catch (error) {
      this.#fail(error as Error);
    }
    return true;
  }

  #greet(handshake: Handshake, chunk: Buffer): void {
    const rest = handshake.take(chunk);
    if (rest === undefined) return;
    this.#handshake = undefined;
    this.#reader.take(rest);
  }

  #take(opcode: number, bytes: Buffer, from: number, to: number): void {
    if (opcode === pingFrame) this.#socket.write(pongFrame(bytes.subarray(from, to)));
    if (opcode === closeFrame && to - from >= 2) this.#closing = bytes.readUInt16BE(from);
    if (opcode !== textFrame) return;
    if (this.#inside) return this.#options.heard?.(bytes, from, to);
    if (bytes.toString("utf8", from, Math.min(to, from + welcome.length)) !== welcome)
      throw new Error(`instead of a welcome: ${bytes.toString("utf8", from, to)}`);
    this.#inside = true;
    this.#entered.resolve();
  }

  #fail(error: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#socket.destroy();
    this.#options.failed(new Error(`${this.#options.path}: ${error.message}`));
  }
}
