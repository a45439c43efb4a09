// What is answered to GET and HEAD at paths of its own, as text that is made when it is asked for.

import type { IncomingMessage, ServerResponse } from "node:http";

export interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body: string;
}

/** By path. */
export type Answers = Readonly<Record<string, () => Answer | Promise<Answer>>>;

export const plainText = "text/plain; charset=utf-8";

/** Answers if there is something at the path; otherwise it does nothing and says so. */
export function serveAnswer(answers: Answers, request: IncomingMessage, response: ServerResponse): boolean {
  const path = request.url?.split("?", 1)[0] ?? "";
  const make = Object.hasOwn(answers, path) ? answers[path] : undefined;
  if (make === undefined) return false;
  void made(make).then((answer) => respond(request, response, answer));
  return true;
}

export function respond(
  { method }: IncomingMessage,
  response: ServerResponse,
  { status, type = plainText, body }: Answer,
): void {
  if (!response.hasHeader("Cache-Control")) response.setHeader("Cache-Control", "no-store");
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) });
  response.end(method === "HEAD" ? undefined : body);
}

async function made(make: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await make();
  } catch {
    return { status: 500, body: "It could not be made.\n" };
  }
}
