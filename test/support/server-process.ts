// The server as a person starts it: its own process, a free port, a folder of its own. Ended, and its
// folder removed, when the test is over.

import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { checkoutNode } from "../../bin/setup.js";
import type { Talker } from "./talker.js";
import { connect } from "./talker.js";

const door = join(import.meta.dirname, "../../packages/server/bin/chat-server.js");

export interface Ended {
  /** `null` if a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface StartOptions {
  /** Beside `--port 0 --data <folder>`, which stand in front. */
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export class ServerProcess {
  readonly port: number;
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;

  constructor(port: number, child: ChildProcess, ended: Promise<Ended>) {
    this.port = port;
    this.ended = ended;
    this.#child = child;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  async connects(path: string, name = path, headers?: Record<string, string>): Promise<Talker> {
    const talker = await connect(this.url + path, name, headers);
    onTestFinished(() => talker.breaks());
    return talker;
  }

  /** Sends a signal and waits until the process has ended. */
  async ends(signal: NodeJS.Signals): Promise<Ended> {
    this.#child.kill(signal);
    return this.ended;
  }

  /** Sends a signal. */
  gets(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "chat-server-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the server with exactly these arguments until it ends by itself. */
export function runServer(args: readonly string[], options: StartOptions = {}): Promise<Ended> {
  return spawnServer(args, options).ended;
}

/** Starts the server on a free port and waits for its first line. */
export async function startServer(folder: string, options: StartOptions = {}): Promise<ServerProcess> {
  const args = ["--port", "0", "--data", folder, ...(options.flags ?? [])];
  const { child, ended, firstLine } = spawnServer(args, options);
  const line = await Promise.race([firstLine, ended.then(({ err }) => Promise.reject(new Error(err)))]);
  const [, port] = /^Server running on port: (\d+)$/.exec(line) ?? [];
  if (port === undefined) throw new Error(`the server began with ${JSON.stringify(line)}`);
  return new ServerProcess(Number(port), child, ended);
}

function spawnServer(args: readonly string[], { env = {} }: StartOptions) {
  // Only what a test says: a PORT of the machine would be obeyed.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(CHAT_|PORT$|NODE_)/.test(name));
  const child = spawn(checkoutNode, [door, ...args], {
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  let hasLine: (line: string) => void;
  const firstLine = new Promise<string>((resolve) => {
    hasLine = resolve;
  });
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    out += chunk;
    if (out.includes("\n")) hasLine(out.slice(0, out.indexOf("\n")));
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    err += chunk;
  });
  const ended: Promise<Ended> = once(child, "close").then(([code]) => ({ code, out, err }));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return { child, ended, firstLine };
}
