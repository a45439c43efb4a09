// The browser's page, as static files, under a policy that lets nothing in it run but itself.

import { existsSync } from "node:fs";
import type { RequestListener } from "node:http";
import { fileURLToPath } from "node:url";
import sirv from "sirv";

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

/** Serves the page at `/`, and says no to everything else. */
export function page(): RequestListener {
  const files = existsSync(folder)
    ? sirv(folder, { etag: true, gzip: true, setHeaders: (response) => setHeaders(response) })
    : undefined;
  return (request, response) => {
    setHeaders(response);
    const otherwise = (): void => {
      const missing = files === undefined && request.url === "/";
      response.writeHead(missing ? 503 : 404, { "Content-Type": "text/plain; charset=utf-8" });
      response.end(
        missing
          ? "The page is not built here: run npm run build.\n"
          : "Nothing here. The chat is at /, its WebSockets at /ws and /v1/ws.\n",
      );
    };
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { Allow: "GET, HEAD", "Content-Type": "text/plain; charset=utf-8" });
      response.end("Only GET and HEAD.\n");
    } else if (files === undefined) {
      otherwise();
    } else {
      files(request, response, otherwise);
    }
  };
}

function setHeaders(response: { setHeader(name: string, value: string): unknown }): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}
