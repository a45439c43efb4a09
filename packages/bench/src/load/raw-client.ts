// One client of the load on a bare TCP socket: ready-made frames out, counted frames in. A WebSocket library here would
// cost more than the server that is measured.

import type { Socket } from "node:net";
import { connect } from "node:net";
import type { Dialect } from "./dialects.js";
import type { Sampled } from "./frame-hopper.js";
import { FrameHopper } from "./frame-hopper.js";
import { Handshake, upgradeRequest } from "./handshake.js";
import { ReadyFrames } from "./ready-frames.js";

/** All sockets read into the same memory: each read is taken before the next, and what is shared stays in the cache. */
const readBytes = 256 * 1024;
const shared = Buffer.allocUnsafeSlow(readBytes);

export interface RawClientOptions {
  readonly port: number;
  readonly dialect: Dialect;
  readonly number: number;
  readonly messageBytes: number;
  readonly withId: boolean;
  /** The most messages in flight: sent, and not yet come back (or acked, `withId`). */
  readonly window: number;
  readonly sampleEvery: number;
  readonly sampled: Sampled;
  /** Something has come in. */
  readonly heard: (client: RawClient) => void;
  readonly failed: (error: Error) => void;
}

export class RawClient {
  readonly hopper: FrameHopper;
  sent = 0;
  readonly #frames: ReadyFrames;
  readonly #options: RawClientOptions;
  readonly #socket: Socket;
  readonly #upgraded = Promise.withResolvers<void>();
  #handshake: Handshake | undefined = new Handshake();

  constructor(options: RawClientOptions) {
    const { dialect, number, messageBytes, withId, window } = options;
    this.#options = options;
    this.hopper = new FrameHopper(dialect, number, options.sampleEvery, options.sampled);
    this.#frames = new ReadyFrames(dialect, { sender: number, bytes: messageBytes, withId }, window);
    this.#socket = connect({
      port: options.port,
      host: "127.0.0.1",
      noDelay: true,
      onread: { buffer: shared, callback: (length) => this.#read(length) },
    });
    this.#socket.on("error", (error) => this.#fail(error));
    this.#socket.on("close", () =>
      this.#fail(new Error(`the connection was closed (${this.hopper.closing ?? 1006})`)),
    );
    this.#socket.write(upgradeRequest(options.port, dialect.path(`b${String(number).padStart(4, "0")}`)));
  }

  /** Resolves when the server has upgraded the connection. */
  get upgraded(): Promise<void> {
    return this.#upgraded.promise;
  }

  get inFlight(): number {
    return this.sent - (this.#options.withId ? this.hopper.acks : this.hopper.own);
  }

  /** Sends as many messages as the window has room for, in one write. */
  fillWindow(): void {
    this.send(this.#options.window - this.inFlight);
  }

  send(count: number): void {
    if (count === 0) return;
    this.sent += count;
    this.#socket.write(this.#frames.next(count));
  }

  /** Counts from zero again; nothing may be in flight. */
  restart(): void {
    this.sent = 0;
    this.hopper.restart();
  }

  end(): void {
    this.#socket.removeAllListeners("close");
    this.#socket.destroy();
  }

  #read(length: number): boolean {
    try {
      if (this.#handshake === undefined) this.hopper.take(shared, length);
      else this.#greet(this.#handshake, shared.subarray(0, length));
      this.#options.heard(this);
    } catch (error) {
      this.#fail(error as Error);
    }
    return true;
  }

  #greet(handshake: Handshake, chunk: Buffer): void {
    const rest = handshake.take(chunk);
    if (rest === undefined) return;
    this.#handshake = undefined;
    this.#upgraded.resolve();
    this.hopper.take(rest, rest.length);
  }

  #fail(error: Error): void {
    const { number } = this.#options;
    const said = this.hopper.lastOther === "" ? "" : `; it last said ${this.hopper.lastOther}`;
    this.#options.failed(new Error(`client ${number}: ${error.message}${said}`));
  }
}
