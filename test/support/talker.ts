// One raw connection with its transcript. A test says literal frames and states what is heard next;
// nothing waits a fixed time, so a test is as quick as the server and as patient as `patienceMs`.

import { once } from "node:events";
import { expect } from "vitest";
import { WebSocket } from "ws";
import { schemaFault } from "./schema.ts";

export type Frame = Readonly<Record<string, unknown>>;

/** How long a test waits for what must come. */
const patienceMs = 8_000;

export class Talker {
  readonly name: string;
  /** Everything that came, in order, as it stood on the wire. */
  readonly transcript: string[] = [];
  /** Presence comes when it comes: it is kept apart, or every transcript would have to tell of it. */
  readonly #presence: Frame[] = [];
  readonly #frames: string[] = [];
  readonly #socket: WebSocket;
  readonly #dialect: "simple" | "events";
  readonly #closed: Promise<{ code: number; reason: string }>;
  #changed: () => void = () => {};
  #open = true;
  #marks = 0;
  /** The first thing it heard that is not as the published schema says. */
  #fault: string | undefined;

  constructor(name: string, socket: WebSocket) {
    this.name = name;
    this.#socket = socket;
    this.#dialect = new URL(socket.url).pathname === "/v1/ws" ? "simple" : "events";
    socket.on("message", (bytes) => this.#take(String(bytes)));
    this.#closed = once(socket, "close").then(([code, reason]) => {
      this.#open = false;
      this.#changed();
      return { code: Number(code), reason: String(reason) };
    });
    this.#closed.catch(() => {});
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Sends frames as they stand. */
  says(...frames: (string | Buffer)[]): void {
    for (const frame of frames) this.#socket.send(frame);
  }

  /** The next frames have at least these fields. */
  async hears(...expected: Frame[]): Promise<void> {
    for (const fields of expected) expect(await this.next(), `what ${this.name} hears`).toMatchObject(fields);
  }

  /** The next frames are these, field by field. */
  async hearsExactly(...expected: Frame[]): Promise<void> {
    for (const fields of expected) expect(await this.next(), `what ${this.name} hears`).toEqual(fields);
  }

  /** Nothing has come since. */
  async hearsNothing(): Promise<void> {
    expect(await this.heardSoFar(), `what ${this.name} hears`).toEqual([]);
  }

  /**
   * What has come and was not looked at, and with it all that the server has to say of what this
   * connection said, and of what others were answered before. Not for somebody who may be behind:
   * what is read to them comes when it comes.
   */
  async heardSoFar(): Promise<Frame[]> {
    this.#marks += 1;
    const marks = new Set<unknown>([`write mark ${this.#marks}`]);
    // A write that is refused in its turn, behind all others; and a question behind all others.
    const [mark] = marks;
    if (this.#dialect === "simple") {
      this.says(`{"message":"mark","target":"#mark","id":"${mark}"}`);
    } else {
      this.says(`{"type":"send_message","id":"${mark}","payload":{"message":"mark","conversation":"#mark"}}`);
      marks.add(`read mark ${this.#marks}`);
      const question = '"payload":{"conversation":"everyone","seq":0}';
      this.says(`{"type":"delivered","id":"read mark ${this.#marks}",${question}}`);
    }
    const before: Frame[] = [];
    while (marks.size > 0) {
      const frame = await this.next();
      const { error } = frame as { error?: { id?: unknown } };
      if (!marks.delete(frame["id"] ?? error?.id)) before.push(frame);
    }
    return before;
  }

  async next(): Promise<Frame> {
    return JSON.parse(await this.nextText()) as Frame;
  }

  /** The next frame of this type; others that come before it are not looked at. */
  async nextOf(type: string): Promise<Frame> {
    for (;;) {
      const frame = await this.next();
      if (frame["type"] === type) return frame;
    }
  }

  /** The next frame as it stands. */
  async nextText(): Promise<string> {
    return this.#until(() => this.#frames.shift(), "nothing");
  }

  async hearsPresence(expected: Frame): Promise<void> {
    const frame = await this.#until(() => this.#presence.shift(), "of nobody");
    expect(frame, `whom ${this.name} hears of`).toMatchObject(expected);
  }

  /** The presence frames that came so far and were not looked at. */
  presenceSoFar(): Frame[] {
    return this.#presence.splice(0);
  }

  /** The connection is ended from the other side with this code. */
  async isClosed(code: number): Promise<void> {
    expect((await this.#within(this.#closed, "no closing")).code, `how ${this.name} ends`).toBe(code);
  }

  /** Says goodbye and waits until it is answered; with 1005 the frame has no code. */
  async leaves(code = 1000): Promise<void> {
    if (code === 1005) this.#socket.close();
    else this.#socket.close(code);
    await this.#within(this.#closed, "no goodbye");
  }

  /** The connection is lost, without a goodbye. */
  breaks(): void {
    this.#socket.terminate();
  }

  #take(text: string): void {
    this.transcript.push(text);
    this.#fault ??= schemaFault(this.#dialect, text);
    const isPresence = text.startsWith('{"type":"presence"');
    if (isPresence) this.#presence.push(JSON.parse(text) as Frame);
    else this.#frames.push(text);
    this.#changed();
  }

  async #until<Value>(look: () => Value | undefined, otherwise: string): Promise<Value> {
    const until = performance.now() + patienceMs;
    for (;;) {
      if (this.#fault !== undefined)
        throw new Error(`${this.name} hears what the schema forbids: ${this.#fault}`);
      const found = look();
      if (found !== undefined) return found;
      const left = until - performance.now();
      if (!this.#open || left <= 0) throw new Error(this.#told(otherwise));
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  async #within<Value>(promise: Promise<Value>, otherwise: string): Promise<Value> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(this.#told(otherwise))), patienceMs);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
  }

  #told(otherwise: string): string {
    const state = this.#open ? `within ${patienceMs} ms` : "and the connection is closed";
    return `${this.name} hears ${otherwise} ${state}; heard so far:\n${this.transcript.slice(-20).join("\n")}`;
  }
}

/** Opens a connection; it may hear things at once. */
export async function connect(
  url: string,
  name: string,
  headers: Record<string, string> = {},
  options: { readonly ca?: string } = {},
): Promise<Talker> {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false, ...options });
  const talker = new Talker(name, socket);
  await once(socket, "open");
  return talker;
}
