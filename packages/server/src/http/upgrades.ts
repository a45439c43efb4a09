// From an HTTP upgrade to a connection of the hub: whoever may is let in, a few in each turn of the loop.

import type { IncomingMessage, Server } from "node:http";
import type { Server as SecureServer } from "node:https";
import type { Duplex } from "node:stream";
import type { ConnectionId, Limits } from "chat-hub";
import { WebSocketServer } from "ws";
import type { Later } from "../later.js";
import type { Journal } from "../log/journal.js";
import type { Loop } from "../loop.js";
import { ChatSocket } from "../sockets/chat-socket.js";
import { countedAddress } from "./addresses.js";
import { chooseSubprotocol, readCredential } from "./credentials.js";
import type { Origins } from "./origins.js";
import { onlyLooksOn } from "./porch.js";
import type { Proxies } from "./proxies.js";
import { isOurs, readUrl, refuseUpgrade } from "./upgrade.js";

export type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** How long connections may take to say goodbye. */
export const goodbyeMs = 2_000;
/** A message in more pieces than this closes with 1008. */
const mostFragments = 256;
/** Upgrades that wait to be answered, since many come at once; more are told to come again. */
const waitingUpgrades = 16_384;

export interface Party {
  readonly loop: Loop;
  readonly later: Later;
  readonly limits: Limits;
  readonly origins: Origins;
  readonly proxies: Proxies;
  readonly journal: Journal;
}

/** The door of a server: while it is open upgrades become connections, then they are told to come again. */
export class Reception {
  readonly #server: Server | SecureServer;
  readonly #onUpgrade: OnUpgrade;
  #isOpen = true;

  constructor(server: Server | SecureServer, party: Party) {
    this.#server = server;
    const receive = receiver(server, party);
    this.#onUpgrade = (request, socket, head) => {
      if (this.#isOpen || !isOurs(request.url)) receive(request, socket, head);
      else refuseUpgrade(socket, "503 Service Unavailable", "The server is stopping: try again.\n");
    };
    server.on("upgrade", this.#onUpgrade);
  }

  close(): void {
    this.#isOpen = false;
  }

  /** Nobody answers any more. */
  end(): void {
    this.#server.off("upgrade", this.#onUpgrade);
  }
}

/** Answers the upgrades of a server; those of other paths are left to others, if there are any. */
function receiver(
  server: Server | SecureServer,
  { loop, later, limits, origins, proxies, journal }: Party,
): OnUpgrade {
  // In a variable, since the types of `ws` don't know all of its options yet.
  const socketOptions = {
    noServer: true,
    WebSocket: ChatSocket,
    clientTracking: false,
    perMessageDeflate: false,
    autoPong: false,
    maxPayload: limits.frameBytes,
    maxFragments: mostFragments,
    closeTimeout: goodbyeMs,
    handleProtocols: chooseSubprotocol,
  };
  const sockets = new WebSocketServer(socketOptions);
  // An entry remembers the connection that sent it: with a start by chance out of 2^52, no number comes
  // again after a restart, whatever the clock says.
  let next = Math.floor(Math.random() * 2 ** 52);
  const accept = (request: IncomingMessage, socket: Duplex, head: Buffer, address: string | undefined) =>
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = next++ as ConnectionId;
      const credential = readCredential(request);
      webSocket.address = address;
      loop.add(connection, webSocket);
      webSocket.open(connection, socket, loop, limits);
      loop.feed({ type: "connected", connection, ...readUrl(request.url), address, credential });
    });
  return (request, socket, head) => {
    if (!isOurs(request.url)) {
      const others = server.listeners("upgrade").filter((each) => !onlyLooksOn(each));
      if (others.length === 1) refuseUpgrade(socket, "404 Not Found", "WebSockets are at /ws and /v1/ws.\n");
      return;
    }
    if (!origins.allows(request)) {
      const { origin } = request.headers;
      journal.refused("a page of another origin is refused; --origin lets it in", {
        origin,
        address: proxies.askerOf(request).address,
      });
      return refuseUpgrade(
        socket,
        "403 Forbidden",
        "Pages of this origin may not connect; the server's --origin lets them in.\n",
      );
    }
    if (later.length >= waitingUpgrades) {
      journal.refused("too many come at once", { waiting: later.length });
      return refuseUpgrade(socket, "503 Service Unavailable", "Too many come at once: try again.\n");
    }
    // Until it is answered nobody else hears of it when the other side goes.
    socket.on("error", ignore);
    // A socket that has gone meanwhile does not know any more whose it was.
    const address = countedAddress(proxies.askerOf(request).address);
    later.push(() => {
      socket.off("error", ignore);
      accept(request, socket, head, address);
    });
  };
}

function ignore(): void {}
