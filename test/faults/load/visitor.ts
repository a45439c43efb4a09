// Somebody who comes in to try something: asks, and is told the answer. It keeps all that it hears, as
// it stood on the wire.

import { once } from "node:events";
import { WebSocket } from "ws";

export interface Told {
  readonly type: string;
  readonly id?: unknown;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** How long an answer may take. */
const patienceMs = 15_000;

export class Visitor {
  /** Everything that was heard. */
  readonly heard: string[] = [];
  /** The code that it was closed with. */
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<unknown, (told: Told) => void>();
  #asked = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = once(socket, "close").then(([code]) => {
      const told: Told = { type: "closed", payload: { code } };
      for (const answer of this.#waiting.values()) answer(told);
      return Number(code);
    });
    socket.on("message", (bytes) => this.#hear(String(bytes)));
    socket.on("error", () => {});
  }

  /** What answers a command; `closed` if the connection is ended instead. */
  ask(type: string, payload: object = {}): Promise<Told> {
    this.#asked += 1;
    const id = this.#asked;
    const answer = this.#answer(id, `${type} is not answered`);
    this.#socket.send(JSON.stringify({ type, id, payload }));
    return answer;
  }

  /** The code that a command is refused with; its answer's type if it is not. */
  async tries(type: string, payload: object = {}): Promise<string> {
    const told = await this.ask(type, payload);
    return told.type === "error" ? String(told.payload["code"]) : told.type;
  }

  /**
   * Does what must be possible.
   * @throws if it is not
   */
  async does(type: string, payload: object = {}): Promise<Told["payload"]> {
    const told = await this.ask(type, payload);
    if (told.type === "error" || told.type === "closed")
      throw new Error(`${type} ${JSON.stringify(payload)}: ${JSON.stringify(told)}`);
    return told.payload;
  }

  /** What answers its login by the URL. */
  let(): Promise<Told> {
    return this.#answer(undefined, "the login is not answered");
  }

  says(text: string): void {
    this.#socket.send(text);
  }

  /** Takes nothing more from the network, and so never answers a goodbye. */
  stopsReading(): void {
    this.#socket.pause();
  }

  async leaves(): Promise<void> {
    this.#socket.close(1000);
    await this.closed;
  }

  breaks(): void {
    this.#socket.terminate();
  }

  #answer(id: number | undefined, otherwise: string): Promise<Told> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(otherwise)), patienceMs);
      this.#waiting.set(id, (told) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(told);
      });
    });
  }

  #hear(text: string): void {
    this.heard.push(text);
    const told = JSON.parse(text) as Told;
    const isOfLogin = told.type === "welcome" || told.type === "error";
    if (told.id !== undefined || isOfLogin) this.#waiting.get(told.id)?.(told);
  }
}

/** Opens the events dialect; with a name it has been welcomed, or refused. */
export async function visit(url: string, query: Readonly<Record<string, string>> = {}): Promise<Visitor> {
  const search = new URLSearchParams(query);
  const socket = new WebSocket(`${url}/ws?${search}`, { perMessageDeflate: false });
  const visitor = new Visitor(socket);
  const isLet = "username" in query ? visitor.let() : undefined;
  await once(socket, "open");
  await isLet;
  return visitor;
}

/** Somebody whose name is kept. */
export function visitKept(
  url: string,
  username: string,
  more: Record<string, string> = {},
): Promise<Visitor> {
  return visit(url, { username, token: `${username}-has-a-long-secret`, ...more });
}
