// Two people who chat while the server is lied to: one says a thing after another to the other, and
// both hear everyone. They hold the server to its promises: every ack comes, everything is heard once
// and in order, and everyone has no hole.

import { once } from "node:events";
import { WebSocket } from "ws";
import { witnesses } from "./sources/cases.ts";

export interface Testimony {
  readonly acked: number;
  /** Milliseconds from a send to its ack. */
  readonly p50: number;
  readonly p99: number;
  readonly broken: readonly string[];
}

interface Told {
  readonly type: string;
  readonly id?: unknown;
  readonly payload: {
    readonly conversation?: string;
    readonly seq?: number;
    readonly first?: number;
    readonly last?: number;
    readonly message?: string;
    readonly from?: string;
  };
}

export class Witnesses {
  readonly #url: string;
  readonly #paceMs: number;
  readonly #patienceMs: number;
  readonly #broken: string[] = [];
  readonly #waits: number[] = [];
  readonly #heads = new Map<WebSocket, number>();
  #heard = 0;
  #acked: (id: number) => void = () => {};
  #isOver = false;
  #chatting: Promise<void> = Promise.resolve();
  #sockets: readonly WebSocket[] = [];

  /** `paceMs`: between two messages; `patienceMs`: how long an ack may take. */
  constructor(url: string, paceMs: number, patienceMs: number) {
    this.#url = url;
    this.#paceMs = paceMs;
    this.#patienceMs = patienceMs;
  }

  async begin(): Promise<void> {
    const [says, hears] = await Promise.all([this.#enter(witnesses.says), this.#enter(witnesses.hears)]);
    this.#sockets = [says, hears];
    this.#chatting = this.#chat(says);
  }

  async end(): Promise<Testimony> {
    this.#isOver = true;
    await this.#chatting;
    for (const socket of this.#sockets) socket.terminate();
    const waits = this.#waits.toSorted((a, b) => a - b);
    const at = (part: number): number => waits[Math.floor((waits.length - 1) * part)] ?? 0;
    if (this.#heard < waits.length)
      this.#broken.push(`${waits.length - this.#heard} messages were not heard`);
    return { acked: waits.length, p50: at(0.5), p99: at(0.99), broken: this.#broken };
  }

  async #enter(name: string): Promise<WebSocket> {
    const who = `username=${name}&token=${name}-has-a-long-secret`;
    const socket = new WebSocket(`${this.#url}/ws?${who}`, { perMessageDeflate: false });
    socket.on("message", (bytes) => this.#hear(name, socket, JSON.parse(String(bytes)) as Told));
    socket.on("close", (code) => {
      if (!this.#isOver) this.#broken.push(`${name} was closed with ${code}`);
    });
    await once(socket, "message");
    return socket;
  }

  async #chat(says: WebSocket): Promise<void> {
    for (let id = 1; !this.#isOver && this.#broken.length === 0; id += 1) {
      const start = performance.now();
      const payload = { message: `${id}`, to: witnesses.hears };
      says.send(JSON.stringify({ type: "private_message", id, payload }));
      if (!(await this.#ack(id))) {
        this.#broken.push(`message ${id} was not acked within ${this.#patienceMs} ms`);
        return;
      }
      this.#waits.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, this.#paceMs));
    }
  }

  #ack(id: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), this.#patienceMs);
      this.#acked = (acked) => {
        if (acked !== id) return;
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  #hear(name: string, socket: WebSocket, { type, id, payload }: Told): void {
    if (type === "ack") return this.#acked(Number(id));
    if (type === "error") return void this.#broken.push(`${name} was refused: ${JSON.stringify(payload)}`);
    if (payload?.conversation === "everyone") return this.#follow(name, socket, type, payload);
    const isOurs = payload?.from === witnesses.says && name === witnesses.hears;
    if (type !== "new_message" || !isOurs) return;
    this.#heard += 1;
    if (payload.message !== String(this.#heard))
      this.#broken.push(`message ${payload.message} was heard in the place of ${this.#heard}`);
  }

  /** From the first that is heard on, every place of everyone comes once and in order. */
  #follow(name: string, socket: WebSocket, type: string, { seq, first, last }: Told["payload"]): void {
    const [from, to] = type === "skip" ? [first, last] : [seq, seq];
    if (from === undefined || to === undefined) return;
    const head = this.#heads.get(socket);
    if (head !== undefined && from !== head + 1)
      this.#broken.push(`${name} heard ${from} of everyone after ${head}`);
    this.#heads.set(socket, to);
  }
}
