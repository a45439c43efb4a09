// Which browser's pages may speak with the server: over WebSockets, and over HTTP what they may read.

import type { IncomingMessage } from "node:http";
import { isLoopback } from "./addresses.js";
import { Proxies } from "./proxies.js";

const loopbackName = /^(localhost|127(\.\d+){3}|\[::1\])$/;

export class Origins {
  readonly #named: ReadonlySet<string>;
  readonly #proxies: Proxies;

  /** Pages of the `named` origins are let in beside the server's own. */
  constructor(named: readonly string[] = [], proxies: Proxies = new Proxies()) {
    this.#named = new Set(named);
    this.#proxies = proxies;
  }

  /**
   * Whether who asks may. No `Origin`: not a browser's page of another origin. Otherwise it must be the page that this
   * server itself gives out, or one that was named. A server on loopback knows its own names: another name in
   * `Host` is a page that was rebound to this machine, if no proxy has asked.
   */
  allows(request: IncomingMessage): boolean {
    const { origin, host } = request.headers;
    if (origin === undefined || this.#named.has(origin)) return true;
    if (!URL.canParse(origin) || host === undefined) return false;
    const { host: from, hostname, protocol, origin: exact } = new URL(origin);
    if (exact !== origin || from !== withoutPort(host.toLowerCase(), protocol)) return false;
    const { isSecure, isBehindProxy } = this.#proxies.askerOf(request);
    if (isSecure && protocol !== "https:") return false;
    return isBehindProxy || !isLoopback(request.socket.localAddress) || loopbackName.test(hostname);
  }

  /** The origin that the answer may be shown to, where it must be named. */
  shownTo(request: IncomingMessage): string | undefined {
    const { origin } = request.headers;
    return origin !== undefined && this.allows(request) ? origin : undefined;
  }
}

/** Whether a `Host` is this machine, as it calls itself. */
export function namesLoopback(host: string): boolean {
  return loopbackName.test(host.toLowerCase().replace(/:\d+$/, ""));
}

const usualPorts: Readonly<Record<string, string>> = { "http:": ":80", "https:": ":443" };

/** A port that goes without saying is not in an origin. */
function withoutPort(host: string, protocol: string): string {
  const usual = usualPorts[protocol];
  return usual !== undefined && host.endsWith(usual) ? host.slice(0, -usual.length) : host;
}
