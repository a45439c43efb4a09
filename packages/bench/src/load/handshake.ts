// The upgrade by hand: what a client writes first, and where in the answer the frames begin.

import { randomBytes } from "node:crypto";

const longestAnswerBytes = 8192;

export function upgradeRequest(port: number, path: string): string {
  return [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    "",
    "",
  ].join("\r\n");
}

/** Collects the answer to the upgrade, in whatever pieces it comes. */
export class Handshake {
  #answer = Buffer.alloc(0);

  /**
   * Takes the next bytes; returns those that come after the answer, or `undefined` while it isn't whole.
   * @throws if the server does not upgrade
   */
  take(chunk: Buffer): Buffer | undefined {
    this.#answer = Buffer.concat([this.#answer, chunk]);
    const end = this.#answer.indexOf("\r\n\r\n");
    if (end === -1 && this.#answer.length < longestAnswerBytes) return undefined;
    const status = this.#answer.toString("latin1", 0, this.#answer.indexOf("\r\n"));
    if (end === -1 || !status.startsWith("HTTP/1.1 101 "))
      throw new Error(`the server did not upgrade: ${status}`);
    return this.#answer.subarray(end + 4);
  }
}
