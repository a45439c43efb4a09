// What is at the paths of HTTP: the browser's page, as static files, the documents of the wire, and what
// else the server is asked by programs.

import { existsSync } from "node:fs";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import type { Limits } from "chat-hub";
import { defaultLimits } from "chat-hub";
import sirv from "sirv";
import type { Answers } from "./answers.js";
import { respond, serveAnswer } from "./answers.js";
import { Documents } from "./documents.js";
import { Origins } from "./origins.js";
import { admit, varies } from "./policy.js";
import type { ProxyHeader } from "./proxies.js";
import { Proxies } from "./proxies.js";

const folder = fileURLToPath(new URL("../../page", import.meta.url));

export interface PageOptions {
  /** Those of the chat on the same server; the documents tell them. */
  readonly limits?: Limits;
  /** As for the chat. */
  readonly origins?: readonly string[];
  readonly proxies?: readonly string[];
  readonly proxyHeader?: ProxyHeader;
  /** What is answered beside the page: `healthAnswers(chat)`, `metricsAnswers(chat)`. */
  readonly answers?: Answers;
}

/**
 * Serves the page at `/`, what describes the wire at `/schema.json` and `/asyncapi.json`, and says no to
 * everything else.
 */
export function page(options: PageOptions = {}): RequestListener {
  const { limits = defaultLimits, answers = {} } = options;
  const origins = new Origins(options.origins, new Proxies(options.proxies, options.proxyHeader));
  const documents = new Documents(limits);
  const files = existsSync(folder) ? sirv(folder, { etag: true, gzip: true, setHeaders }) : notBuilt;
  return (request, response) => {
    if (!admit(request, response, origins, documents.has(request))) return;
    if (serveAnswer(answers, request, response) || documents.serve(request, response)) return;
    files(request, response, () => {
      const body = "Nothing here. The chat is at /, its WebSockets at /ws and /v1/ws.\n";
      respond(request, response, { status: 404, body });
    });
  };
}

/** sirv knows only of one of the two that its answers differ by. */
function setHeaders(response: ServerResponse, path: string): void {
  response.setHeader("Vary", varies);
  keepAssets(response, path);
}

/** Files under `assets/` carry their content's hash in their names: they never change. */
function keepAssets(response: ServerResponse, path: string): void {
  const forEver = path.startsWith("/assets/");
  response.setHeader("Cache-Control", forEver ? "public, max-age=31536000, immutable" : "no-cache");
}

function notBuilt(request: IncomingMessage, response: ServerResponse, otherwise: () => void): void {
  if (request.url !== "/") return otherwise();
  respond(request, response, { status: 503, body: "The page is not built here: run npm run build.\n" });
}
