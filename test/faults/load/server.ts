// The server of a fault: a process that can be killed and started again on its port and its folder. It
// ends with whoever started it, however that ends: no server may be left running.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Ended, Started, StartOptions } from "../../support/server-start.ts";
import { startProcess } from "../../support/server-start.ts";
import type { Memory } from "../fault.ts";

const sampleMs = 50;
const pollMs = 5;
const pageBytes = 4096;

const servers = new Set<Server>();
process.once("exit", () => {
  for (const server of servers) server.abandon();
});

/** For a command: when it is told to end, its servers end too. */
export function endWithSignals(): void {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.once(signal, () => process.exit(code));
  }
}

export interface ServerWish extends StartOptions {
  /** Where it is reached, if not at 127.0.0.1. */
  readonly host?: string;
  /** Where it keeps its messages; its own, and gone at the end, if none is given. */
  readonly folder?: string;
}

export class Server implements AsyncDisposable {
  readonly port: number;
  readonly folder: string;
  readonly #wish: ServerWish;
  readonly #memory: number[] = [];
  readonly #sampling: NodeJS.Timeout;
  #started: Started | undefined;
  /** Where in `#memory` the fault began. */
  #faulted: number | undefined;

  constructor(port: number, wish: ServerWish) {
    this.port = port;
    this.#wish = wish;
    this.folder = wish.folder ?? mkdtempSync(join(tmpdir(), "chat-fault-"));
    this.#sampling = setInterval(() => this.#sample(), sampleMs).unref();
    servers.add(this);
  }

  get url(): string {
    return `ws://${this.#wish.host ?? "127.0.0.1"}:${this.port}`;
  }

  get pid(): number {
    return this.#running.child.pid ?? 0;
  }

  /** How the process that was started last ends. */
  get ended(): Promise<Ended> {
    return this.#running.ended;
  }

  /** What it has said to whoever runs it since it was started last. */
  get err(): string {
    return this.#running.err();
  }

  /**
   * Starts it, again on the same port and folder, and waits until it listens.
   * @throws with what it said, if it ends instead
   */
  async start(different: StartOptions = {}): Promise<void> {
    await this.launch(different).port();
  }

  /** Starts it, and waits for nothing. */
  launch(different: StartOptions = {}): Started {
    const options = { ...this.#wish, ...different };
    const args = ["--port", String(this.port), "--data", this.folder, ...(options.flags ?? [])];
    this.#started = startProcess(args, options);
    return this.#started;
  }

  gets(signal: NodeJS.Signals): void {
    this.#running.child.kill(signal);
  }

  /** Sends a signal and waits until the process has ended. */
  async ends(signal: NodeJS.Signals): Promise<Ended> {
    this.gets(signal);
    return this.ended;
  }

  /** Done when it says that nobody is to be sent to it any more. */
  async isStopping(): Promise<void> {
    for (;;) {
      const { status } = await fetch(`http://127.0.0.1:${this.port}/readyz`);
      if (status === 503) return;
      await pause(pollMs);
    }
  }

  /** File descriptors that it has open; nothing where there is no /proc. */
  descriptors(): number | undefined {
    try {
      return readdirSync(`/proc/${this.pid}/fd`).length;
    } catch {
      return undefined;
    }
  }

  /** What it takes from now on is no more "before". */
  faultBegins(): void {
    this.#sample();
    this.#faulted ??= this.#memory.length;
  }

  /** Its resident memory in bytes; nothing where there is no /proc. */
  memory(): Memory | undefined {
    this.#sample();
    const before = this.#memory.at((this.#faulted ?? this.#memory.length) - 1);
    const after = this.#memory.at(-1);
    if (before === undefined || after === undefined) return undefined;
    return { before, peak: this.#memory.reduce((most, each) => Math.max(most, each), 0), after };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.abandon();
    await this.#started?.ended;
    // It may have written until it died.
    this.#removeFolder();
  }

  /** Ends it at once, and waits for nothing. */
  abandon(): void {
    servers.delete(this);
    clearInterval(this.#sampling);
    this.#started?.child.kill("SIGKILL");
    this.#removeFolder();
  }

  get #running(): Started {
    if (this.#started === undefined) throw new Error("the server was not started");
    return this.#started;
  }

  #sample(): void {
    const pid = this.#started?.child.pid;
    if (pid === undefined || this.#started?.child.exitCode !== null) return;
    try {
      const [, pages] = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ");
      this.#memory.push(Number(pages) * pageBytes);
    } catch {
      // No /proc here, or it has just ended.
    }
  }

  #removeFolder(): void {
    if (this.#wish.folder !== undefined) return;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  }
}

/** Starts a server on a port and a folder of its own; `await using` ends it. */
export async function startServer(wish: ServerWish = {}): Promise<Server> {
  const server = new Server(await freePort(), wish);
  await server.start();
  return server;
}

/**
 * A port that nobody has, and none of those that the system gives to whoever connects: a client that
 * tries one of those while the server is down can be connected to itself.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 16_384 + Math.floor(Math.random() * 16_384);
    const listener = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      listener.once("error", () => resolve(false));
      listener.listen(port, "127.0.0.1", () => listener.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}
