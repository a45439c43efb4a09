// `chat-server` without more: reads its options, and serves until it is told to stop. What it prints is for people.

import type { Server } from "node:http";
import { createServer } from "node:http";
import type { Server as SecureServer } from "node:https";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { defaultLimits, limitsOf } from "chat-hub";
import type { Chat } from "../chat.js";
import { attachChat } from "../chat.js";
import { errands } from "../control/errands.js";
import { listenToShell } from "../control/socket.js";
import { readAuth } from "../gates/choice.js";
import { GateError } from "../gates/gate-error.js";
import type { AuthChoice } from "../gates/open.js";
import { adminPort } from "../http/admin.js";
import type { Answers } from "../http/answers.js";
import { healthAnswers } from "../http/health.js";
import { page } from "../http/page.js";
import { receiveInTurn } from "../http/porch.js";
import { crashOf } from "../log/crash.js";
import type { Log } from "../log/log.js";
import { openLog } from "../log/open.js";
import { readServing } from "../options/serving.js";
import type { Settings } from "../options/table.js";
import { RecordError } from "../record/record-error.js";
import { StoreError } from "../stores/store-error.js";
import { minVersion, readPair } from "../tls/pair.js";
import { renew, warnOfEnd } from "../tls/renewal.js";
import { TlsError } from "../tls/tls-error.js";
import { version } from "../version.js";
import { greet } from "./greeting.js";

/** Slow headers are cut off: an upgrade takes far less. */
const timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  /** How often it is looked: what is late by then is ended. */
  connectionsCheckingInterval: 2_000,
};
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
  const server = openServer(options, log);
  // Within TLS the handshakes spread a crowd by themselves: see the README.
  if (options.tlsCert === undefined) receiveInTurn(server);
  const chat = await open(server, options, log);
  const health = healthAnswers(() => chat.readiness());
  const figures = await figuresOf(chat, options);
  const { origin: origins, trustProxy: proxies, proxyHeader } = options;
  const answers = options.metrics === "public" ? { ...health, ...figures } : health;
  server.on(
    "request",
    page({ limits: limitsOf(defaultLimits, options.auth), origins, proxies, proxyHeader, answers }),
  );
  const admin = await openAdmin(options, { ...health, ...figures });
  const { port, host, store, data } = options;
  const shell =
    store === "memory" ? undefined : listenToShell(data, errands, chat.house, (line) => log.warn(line));
  server.on("error", (error: NodeJS.ErrnoException) => {
    shell?.close();
    void chat.close().then(() => fail(listenFault(error, options)));
  });
  server.listen({ port, host, backlog: waitingConnections }, () => {
    const address = server.address() as AddressInfo;
    greet(address, options, admin?.address() as AddressInfo | undefined);
    const kept = store === "memory" ? {} : { data };
    log.info("started", {
      version,
      host: address.address,
      port: address.port,
      tls: options.tlsCert !== undefined,
      auth: options.auth,
      store,
      ...kept,
    });
    if (options.yesOpen && options.auth === "open")
      log.warn(
        "this server is open: whoever reaches it can take any name that is free; --auth password asks who it is",
      );
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(signal === "SIGINT" ? 130 : 143));
      log.info("stopping", { signal });
      shell?.close();
      void stop(server, chat, log);
    });
  }
}

function openServer({ tlsCert: cert, tlsKey: key }: Settings, log: Log): Server | SecureServer {
  if (cert === undefined || key === undefined) return createServer(timeouts);
  try {
    const pair = readPair({ cert, key });
    const server = createSecureServer({ ...timeouts, cert: pair.cert, key: pair.key, minVersion });
    warnOfEnd(pair.until, log);
    renew(server, { cert, key }, log);
    return server;
  } catch (error) {
    if (error instanceof TlsError) return fail(error.message);
    throw error;
  }
}

/** Nothing is measured where nobody asks for it. */
async function figuresOf(chat: Chat, { adminPort, metrics, store, auth }: Settings): Promise<Answers> {
  if (adminPort === undefined && metrics === "admin") return {};
  const { metricsAnswers } = await import("../metrics/metrics.js");
  return metricsAnswers(chat, { version, store, auth });
}

function openAdmin(
  { adminPort: port, adminHost: host }: Settings,
  answers: Answers,
): Promise<Server | undefined> {
  if (port === undefined) return Promise.resolve(undefined);
  const server = createServer(timeouts, adminPort(answers));
  return new Promise((resolve) => {
    server.on("error", (error) => fail(listenFault(error, { port, host }, "--admin-")));
    server.listen({ port, host }, () => resolve(server));
  });
}

async function open(server: Server | SecureServer, options: Settings, log: Log): Promise<Chat> {
  try {
    return await attachChat(server, {
      store: options.store === "memory" ? "memory" : { data: options.data },
      limits: options.limits === "on" ? defaultLimits : { ...defaultLimits, rates: undefined },
      auth: authOf(options),
      origins: options.origin,
      proxies: options.trustProxy,
      proxyHeader: options.proxyHeader,
      nameHoldMs: options.nameHold,
      history: options.history,
      keepMs: options.keep,
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
    if (error instanceof StoreError || error instanceof RecordError || error instanceof GateError)
      return fail(error.message);
    throw error;
  }
}

/** The options were looked at before: see their rules. */
function authOf(options: Settings): AuthChoice {
  const auth = readAuth(options);
  return auth.ok ? auth.value : fail(auth.fault);
}

/** What was accepted is committed and acked before the process ends. */
async function stop(server: Server | SecureServer, chat: Chat, log: Log): Promise<void> {
  await chat.close();
  server.close();
  log.info("stopped");
  process.exit(0);
}

function listenFault(
  { code, message }: NodeJS.ErrnoException,
  { port, host }: { readonly port: number; readonly host: string },
  flags = "--",
): string {
  switch (code) {
    case "EADDRINUSE":
      return `port ${port} is taken: choose another with ${flags}port ${port === 65_535 ? 8001 : port + 1}, or ${flags}port 0 for any that is free`;
    case "EACCES":
      return `port ${port} needs rights that you don't have: choose one from 1024 on with ${flags}port`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `this machine has no address ${host}: choose another with ${flags}host`;
    default:
      return `can't listen on ${host}:${port}: ${message}`;
  }
}

/** It has not begun to serve: whoever starts it is told in a line. */
function fail(line: string): never {
  process.stderr.write(`chat-server: ${line}\n`);
  process.exit(1);
}
