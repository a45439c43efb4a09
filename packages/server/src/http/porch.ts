// Where those wait who have just connected. Of a crowd only so many are read at a time, until they have said
// what they want: thousands that can be read at once are one phase of the event loop, in which nobody
// else is served.

import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import { Queue } from "../stores/queue.js";

/** So many are read that have not said anything yet, */
const leastRead = 32;
/** and so many where most of them say nothing: whoever is silent takes none of the server's time, and must take none of others'. */
const mostRead = 1_024;
/** Whoever says nothing for so long no longer counts: the next one is read too. */
const silenceMs = 20;
/** More than these are closed as they come. */
const mostWaiting = 16_384;

const lookers = new WeakSet<object>();

/** Whether a listener for upgrades only looks on, and answers none. */
export function onlyLooksOn(listener: object): boolean {
  return lookers.has(listener);
}

/** To be called before the server listens, which must be plain HTTP. */
export function receiveInTurn(server: Server): void {
  const porch = new Porch(server);
  const heard = ({ socket }: IncomingMessage): void => porch.heard(socket);
  lookers.add(heard);
  server.on("upgrade", heard);
  server.on("request", ({ socket }) => porch.heard(socket));
}

class Porch {
  readonly #receive: (socket: Socket) => void;
  readonly #waiting = new Queue<Socket>();
  readonly #read = new Set<Socket>();
  #mayRead = leastRead;
  #timer: NodeJS.Timeout | undefined;

  constructor(server: Server) {
    const listeners = server.listeners("connection") as ((socket: Socket) => void)[];
    server.removeAllListeners("connection");
    // The option of `net`, which `http` does not pass on: a socket is not read before somebody resumes it.
    (server as { pauseOnConnect?: boolean }).pauseOnConnect = true;
    server.on("connection", (socket: Socket) => this.#come(socket));
    this.#receive = (socket) => {
      for (const listener of listeners) listener.call(server, socket);
      socket.resume();
    };
  }

  heard(socket: Socket): void {
    if (this.#read.delete(socket)) this.#next();
  }

  #come(socket: Socket): void {
    if (this.#waiting.length >= mostWaiting) return void socket.destroy();
    this.#waiting.push(socket);
    this.#next();
  }

  #next(): void {
    while (this.#read.size < this.#mayRead) {
      const socket = this.#waiting.shift();
      if (socket === undefined) return;
      this.#read.add(socket);
      this.#receive(socket);
      this.#timer ??= setTimeout(() => this.#pass(), silenceMs).unref();
    }
  }

  #pass(): void {
    this.#timer = undefined;
    const areSilent = this.#read.size * 2 > this.#mayRead;
    this.#mayRead = areSilent ? Math.min(this.#mayRead * 2, mostRead) : leastRead;
    this.#read.clear();
    this.#next();
    if (this.#waiting.length === 0) this.#mayRead = leastRead;
  }
}
