// One connection of a session: it says bytes, and gives every text that it hears to be judged. Fast,
// since a million frames go through it; patient, since the server has others to serve.

import { isUtf8 } from "node:buffer";
import type { Socket } from "node:net";
import { connect } from "node:net";
import { defaultLimits } from "chat-hub";
import { frame, readFrame } from "../support/raw-frames.ts";
import { dialectOf } from "./session.ts";
import type { Verdict } from "./verdict.ts";
import { closingFault, headFault } from "./verdict.ts";

const [text, close, ping, pong] = [1, 8, 9, 10];

export interface Wiring {
  readonly host: string;
  readonly port: number;
  readonly verdict: Verdict;
  /** How long is waited for what must come. */
  readonly patienceMs: number;
}

export class Wire {
  readonly #wiring: Wiring;
  readonly #socket: Socket;
  readonly #dialect: "simple" | "events";
  #bytes: Buffer = Buffer.alloc(0);
  #state: "opening" | "open" | "ended" = "opening";
  #odd: boolean;
  /** It has said goodbye, or gone without one: the server may answer as it likes, or not at all. */
  #left = false;
  #marks = 0;
  #mark = "";
  #changed: () => void = () => {};
  /** The first thing that may not be. */
  fault: string | undefined;

  constructor(wiring: Wiring, head: string, odd: boolean) {
    this.#wiring = wiring;
    this.#odd = odd;
    this.#dialect = dialectOf(head);
    this.#socket = connect({ host: wiring.host, port: wiring.port, noDelay: true });
    this.#socket.on("data", (chunk: Buffer) => this.#take(chunk));
    this.#socket.on("error", () => {});
    this.#socket.on("close", () => this.#end(1006));
    this.#socket.write(head, "latin1");
  }

  /** The upgrade is answered, or will not be. */
  async opened(): Promise<void> {
    // An odd request may wait for more of itself.
    const answered = await this.#until(() => this.#state !== "opening", this.#odd ? 100 : undefined);
    if (!answered && !this.#odd) this.fault ??= "the upgrade is not answered";
  }

  says(words: string): void {
    const bytes = Buffer.from(words);
    this.#odd ||= bytes.length > defaultLimits.frameBytes;
    this.#write(frame(bytes));
  }

  /** Whether bytes are odd: they may break the connection, or leave it in the middle of a frame. */
  puts(pieces: readonly Buffer[], odd: boolean): void {
    this.#odd ||= odd;
    for (const piece of pieces) {
      // A goodbye is answered with its own code, whatever that is.
      if (piece[0] === (0x80 | close)) this.#left = true;
      this.#write(piece);
    }
  }

  leaves(code: number | undefined): void {
    this.#left = true;
    if (code === undefined) return void this.#socket.destroy();
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    this.#write(frame(payload, { opcode: close }));
  }

  /** Everything that was said before is dealt with: a write that is refused in its turn is answered. */
  async settled(): Promise<void> {
    if (this.#state !== "open" || this.#odd || this.#left) return;
    this.#marks += 1;
    const id = `mark ${this.#marks}`;
    this.#mark = id;
    const room = '"#no-such-room"';
    this.says(
      this.#dialect === "simple"
        ? `{"message":"mark","target":${room},"id":"${id}"}`
        : `{"type":"send_message","id":"${id}","payload":{"message":"mark","conversation":${room}}}`,
    );
    if (!(await this.#until(() => this.#mark === "" || this.#state === "ended")))
      this.fault ??= "a connection that is open is not answered";
  }

  /** Says goodbye, and is let go. */
  async ends(): Promise<void> {
    await this.settled();
    if (this.#state === "open" && !this.#left) this.leaves(1000);
    await this.#until(() => this.#state === "ended", this.#odd ? 50 : undefined);
    this.#left = true;
    this.#socket.destroy();
  }

  #write(bytes: Buffer): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  #take(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    if (this.#state === "opening" && !this.#takeHead()) return;
    for (let next = readFrame(this.#bytes); next !== undefined; next = readFrame(this.#bytes)) {
      this.#bytes = this.#bytes.subarray(next.bytes);
      this.#hear(next.opcode, next.payload);
    }
  }

  #takeHead(): boolean {
    const end = this.#bytes.indexOf("\r\n\r\n");
    if (end < 0) return false;
    const head = this.#bytes.toString("latin1", 0, end);
    this.fault ??= headFault(head, this.#odd);
    this.#bytes = this.#bytes.subarray(end + 4);
    this.#state = head.startsWith("HTTP/1.1 101") ? "open" : "ended";
    if (this.#state === "ended") this.#socket.destroy();
    this.#changed();
    return this.#state === "open";
  }

  #hear(opcode: number, payload: Buffer): void {
    if (opcode === ping) return this.#write(frame(payload, { opcode: pong }));
    if (opcode === close) {
      this.#end(payload.length < 2 ? 1005 : payload.readUInt16BE(0));
      this.#write(frame(payload.subarray(0, 2), { opcode: close }));
      return void this.#socket.end();
    }
    if (opcode !== text) return;
    if (!isUtf8(payload)) this.fault ??= `what was heard is no UTF-8: ${payload.toString("hex")}`;
    const words = payload.toString();
    if (this.#mark !== "" && words.includes(`"id":"${this.#mark}"`)) {
      this.#mark = "";
      this.#changed();
    }
    this.fault ??= this.#wiring.verdict.textFault(this.#dialect, words);
  }

  #end(code: number): void {
    if (this.#state === "ended") return;
    // An odd request may also be ended without an answer.
    if (!this.#left) this.fault ??= closingFault(code, this.#odd);
    this.#state = "ended";
    this.#changed();
  }

  /** Whether it has come true within the time. */
  async #until(isSo: () => boolean, ms = this.#wiring.patienceMs): Promise<boolean> {
    const until = performance.now() + ms;
    while (!isSo()) {
      const left = until - performance.now();
      if (left <= 0) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return true;
  }
}
