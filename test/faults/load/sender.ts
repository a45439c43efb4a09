// Says one message after another, each with a nonce, and each again over every loss until it is acked or
// refused for good. It goes by the real clock, as a person's program does.

import { WebSocket } from "ws";
import { brief } from "./brief.ts";
import type { Latencies } from "./latency.ts";

export interface SenderWish {
  readonly name: string;
  /** `ws://127.0.0.1:8001`; asked at every connection. */
  readonly url: () => string;
  readonly latencies: Latencies;
  /** What it says the nth time; the default is its name and n. No two may be the same. */
  readonly text?: ((n: number) => string) | undefined;
  /** From an ack to the next message. Default 0: as fast as it is acked. */
  readonly paceMs?: number | undefined;
  /** How long an answer may take before the connection is given up. */
  readonly patienceMs?: number | undefined;
}

export interface Acked {
  /** As `brief` remembers it. */
  readonly message: string;
  readonly seq: number;
  readonly at: number;
  readonly duplicate: boolean;
}

/** Somebody who says things, as the ledger asks about them. */
export interface Speaker {
  readonly name: string;
  readonly username: string;
  /** In the order in which they were said. */
  readonly acked: readonly Acked[];
  /** What it was told that nobody should be told. */
  readonly broken: readonly string[];
}

/** A connection that was lost is opened again after so long. */
const retryMs = 100;
/** A refusal that passes, and does not say when. */
const refusedMs = 100;

interface Ack {
  readonly seq: number;
  readonly at: number;
  readonly nonce?: string;
  readonly duplicate?: boolean;
}

export class Sender implements Speaker {
  readonly name: string;
  readonly acked: Acked[] = [];
  /** Refusals that pass, by their code. */
  readonly refused = new Map<string, number>();
  /** Closings by the server, by their code; 1006 is a loss. */
  readonly closed = new Map<number, number>();
  /** What it was told that nobody should be told. */
  readonly broken: string[] = [];
  readonly #wish: SenderWish;
  readonly #done: Promise<void>;
  #finish: () => void = () => {};
  #isOver = false;
  #socket: WebSocket | undefined;
  #isWelcome = false;
  #timer: NodeJS.Timeout | undefined;
  /** Of the message that waits for its ack. */
  #sent: { readonly at: number; readonly phase: Latencies["phase"] } | undefined;

  constructor(wish: SenderWish) {
    this.name = wish.name;
    this.#wish = wish;
    this.#done = new Promise((resolve) => {
      this.#finish = resolve;
    });
    this.#open();
  }

  get username(): string {
    return this.name;
  }

  get token(): string {
    return `${this.name}-has-a-long-secret`;
  }

  /** Says nothing new; done when what it has said is acked. */
  ends(): Promise<void> {
    this.#isOver = true;
    if (this.#sent === undefined) this.leaves();
    return this.#done;
  }

  /** Ends without the ack that it waits for, which does not come. */
  givesUp(): void {
    if (this.#sent !== undefined) this.broken.push(`${this.name} waited for an ack that did not come`);
    this.leaves();
  }

  /** Is gone, whatever it waits for. */
  leaves(): void {
    this.#isOver = true;
    this.#sent = undefined;
    clearTimeout(this.#timer);
    this.#socket?.terminate();
    this.#finish();
  }

  #open(): void {
    const { url, patienceMs = 10_000 } = this.#wish;
    this.#isWelcome = false;
    const socket = new WebSocket(`${url()}/ws?username=${this.name}&token=${this.token}`, {
      perMessageDeflate: false,
      handshakeTimeout: patienceMs,
    });
    this.#socket = socket;
    this.#wait(patienceMs);
    socket.on("message", (bytes) => this.#hear(String(bytes)));
    socket.on("error", () => {});
    socket.on("close", (code) => {
      this.closed.set(code, (this.closed.get(code) ?? 0) + 1);
      clearTimeout(this.#timer);
      if (this.#isOver && this.#sent === undefined) return this.#finish();
      this.#timer = setTimeout(() => this.#open(), retryMs);
    });
  }

  /** An answer must come; or the connection is as good as lost. */
  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#socket?.terminate(), ms);
  }

  #hear(text: string): void {
    // What everybody says need not be read.
    if (text.startsWith('{"type":"ack"')) return this.#hearAck(text);
    if (text.startsWith('{"type":"error"')) return this.#hearError(text);
    if (this.#isWelcome || !text.startsWith('{"type":"welcome"')) return;
    this.#isWelcome = true;
    this.#say();
  }

  /** The next message, or the last one again that was not acked. */
  #say(): void {
    const { latencies, patienceMs = 10_000 } = this.#wish;
    if (this.#isOver && this.#sent === undefined) return this.leaves();
    this.#sent ??= { at: performance.now(), phase: latencies.phase };
    const payload = { message: this.#text(), nonce: this.#nonce() };
    this.#socket?.send(JSON.stringify({ type: "send_message", payload }));
    this.#wait(patienceMs);
  }

  #hearAck(text: string): void {
    const { latencies, paceMs = 0 } = this.#wish;
    const { seq, at, nonce, duplicate = false } = (JSON.parse(text) as { payload: Ack }).payload;
    if (nonce !== this.#nonce() || this.#sent === undefined) {
      this.broken.push(`${this.name} was acked ${nonce}, which was not the last that it said`);
      return;
    }
    latencies.note(performance.now() - this.#sent.at, this.#sent.phase);
    this.acked.push({ message: brief(this.#text()), seq, at, duplicate });
    this.#sent = undefined;
    this.#sayIn(paceMs);
  }

  #hearError(text: string): void {
    const { payload } = JSON.parse(text) as { payload: Refusal };
    this.refused.set(payload.code, (this.refused.get(payload.code) ?? 0) + 1);
    if (!payload.retryable) this.broken.push(`${this.name} was refused: ${text}`);
    this.#sayIn(payload.retry_after_ms ?? refusedMs);
  }

  #sayIn(ms: number): void {
    clearTimeout(this.#timer);
    if (ms === 0 || this.#isOver) return this.#say();
    this.#timer = setTimeout(() => this.#say(), ms);
  }

  #text(): string {
    const { text = (n) => `${this.name} ${n}` } = this.#wish;
    return text(this.acked.length);
  }

  #nonce(): string {
    return `${this.name}-${String(this.acked.length).padStart(16, "0")}`;
  }
}

interface Refusal {
  readonly code: string;
  readonly retryable: boolean;
  readonly retry_after_ms?: number;
}
