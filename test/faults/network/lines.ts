// A line of its own for everybody who uses the server: a proxy that only their connections go through.

import type { Link } from "../proxy/link.ts";
import { TcpProxy } from "../proxy/tcp-proxy.ts";

export class Lines implements AsyncDisposable {
  readonly #lines = new Map<string, TcpProxy>();
  readonly #to: number;
  readonly #met: (name: string, link: Link) => void;

  /** `met` is told of every connection before anything has gone through. */
  constructor(to: number, met: (name: string, link: Link) => void) {
    this.#to = to;
    this.#met = met;
  }

  /** One line for each of these. */
  async open(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const line = await TcpProxy.open({ to: this.#to, met: (link) => this.#met(name, link) });
      this.#lines.set(name, line);
    }
  }

  /** @throws if there is no line of that name */
  of(name: string): TcpProxy {
    const line = this.#lines.get(name);
    if (line === undefined) throw new Error(`${name} has no line`);
    return line;
  }

  url(name: string): string {
    return `ws://127.0.0.1:${this.of(name).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const line of this.#lines.values()) await line.close();
  }
}
