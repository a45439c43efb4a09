// Which upgrades are connections: by path, by origin, with which parameters.

import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { DialectName } from "chat-hub";

export const paths: Readonly<Record<string, DialectName>> = { "/v1/ws": "simple", "/ws": "events" };

export interface Asked {
  readonly dialect: DialectName;
  readonly query: Readonly<Record<string, string>>;
}

/** Whether there is a chat at the path of this URL. */
export function isOurs(url = "/"): boolean {
  return Object.hasOwn(paths, pathOf(url));
}

/** The endpoint of a URL that is ours, and its parameters. Total: any URL is read. */
export function readUrl(url = "/"): Asked {
  const path = pathOf(url);
  const query: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(url.slice(path.length))) query[name] ??= ownString(value);
  return { dialect: paths[path] as DialectName, query };
}

/** A part of a string keeps all of it in memory: a name that is kept would keep its URL. */
function ownString(part: string): string {
  return Buffer.from(part).toString();
}

function pathOf(url: string): string {
  const end = url.indexOf("?");
  return end === -1 ? url : url.slice(0, end);
}

/**
 * Whether a browser's page may connect. No `Origin`: not a browser's page. Otherwise it must be the
 * page that this server itself gives out, or one that was named. A server on loopback knows its own
 * names: another name in `Host` is a page that was rebound to this machine.
 */
export function originAllowed(request: IncomingMessage, origins: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined || origins.includes(origin)) return true;
  if (!URL.canParse(origin) || host === undefined) return false;
  const { host: from, hostname } = new URL(origin);
  if (from !== host.toLowerCase()) return false;
  return !isLoopback(request.socket.localAddress) || loopbackName.test(hostname);
}

const loopbackName = /^(localhost|127(\.\d+){3}|\[::1\])$/;

export function isLoopback(address: string | undefined): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address ?? "");
}

/**
 * What is counted as one address: of IPv6 the network that somebody is given, which is the first 64 bits.
 * Nothing for loopback, which is not counted.
 */
export function countedAddress(address: string | undefined): string | undefined {
  if (address === undefined || isLoopback(address)) return undefined;
  if (!address.includes(":")) return address;
  const [, mapped] = /^::ffff:([\d.]+)$/.exec(address) ?? [];
  if (mapped !== undefined) return mapped;
  const [head = [], tail = []] = address
    .replace(/%.*/, "")
    .split("::")
    .map((half) => half.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  return [...head, ...zeros, ...tail].slice(0, 4).join(":");
}

/** Answers an upgrade that is not to become a connection, in words. */
export function refuseUpgrade(socket: Duplex, status: string, body: string): void {
  socket.on("error", () => {});
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}
