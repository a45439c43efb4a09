// The wire, described for programs: /schema.json and /asyncapi.json. Any page may read them.

import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Limits } from "chat-hub";
import { asyncApi, jsonSchema } from "chat-hub";

const makers = new Map<string, (limits: Limits) => object>([
  ["/schema.json", jsonSchema],
  ["/asyncapi.json", asyncApi],
]);

interface Document {
  readonly body: Buffer;
  readonly tag: string;
}

/** The documents of a server with these limits, each made when it is first asked for. */
export class Documents {
  readonly #limits: Limits;
  readonly #made = new Map<string, Document>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Answers a GET or HEAD, if its path is a document's; otherwise it does nothing and says so. */
  serve(request: IncomingMessage, response: ServerResponse): boolean {
    const document = this.#find(pathOf(request));
    if (document === undefined) return false;
    const { body, tag } = document;
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("ETag", tag);
    if (request.headers["if-none-match"] === tag) {
      response.writeHead(304).end();
      return true;
    }
    response.writeHead(200, {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Length": body.length,
    });
    response.end(request.method === "HEAD" ? undefined : body);
    return true;
  }

  /** Whether a document is asked for. */
  has(request: IncomingMessage): boolean {
    return makers.has(pathOf(request));
  }

  #find(path: string): Document | undefined {
    const known = this.#made.get(path);
    const make = makers.get(path);
    if (known !== undefined || make === undefined) return known;
    const body = Buffer.from(`${JSON.stringify(make(this.#limits), undefined, 2)}\n`);
    const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    this.#made.set(path, { body, tag });
    return { body, tag };
  }
}

function pathOf({ url = "" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "";
}
