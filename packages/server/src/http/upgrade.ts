// Which upgrades are connections, by path, with which parameters; and how one is refused.

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

/** Answers an upgrade that is not to become a connection, in words. */
export function refuseUpgrade(socket: Duplex, status: string, body: string): void {
  socket.on("error", () => {});
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}
