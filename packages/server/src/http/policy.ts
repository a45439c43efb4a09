// What is the same for every answer over HTTP: what a page may do, which pages may read the answer, and
// that there is nothing but reading.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { TLSSocket } from "node:tls";
import { respond } from "./answers.js";
import type { Origins } from "./origins.js";
import { namesLoopback } from "./origins.js";

const headers: Readonly<Record<string, string>> = {
  "Content-Security-Policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
};

/** Half a year: who has come by TLS comes by nothing else. */
const strictTransport = "max-age=15552000";

/** What answers differ by: who asks, and files come zipped or not. */
export const varies = "Origin, Accept-Encoding";

const methods = "GET, HEAD";

/** Whether the request is to be answered; if not, it has been. What `isPublic` any page may read. */
export function admit(
  request: IncomingMessage,
  response: ServerResponse,
  origins: Origins,
  isPublic: boolean,
): boolean {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const { host = "" } = request.headers;
  // Browsers would keep it for every other server on localhost, too.
  if ((request.socket as Partial<TLSSocket>).encrypted === true && !namesLoopback(host))
    response.setHeader("Strict-Transport-Security", strictTransport);
  const shownTo = isPublic ? "*" : origins.shownTo(request);
  if (!isPublic) response.setHeader("Vary", varies);
  if (shownTo !== undefined) response.setHeader("Access-Control-Allow-Origin", shownTo);
  if (!isPublic && !origins.allows(request)) {
    respond(request, response, { status: 403, body: "Pages of this origin may not read here.\n" });
    return false;
  }
  const { method = "" } = request;
  if (method === "GET" || method === "HEAD") return true;
  const asked = request.headers["access-control-request-method"];
  if (method === "OPTIONS" && shownTo !== undefined && asked !== undefined) {
    response.writeHead(204, {
      "Access-Control-Allow-Methods": methods,
      "Access-Control-Allow-Headers": "If-None-Match",
      "Access-Control-Max-Age": "600",
    });
    response.end();
    return false;
  }
  response.setHeader("Allow", methods);
  respond(request, response, { status: 405, body: "Only GET and HEAD.\n" });
  return false;
}
