// Hears everyone from the beginning by hand: after every loss it comes back with `since` where it stood.

import { WebSocket } from "ws";
import { Listener } from "./listener.ts";

export interface ReaderWish {
  readonly name: string;
  /** `ws://127.0.0.1:8001`; asked at every connection. */
  readonly url: () => string;
  /** After so long without a word it asks whether anybody is there, and after as long again it leaves. */
  readonly quietMs?: number | undefined;
}

/** A connection that was lost is opened again after so long. */
const retryMs = 100;

interface Told {
  readonly type: string;
  readonly payload: {
    readonly conversation?: string;
    readonly seq?: number;
    readonly message?: string;
    readonly first?: number;
    readonly last?: number;
    readonly epoch?: string;
    readonly reset?: readonly string[];
  };
}

export class Reader extends Listener {
  /** How often it was told that the numbering is another, and began anew. */
  resets = 0;
  /** How often it came back. */
  returns = -1;
  readonly #wish: ReaderWish;
  #isOver = false;
  #socket: WebSocket | undefined;
  #epoch = "";
  #timer: NodeJS.Timeout | undefined;

  constructor(wish: ReaderWish) {
    super(wish.name);
    this.#wish = wish;
    this.#open();
  }

  /** After it has left: goes on where it stood. */
  comesBack(): void {
    this.#isOver = false;
    this.#open();
  }

  leaves(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#socket?.terminate();
  }

  #open(): void {
    const { url } = this.#wish;
    this.returns += 1;
    const epoch = this.#epoch === "" ? "" : `&epoch=${this.#epoch}`;
    const who = `username=${this.name}&token=${this.name}-has-a-long-secret`;
    const socket = new WebSocket(`${url()}/ws?${who}&since=everyone:${this.cursor}${epoch}`, {
      perMessageDeflate: false,
    });
    this.#socket = socket;
    this.#listen(false);
    socket.on("message", (bytes) => {
      this.#listen(false);
      this.#hear(JSON.parse(String(bytes)) as Told);
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(this.#timer);
      if (!this.#isOver) this.#timer = setTimeout(() => this.#open(), retryMs);
    });
  }

  /** Asked: nothing comes though it has asked. */
  #listen(asked: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (asked || this.#socket?.readyState !== WebSocket.OPEN) return this.#socket?.terminate();
      this.#socket.send('{"type":"ping","id":1}');
      this.#listen(true);
    }, this.#wish.quietMs ?? 10_000);
  }

  #hear({ type, payload }: Told): void {
    const { conversation, seq, message, first, last, epoch, reset } = payload ?? {};
    if (epoch !== undefined) this.#epoch = epoch;
    if (reset?.includes("everyone")) return this.#beginAnew();
    if (conversation !== "everyone") return;
    if (type === "skip" && first !== undefined && last !== undefined) {
      for (let place = first; place <= last; place += 1) this.takes(place, undefined);
    } else if (seq !== undefined && type !== "ack") this.takes(seq, message);
  }

  #beginAnew(): void {
    this.resets += 1;
    this.forgets();
    this.#socket?.terminate();
  }
}
