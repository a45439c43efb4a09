// `chat-server` without more: reads its options, and serves until it is told to stop. What it prints is for people.

import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { defaultLimits } from "chat-hub";
import type { Chat } from "../chat.js";
import { attachChat } from "../chat.js";
import { page } from "../http/page.js";
import { receiveInTurn } from "../http/porch.js";
import { readServing } from "../options/serving.js";
import type { Settings } from "../options/table.js";
import { RecordError } from "../record/record-error.js";
import { StoreError } from "../stores/store-error.js";
import { version } from "../version.js";

/** Slow headers are cut off: an upgrade takes far less. */
const headersTimeoutMs = 10_000;
/**
 * Connections that may wait to be accepted; the system may allow fewer. Whoever finds no room tries again after
 * 1, 3, 7 s: with Node's 511, most of a crowd that comes back at once.
 */
const waitingConnections = 16_384;

export async function serve(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const options = readServing(args, env, version);
  const server = createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: 2 * headersTimeoutMs },
    page(),
  );
  receiveInTurn(server);
  const chat = await open(server, options);
  server.on(
    "error",
    (error: NodeJS.ErrnoException) => void chat.close().then(() => fail(listenFault(error, options))),
  );
  const { port, host } = options;
  server.listen({ port, host, backlog: waitingConnections }, () =>
    greet(server.address() as AddressInfo, options),
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(signal === "SIGINT" ? 130 : 143));
      void stop(server, chat);
    });
  }
}

async function open(server: Server, options: Settings): Promise<Chat> {
  try {
    return await attachChat(server, {
      store: options.store === "memory" ? "memory" : { data: options.data },
      limits: options.limits === "on" ? defaultLimits : { ...defaultLimits, rates: undefined },
      origins: options.origin,
      nameHoldMs: options.nameHold,
      history: options.history,
      ...(options.record === undefined ? {} : { record: { file: options.record } }),
      log: (line) => process.stderr.write(`chat-server: ${line}\n`),
      failed: (reason) => fail(`the store failed, and what was not acked is not kept: ${reason.message}`),
    });
  } catch (error) {
    if (error instanceof StoreError || error instanceof RecordError) return fail(error.message);
    throw error;
  }
}

/** What was accepted is committed and acked before the process ends. */
async function stop(server: Server, chat: Chat): Promise<void> {
  server.close();
  await chat.close();
  process.exit(0);
}

function greet({ port, address, family }: AddressInfo, options: Settings): void {
  const everywhere = address === "0.0.0.0" || address === "::";
  const loopback = everywhere || address === "127.0.0.1" || address === "::1";
  const host = loopback ? "localhost" : family === "IPv6" ? `[${address}]` : address;
  const url = port === 8001 && loopback ? "" : ` --url ws://${host}:${port}`;
  process.stdout.write(
    `Server running on port: ${port}\n` +
      `  browser    http://${host}:${port}\n` +
      `  terminal   npx chat-cli --username alice${url}\n` +
      `  websocat   websocat 'ws://${host}:${port}/v1/ws?username=bob'\n` +
      (options.store === "memory"
        ? "  messages are kept in memory only: they end with this process\n"
        : `  messages are kept in ${options.data}\n`) +
      (options.record === undefined
        ? ""
        : `  everything said, in private too, is recorded in ${options.record}; tokens are not\n`),
  );
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

function fail(line: string): never {
  process.stderr.write(`chat-server: ${line}\n`);
  process.exit(1);
}
