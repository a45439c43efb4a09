// Somebody without the page: a plain WebSocket and hand-written frames.

import { once } from "node:events";
import WebSocket from "ws";

type Frame = { readonly type: string; readonly payload: Readonly<Record<string, unknown>> };

export class Raw {
  readonly #socket: WebSocket;
  readonly frames: Frame[] = [];

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (frame) => this.frames.push(JSON.parse(String(frame)) as Frame));
  }

  /** Comes back when the server has said welcome. */
  static async connect(
    url: string,
    name: string,
    token = `a-secret-of-${name.length}-letters`,
  ): Promise<Raw> {
    const socket = new WebSocket(`${url}/ws?username=${encodeURIComponent(name)}&token=${token}`);
    const raw = new Raw(socket);
    await once(socket, "open");
    await raw.hears("welcome");
    return raw;
  }

  toAll(message: string): void {
    this.#socket.send(JSON.stringify({ type: "send_message", payload: { message } }));
  }

  to(name: string, message: string): void {
    this.#socket.send(JSON.stringify({ type: "private_message", payload: { to: name, message } }));
  }

  ask(type: string, payload: object, id?: number): void {
    this.#socket.send(JSON.stringify({ type, id, payload }));
  }

  /** Sends many, each once the one before is acked, so that no rate is met. */
  toAllInTurn(messages: readonly string[]): Promise<void> {
    return this.inTurn("everyone", messages);
  }

  async inTurn(conversation: string, messages: readonly string[]): Promise<void> {
    for (const [index, message] of messages.entries()) {
      const before = this.frames.length;
      this.#socket.send(
        JSON.stringify({ type: "send_message", id: index, payload: { message, conversation } }),
      );
      await this.hears("ack", before);
    }
  }

  messages(): unknown[] {
    return this.frames.filter(({ type }) => type === "new_message").map(({ payload }) => payload["message"]);
  }

  async hears(type: string, from = 0): Promise<Frame> {
    for (;;) {
      const found = this.frames.slice(from).find((frame) => frame.type === type);
      if (found !== undefined) return found;
      await once(this.#socket, "message");
    }
  }

  leave(): void {
    this.#socket.close();
  }
}
