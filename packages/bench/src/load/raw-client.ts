// One client of the load on a bare TCP socket: ready-made frames out, counted frames in. A WebSocket library here would
// cost more than the server that is measured.

import type { Socket } from "node:net";
import { connect } from "node:net";
import type { Dialect } from "./dialects.js";
import { FrameHopper } from "./frame-hopper.js";
import { Handshake, upgradeRequest } from "./handshake.js";
import type { Hearing, Hopper } from "./hopper.js";
import { NatsHopper } from "./nats-hopper.js";
import { maskedFrame, ReadyFrames } from "./ready-frames.js";

/** All sockets read into the same memory: each read is taken before the next, and what is shared stays in the cache. */
const readBytes = 256 * 1024;
const shared = Buffer.allocUnsafeSlow(readBytes);

/** As many users' messages are told apart. */
const marks = 10_000;

/** All names have one length, and so have their frames. */
export function nameOf(number: number): string {
  return `b${String(number).padStart(5, "0")}`;
}

export interface RawClientOptions extends Omit<Hearing, "own"> {
  readonly port: number;
  readonly dialect: Dialect;
  readonly number: number;
  /** The number of the one user with whom this one talks in private; absent: it talks to everyone. */
  readonly partner?: number;
  readonly messageBytes: number;
  readonly withId: boolean;
  /** The most messages in flight: sent, and not yet come back (or acked, `withId`). */
  readonly window: number;
  /** Something has come in. */
  readonly heard: (client: RawClient) => void;
  readonly failed: (error: Error) => void;
}

export class RawClient {
  readonly hopper: Hopper;
  sent = 0;
  readonly #frames: ReadyFrames;
  readonly #options: RawClientOptions;
  readonly #socket: Socket;
  readonly #entered = Promise.withResolvers<void>();
  #handshake: Handshake | undefined = new Handshake();

  constructor(options: RawClientOptions) {
    const { port, dialect, number, messageBytes: bytes, withId, window } = options;
    this.#options = options;
    const own = number % marks;
    this.hopper = new (dialect.framing === "nats" ? NatsHopper : FrameHopper)(dialect, { ...options, own });
    const message = { from: nameOf(number), to: this.#partner, marked: own, bytes, withId };
    this.#frames = new ReadyFrames(dialect, message, window);
    this.#socket = connect({
      port,
      host: "127.0.0.1",
      noDelay: true,
      onread: { buffer: shared, callback: (length) => this.#read(length) },
    });
    this.#socket.on("error", (error) => this.#fail(error));
    this.#socket.on("close", () =>
      this.#fail(new Error(`the connection was closed (${this.hopper.closing ?? 1006})`)),
    );
    this.#socket.write(upgradeRequest(port, dialect.path(nameOf(number))));
  }

  /** Resolves when the server has upgraded the connection and, where it says so, let the user in. */
  get entered(): Promise<void> {
    return this.#entered.promise;
  }

  get #partner(): string | undefined {
    const { partner } = this.#options;
    return partner === undefined ? undefined : nameOf(partner);
  }

  get inFlight(): number {
    return this.sent - (this.#options.withId ? this.hopper.acks : this.hopper.own);
  }

  /** Sends a frame that was made beforehand. */
  sendFrame(frame: Buffer): void {
    this.#socket.write(frame);
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
      if (this.#handshake === undefined) this.#take(shared, length);
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
    const { dialect, number } = this.#options;
    const says = dialect.entering?.says(nameOf(number), this.#partner) ?? [];
    if (says.length > 0) this.#socket.write(Buffer.concat(says.map((frame) => maskedFrame(frame))));
    this.#take(rest, rest.length);
    if (this.hopper.entered) this.#entered.resolve();
  }

  #take(bytes: Buffer, length: number): void {
    const outside = !this.hopper.entered;
    this.hopper.take(bytes, length);
    if (outside && this.hopper.entered) this.#entered.resolve();
  }

  #fail(error: Error): void {
    const { number } = this.#options;
    const said = this.hopper.lastOther === "" ? "" : `; it last said ${this.hopper.lastOther}`;
    this.#options.failed(new Error(`client ${number}: ${error.message}${said}`));
  }
}
