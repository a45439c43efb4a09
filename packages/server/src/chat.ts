// Chat on a Node HTTP server: the hub, a store and the sockets, put together.

import type { IncomingMessage, Server } from "node:http";
import type { Server as SecureServer } from "node:https";
import type { Duplex } from "node:stream";
import type {
  AskId,
  ConnectionId,
  HistorySetting,
  HubOptions,
  Limits,
  Store,
  StoreAnswer,
  StoreOptions,
} from "chat-hub";
import { createHub, defaultLimits } from "chat-hub";
import { WebSocketServer } from "ws";
import { countedAddress, isOurs, originAllowed, readUrl, refuseUpgrade } from "./http/upgrade.js";
import { Later } from "./later.js";
import { Loop } from "./loop.js";
import type { RecordChoice } from "./record/record-file.js";
import { RecordFile } from "./record/record-file.js";
import { recorded } from "./record/recorder.js";
import { ChatSocket } from "./sockets/chat-socket.js";
import type { StoreChoice } from "./stores/open.js";
import { openStore } from "./stores/open.js";
import { version } from "./version.js";

export interface ChatOptions {
  /** Where messages are kept: `{ data: "./chat-data" }`, or `"memory"` for as long as the process lives. */
  readonly store: StoreChoice;
  readonly limits?: Limits;
  /** Pages of other origins that may connect, such as `https://chat.example`. */
  readonly origins?: readonly string[];
  /** How long a name stays with its token while nobody uses it, in milliseconds. Default 7 days. */
  readonly nameHoldMs?: number;
  /** What of everyone somebody new may read: `all` that is kept (the default), or what comes `since_join`. */
  readonly history?: HistorySetting;
  /**
   * Writes all that the hub is told into a file, to be replayed. It holds what people say, in private
   * too, and their addresses, but no token. Default: nothing is recorded.
   */
  readonly record?: RecordChoice;
  /** A line for whoever runs the server. */
  readonly log?: (line: string) => void;
  /** The store can't promise anything any more: the process must end. Default: throws. */
  readonly failed?: (reason: Error) => void;
}

export interface Chat {
  /**
   * Obeys nothing new, lets the store commit what it was asked, acks it, closes every connection with
   * 1012, and lets go of the store. The HTTP server stays whoever made it's.
   */
  close(): Promise<void>;
}

const dayMs = 24 * 60 * 60 * 1000;
/** How long connections may take to say goodbye. */
const goodbyeMs = 2_000;
/** A message in more pieces than this closes with 1008. */
const mostFragments = 256;
/** Upgrades that wait to be answered, since many come at once; more are told to come again. */
const waitingUpgrades = 16_384;

/**
 * Attaches chat to an HTTP server: `/ws` speaks the events dialect, `/v1/ws` the simple one. Upgrades
 * of other paths are left to others.
 * @throws a StoreError or a RecordError, with one line for people, if the store can't be opened, or the
 * record not begun
 */
export async function attachChat(server: Server | SecureServer, options: ChatOptions): Promise<Chat> {
  const { limits = defaultLimits, nameHoldMs = 7 * dayMs, history = "all", log = () => {} } = options;
  // The store answers only what it was asked, and it is asked only once there is a loop.
  let loop: Loop;
  const storeOptions: StoreOptions<AskId> = {
    nameHoldMs,
    limits: limits.store,
    everyoneHistory: history,
    answer: (ask: AskId, answer: StoreAnswer) => loop.answered(ask, answer),
    failed: options.failed ?? fail,
    warn: log,
  };
  const store: Store<AskId> = await openStore(options.store, storeOptions);
  const nameHold = `${Math.round((nameHoldMs / dayMs) * 10) / 10} days`;
  const hubOptions = { facts: store.facts, limits, nameHold };
  const record = await openRecord(options.record, hubOptions, store, log);
  const hub = createHub(hubOptions);
  const later = new Later();
  loop = new Loop(store, record === undefined ? hub : recorded(hub, record), later);
  const onUpgrade = acceptor(server, loop, later, limits, options.origins ?? [], log);
  server.on("upgrade", onUpgrade);
  let closing: Promise<void> | undefined;
  return {
    close() {
      server.off("upgrade", onUpgrade);
      closing ??= closeAll(loop, store, record);
      return closing;
    },
  };
}

async function openRecord(
  choice: RecordChoice | undefined,
  hub: Required<HubOptions>,
  store: Store<AskId>,
  log: (line: string) => void,
): Promise<RecordFile | undefined> {
  if (choice === undefined) return undefined;
  try {
    return new RecordFile(choice, { version, hub }, (line) => log(line));
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function closeAll(loop: Loop, store: Store<AskId>, record: RecordFile | undefined): Promise<void> {
  loop.feed({ type: "stopping" });
  await store.close();
  loop.stopped();
  await loop.closeSockets(goodbyeMs);
  record?.close();
}

type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

function acceptor(
  server: Server | SecureServer,
  loop: Loop,
  later: Later,
  limits: Limits,
  origins: readonly string[],
  log: (line: string) => void,
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
  };
  const sockets = new WebSocketServer(socketOptions);
  // An entry remembers the connection that sent it: with a start by chance out of 2^52, no number comes
  // again after a restart, whatever the clock says.
  let next = Math.floor(Math.random() * 2 ** 52);
  const accept = (request: IncomingMessage, socket: Duplex, head: Buffer, address: string | undefined) =>
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = next++ as ConnectionId;
      loop.add(connection, webSocket);
      webSocket.open(connection, socket, loop, limits);
      loop.feed({ type: "connected", connection, ...readUrl(request.url), address });
    });
  return (request, socket, head) => {
    if (!isOurs(request.url)) {
      if (server.listenerCount("upgrade") === 1)
        refuseUpgrade(socket, "404 Not Found", "WebSockets are at /ws and /v1/ws.\n");
      return;
    }
    if (!originAllowed(request, origins)) {
      const { origin = "" } = request.headers;
      log(`refused a page of the origin ${JSON.stringify(origin)}; --origin lets it in`);
      return refuseUpgrade(
        socket,
        "403 Forbidden",
        "Pages of this origin may not connect; the server's --origin lets them in.\n",
      );
    }
    if (later.length >= waitingUpgrades)
      return refuseUpgrade(socket, "503 Service Unavailable", "Too many come at once: try again.\n");
    // Until it is answered nobody else hears of it when the other side goes.
    socket.on("error", ignore);
    // A socket that has gone meanwhile does not know any more whose it was.
    const address = countedAddress(request.socket.remoteAddress);
    later.push(() => {
      socket.off("error", ignore);
      accept(request, socket, head, address);
    });
  };
}

function ignore(): void {}

function fail(reason: Error): void {
  throw reason;
}
