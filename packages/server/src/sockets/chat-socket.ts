// One connection: a WebSocket of `ws`, whose library keeps handshake, masking, pings, closing and
// limits, and the raw socket under it, to which the fan-out writes whole frames of its own. Both
// write whole frames at once, so that neither tears the other's.

import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { ConnectionId } from "chat-hub";
import { WebSocket } from "ws";
import { Backlog } from "./backlog.js";
import type { Outlet, Sink } from "./parts.js";
import { cutLoose } from "./room.js";

/** What a connection reports. */
export interface Reports {
  received(connection: ConnectionId, frame: string | undefined): void;
  closed(connection: ConnectionId, clean: boolean): void;
  congested(connection: ConnectionId): void;
  drained(connection: ConnectionId): void;
  ponged(connection: ConnectionId): void;
  prodded(connection: ConnectionId): void;
}

const nothing = Buffer.alloc(0);

/** From when on a connection can't keep up: see the limits of the hub. */
export interface Congestion {
  readonly congestedBytes: number;
  readonly congestedOwnBytes: number;
}

/** In bytes. */
export interface Traffic {
  readonly received: number;
  readonly sent: number;
  readonly queued: number;
}

/** Who goes on talking after our goodbye is read no faster than one piece in so long. */
const goodbyeHoldMs = 200;

export class ChatSocket extends WebSocket implements Outlet, Sink {
  parts: Outlet["parts"];
  /** Where it comes from, as it is counted. */
  address: string | undefined;
  #connection = 0 as ConnectionId;
  #reports: Reports | undefined;
  #raw: Socket | undefined;
  #limits: Congestion = { congestedBytes: 0, congestedOwnBytes: 0 };
  /** While something is queued. */
  #backlog: Backlog | undefined;
  #congested = false;
  /** Bytes read when it was last probed; bytes written, if some were queued then. */
  #probedRead = 0;
  #probedWritten: number | undefined;
  #resume: NodeJS.Timeout | undefined;
  #isPonging = false;
  /** The last ping that came while an answer was on its way. */
  #lastPing: Buffer | undefined;

  get sink(): Sink {
    return this;
  }

  /** Begins to report. `raw` is the socket of the upgrade. */
  open(connection: ConnectionId, raw: Duplex, reports: Reports, limits: Congestion): void {
    this.#connection = connection;
    this.#reports = reports;
    this.#raw = raw as Socket;
    this.#limits = limits;
  }

  /**
   * What `ws` tells goes straight to where it belongs: the table of listeners that it would go through takes
   * 100 bytes of each connection.
   */
  override emit(event: string | symbol, about?: unknown, isBinary?: unknown): boolean {
    switch (event) {
      case "message":
        this.#receive(isBinary === true ? undefined : (about as Buffer).toString());
        return true;
      case "close":
        this.#gone(isGoodbye(about as number));
        return true;
      case "pong":
        this.#answered();
        return true;
      case "ping":
        this.#prodded(about as Buffer);
        return true;
      default:
        // Also of an error: `ws` closes with the right code by itself.
        return false;
    }
  }

  write(bytes: Buffer, sharedBy: number): void {
    const raw = this.#raw;
    if (raw === undefined || this.readyState !== WebSocket.OPEN || raw.destroyed) return;
    if (raw.writableLength === 0) this.#backlog = undefined;
    // It has to wait, and nobody knows how long.
    const waits = raw.writableLength > 0 && sharedBy === 1;
    raw.write(waits ? cutLoose(bytes) : bytes);
    const queued = raw.writableLength;
    if (queued === 0) return;
    this.#backlog ??= new Backlog();
    const own = this.#backlog.add(bytes.length, sharedBy, queued);
    const { congestedBytes, congestedOwnBytes } = this.#limits;
    if (this.#congested || (queued <= congestedBytes && own <= congestedOwnBytes)) return;
    this.#congested = true;
    this.#awaitDrain(raw);
    this.#reports?.congested(this.#connection);
  }

  /** Less may be queued than a stream tells the end of: what is behind it tells it. */
  #awaitDrain(raw: Socket): void {
    raw.write(nothing, () => {
      if (raw.destroyed) return;
      if (raw.writableLength > 0) return this.#awaitDrain(raw);
      this.#congested = false;
      this.#backlog = undefined;
      this.#reports?.drained(this.#connection);
    });
  }

  /**
   * Whether bytes are queued, and whether any moved since this was asked last. Bytes that went out
   * show that the other side takes them only if they had to wait for it: others are taken by this
   * machine, which takes them for the dead too.
   */
  probe(): { readonly queued: boolean; readonly moved: boolean } {
    const raw = this.#raw;
    if (raw === undefined) return { queued: false, moved: false };
    const queued = raw.writableLength > 0;
    const written = raw.bytesWritten - raw.writableLength;
    const moved =
      raw.bytesRead !== this.#probedRead ||
      (this.#probedWritten !== undefined && this.#probedWritten !== written);
    this.#probedRead = raw.bytesRead;
    this.#probedWritten = queued ? written : undefined;
    return { queued, moved };
  }

  /** Bytes since it was opened, and those that were not taken yet. */
  traffic(): Traffic {
    const { bytesRead = 0, bytesWritten = 0, writableLength = 0 } = this.#raw ?? {};
    return { received: bytesRead, sent: bytesWritten - writableLength, queued: writableLength };
  }

  /** Not read for so long; 0 = read again now. */
  hold(ms: number): void {
    clearTimeout(this.#resume);
    if (ms === 0) return this.resume();
    this.pause();
    this.#resume = setTimeout(() => this.resume(), ms);
  }

  #receive(frame: string | undefined): void {
    if (!this.#isOver()) this.#reports?.received(this.#connection, frame);
  }

  /** After our goodbye nothing is obeyed: a flood that was ended must not cost more than one that was not. */
  #isOver(): boolean {
    if (this.readyState === WebSocket.OPEN) return false;
    if (!this.isPaused) this.hold(goodbyeHoldMs);
    return true;
  }

  #gone(clean: boolean): void {
    clearTimeout(this.#resume);
    this.#reports?.closed(this.#connection, clean);
    this.#reports = undefined;
  }

  #answered(): void {
    if (!this.#isOver()) this.#reports?.ponged(this.#connection);
  }

  /** Answers a ping; of those that come before the answer has gone out only the last (RFC 6455 §5.5.3). */
  #prodded(message: Buffer): void {
    if (this.#isOver()) return;
    if (this.#isPonging) this.#lastPing = message;
    else this.#pong(message);
    this.#reports?.prodded(this.#connection);
  }

  #pong(message: Buffer): void {
    if (this.readyState !== WebSocket.OPEN) return;
    this.#isPonging = true;
    this.pong(message, false, () => {
      this.#isPonging = false;
      const next = this.#lastPing;
      this.#lastPing = undefined;
      if (next !== undefined) this.#pong(next);
    });
  }
}

/**
 * A goodbye is 1000, or a close frame without a code (1005). 1001 is a page that is left or loaded again,
 * which often comes back; 1006 is no close frame at all; the codes of broken frames are no goodbye either.
 */
function isGoodbye(code: number): boolean {
  return code === 1000 || code === 1005;
}
