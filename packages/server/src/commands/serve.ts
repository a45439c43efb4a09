// `chat-server` without more: reads its options, and serves until it is told to stop. What it prints is for people.

import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { defaultLimits } from "chat-hub";
import type { Chat } from "../chat.js";
import { attachChat } from "../chat.js";
import { page } from "../http/page.js";
import { receiveInTurn } from "../http/porch.js";
import { crashOf } from "../log/crash.js";
import type { Log } from "../log/log.js";
import { openLog } from "../log/open.js";
import { readServing } from "../options/serving.js";
import type { Settings } from "../options/table.js";
import { RecordError } from "../record/record-error.js";
import { StoreError } from "../stores/store-error.js";
import { version } from "../version.js";
import { greet } from "./greeting.js";

/** Slow headers are cut off: an upgrade takes far less. */
const headersTimeoutMs = 10_000;
/**
 * Connections that may wait to be accepted; the system may allow fewer. Whoever finds no room tries again after
 * 1, 3, 7 s: with Node's 511, most of a crowd that comes back at once.
 */
const waitingConnections = 16_384;

export async function serve(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const options = readServing(args, env, version);
  const log = openLog(process.stderr, { level: options.logLevel, format: options.logFormat, env });
  process.on("uncaughtException", (error) => {
    log.error("the server ends by an error of its own: please report it", { ...crashOf(error) });
    process.exit(1);
  });
  const server = createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: 2 * headersTimeoutMs },
    page(),
  );
  receiveInTurn(server);
  const chat = await open(server, options, log);
  const { port, host, store, data } = options;
  server.on("error", (error: NodeJS.ErrnoException) => {
    void chat.close().then(() => fail(listenFault(error, options)));
  });
  server.listen({ port, host, backlog: waitingConnections }, () => {
    const address = server.address() as AddressInfo;
    greet(address, options);
    const kept = store === "memory" ? {} : { data };
    log.info("started", { version, host: address.address, port: address.port, store, ...kept });
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(signal === "SIGINT" ? 130 : 143));
      log.info("stopping", { signal });
      void stop(server, chat, log);
    });
  }
}

async function open(server: Server, options: Settings, log: Log): Promise<Chat> {
  try {
    return await attachChat(server, {
      store: options.store === "memory" ? "memory" : { data: options.data },
      limits: options.limits === "on" ? defaultLimits : { ...defaultLimits, rates: undefined },
      origins: options.origin,
      proxies: options.trustProxy,
      proxyHeader: options.proxyHeader,
      nameHoldMs: options.nameHold,
      history: options.history,
      ...(options.record === undefined ? {} : { record: { file: options.record } }),
      log,
      failed(reason) {
        const { code } = reason as NodeJS.ErrnoException;
        const what =
          "the store failed, and what was not acked is not kept: see to the disk, then start again";
        log.error(what, { code, reason: reason.message });
        process.exit(1);
      },
    });
  } catch (error) {
    if (error instanceof StoreError || error instanceof RecordError) return fail(error.message);
    throw error;
  }
}

/** What was accepted is committed and acked before the process ends. */
async function stop(server: Server, chat: Chat, log: Log): Promise<void> {
  server.close();
  await chat.close();
  log.info("stopped");
  process.exit(0);
}

function listenFault(error: NodeJS.ErrnoException, { port, host }: Settings): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `port ${port} is taken: choose another with --port ${port === 65_535 ? 8001 : port + 1}, or --port 0 for any that is free`;
    case "EACCES":
      return `port ${port} needs rights that you don't have: choose one from 1024 on with --port`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `this machine has no address ${host}: choose another with --host`;
    default:
      return `can't listen on ${host}:${port}: ${error.message}`;
  }
}

/** It has not begun to serve: whoever starts it is told in a line. */
function fail(line: string): never {
  process.stderr.write(`chat-server: ${line}\n`);
  process.exit(1);
}
