// What is at the paths of HTTP: the browser's page, as static files, under a policy that lets nothing in
// it run but itself, and the documents of the wire.

import { existsSync } from "node:fs";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import type { Limits } from "chat-hub";
import { defaultLimits } from "chat-hub";
import sirv from "sirv";
import { Documents } from "./documents.js";

const folder = fileURLToPath(new URL("../../page", import.meta.url));

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

const plain = { "Content-Type": "text/plain; charset=utf-8" };

/**
 * Serves the page at `/`, what describes the wire at `/schema.json` and `/asyncapi.json`, and says no to
 * everything else. `limits` are those of the chat on the same server.
 */
export function page(limits: Limits = defaultLimits): RequestListener {
  const documents = new Documents(limits);
  const files = existsSync(folder)
    ? sirv(folder, { etag: true, gzip: true, setHeaders: keepAssets })
    : notBuilt;
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { ...plain, Allow: "GET, HEAD" }).end("Only GET and HEAD.\n");
    } else if (!documents.serve(request, response)) {
      files(request, response, () => {
        response
          .writeHead(404, plain)
          .end("Nothing here. The chat is at /, its WebSockets at /ws and /v1/ws.\n");
      });
    }
  };
}

/** Files under `assets/` carry their content's hash in their names: they never change. */
function keepAssets(response: ServerResponse, path: string): void {
  const forEver = path.startsWith("/assets/");
  response.setHeader("Cache-Control", forEver ? "public, max-age=31536000, immutable" : "no-cache");
}

function notBuilt(request: IncomingMessage, response: ServerResponse, otherwise: () => void): void {
  if (request.url !== "/") return otherwise();
  response.writeHead(503, plain).end("The page is not built here: run npm run build.\n");
}
