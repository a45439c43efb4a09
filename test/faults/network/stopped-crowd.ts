// Many who stop reading at the same time, in both dialects: they ask for page after page before they do,
// take nothing of it, and nothing of what is said to all.

import type { RawSocket } from "../../support/raw-connection.ts";
import { reachWebSocket } from "../../support/raw-connection.ts";
import { frame } from "../../support/raw-frames.ts";

const pages = 50;

export class StoppedCrowd implements Disposable {
  readonly #sockets: readonly RawSocket[];

  private constructor(sockets: readonly RawSocket[]) {
    this.#sockets = sockets;
  }

  /** Half of them speak each dialect; they have been welcomed, and read. */
  static async enters(port: number, count: number): Promise<StoppedCrowd> {
    const sockets: RawSocket[] = [];
    for (let n = 0; n < count; n += 1) {
      const path = n % 2 === 0 ? "/ws" : "/v1/ws";
      const socket = await reachWebSocket(port, `${path}?username=stopped${n}`);
      // What is answered to the simple dialect is an error: it has no word for this.
      socket.writes(frame('{"type":"ping","id":1}'));
      await socket.frame();
      sockets.push(socket);
    }
    return new StoppedCrowd(sockets);
  }

  stops(): void {
    const ask = { type: "history", id: 1, payload: { conversation: "everyone", limit: 1_000 } };
    const asks = Buffer.concat(Array.from({ length: pages }, () => frame(JSON.stringify(ask))));
    for (const socket of this.#sockets) {
      socket.stopsReading();
      socket.writes(asks);
    }
  }

  [Symbol.dispose](): void {
    for (const socket of this.#sockets) socket.breaks();
  }
}
