// A TCP proxy that stands for the network between clients and a server: it delays, throttles, cuts,
// splits and swallows what goes through, while it goes through. It knows nothing of chat, and of
// WebSocket only where frames end. All chance comes from its seed.

import { once } from "node:events";
import type { AddressInfo, Server, Socket } from "node:net";
import { connect, createServer } from "node:net";
import { chanceOf } from "../../support/chance.ts";
import type { Conditions } from "./conditions.ts";
import { Link } from "./link.ts";

export interface ProxyOptions {
  /** The server's port on this machine. */
  readonly to: number;
  /** 0, the default, takes any that is free. */
  readonly port?: number;
  readonly seed?: number;
  /** A link was opened, and nothing has gone through yet. */
  readonly met?: (link: Link) => void;
}

const loopback = "127.0.0.1";

export class TcpProxy implements AsyncDisposable {
  readonly #options: ProxyOptions;
  readonly #server: Server;
  readonly #links = new Set<Link>();
  #conditions: Partial<Conditions> = {};
  #isDark = false;
  #comesBack: NodeJS.Timeout | undefined;
  #opened = 0;

  /** @throws if the port is taken */
  static async open(options: ProxyOptions): Promise<TcpProxy> {
    const proxy = new TcpProxy(options);
    proxy.#server.listen(options.port ?? 0, loopback);
    await once(proxy.#server, "listening");
    return proxy;
  }

  private constructor(options: ProxyOptions) {
    this.#options = options;
    const chance = chanceOf(options.seed ?? 1);
    // Each side's goodbye is passed on as what it is: the other may still speak.
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) =>
      this.#meet(client, chance),
    );
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Those that are open, the oldest first. */
  get links(): readonly Link[] {
    return [...this.#links];
  }

  /** For all links, and for those that come. */
  sets(conditions: Partial<Conditions>): void {
    this.#conditions = { ...this.#conditions, ...conditions };
    for (const link of this.#links) link.sets(conditions);
  }

  /** Nothing gets through, on links that are opened meanwhile neither; for so long or until `comesBack`. */
  goesDark(forMs?: number): void {
    clearTimeout(this.#comesBack);
    this.#isDark = true;
    for (const link of this.#links) link.goesDark();
    if (forMs !== undefined) this.#comesBack = setTimeout(() => this.comesBack(), forMs);
  }

  comesBack(): void {
    clearTimeout(this.#comesBack);
    this.#isDark = false;
    for (const link of this.#links) link.comesBack();
  }

  /** Every link that is open now gets a RST at both ends. */
  breaks(): void {
    for (const link of this.#links) link.breaks();
  }

  /** Breaks all that is open, and listens no more. */
  async close(): Promise<void> {
    clearTimeout(this.#comesBack);
    this.#server.close();
    this.breaks();
    await once(this.#server, "close");
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #meet(client: Socket, chance: () => number): void {
    const server = connect({ port: this.#options.to, host: loopback, allowHalfOpen: true, noDelay: true });
    this.#opened += 1;
    const link: Link = new Link(this.#opened, client, server, chance, () => this.#links.delete(link));
    this.#links.add(link);
    link.sets(this.#conditions);
    if (this.#isDark) link.goesDark();
    this.#options.met?.(link);
  }
}
