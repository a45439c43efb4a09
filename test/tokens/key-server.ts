// A server of this machine that publishes keys, as an issuer does, and remembers what it was asked.

import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface KeyServer {
  readonly url: string;
  /** The paths that were asked for, in their order. */
  readonly asked: string[];
  /** What it answers from now on. */
  answers(how: string | ((response: ServerResponse) => void)): void;
  /** Nobody is there any more. */
  goes(): Promise<void>;
}

export async function startKeyServer(set = '{"keys":[]}'): Promise<KeyServer> {
  const asked: string[] = [];
  let answer = (response: ServerResponse): void => void response.end(set);
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const goes = async () => {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(goes);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys.json`,
    asked,
    answers(how) {
      answer = typeof how === "string" ? (response) => void response.end(how) : how;
    },
    goes,
  };
}
