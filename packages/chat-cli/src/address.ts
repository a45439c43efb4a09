// Where a server is, from what a person writes for it.

import type { Result } from "chat-hub";
import { fault, ok } from "chat-hub";

/** `localhost:8001`, `http://…`, `ws://…` with or without a path; without one it is `/ws`. */
export function parseAddress(text: string): Result<string, string> {
  const given = /^[a-z][a-z+.-]*:\/\//i.test(text) ? text : `ws://${text}`;
  const url = URL.parse(given.replace(/^http/i, "ws"));
  if (url === null || url.host === "")
    return fault(`${JSON.stringify(text)} is not an address such as ws://localhost:8001`);
  if (url.protocol !== "ws:" && url.protocol !== "wss:")
    return fault(`an address begins with ws:// or wss://, not ${url.protocol}//`);
  if (url.pathname === "/v1/ws")
    return fault("/v1/ws speaks the simple dialect; chat-cli speaks the other one, at /ws");
  // Who one is, is said in the login and not in an address, which ends up in logs.
  if (url.search !== "" || url.username !== "" || url.password !== "") {
    return fault("give the address without ?…, name or password; --username says who you are");
  }
  if (url.pathname === "/") url.pathname = "/ws";
  url.hash = "";
  return ok(url.href);
}

/** The server behind an address, the same for all ways to say "this machine". */
export function serverOf(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  const host = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) ? "localhost" : hostname;
  return `${protocol}//${host}:${port || (protocol === "wss:" ? "443" : "80")}`;
}
