// Starts the server as a person does: its own process, the checkout's Node, nothing inherited that it
// would obey. Whoever starts it ends it.

import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { checkoutNode } from "../../bin/setup.js";

const door = join(import.meta.dirname, "../../packages/server/bin/chat-server.js");

export interface StartOptions {
  /** Instead of the server, another program of Node that names its port as the server does. */
  readonly program?: string;
  /** Beside `--port` and `--data`, which stand in front. */
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What Node itself is told, before the server's own flags. */
  readonly nodeFlags?: readonly string[];
  /** A program that runs the server, with its flags: `strace …`. It keeps the server's process id. */
  readonly under?: readonly string[];
}

export interface Ended {
  /** `null` if a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has said to whoever runs it so far. */
  err(): string;
  /** What it has printed so far. */
  out(): string;
  /**
   * The port that its first line names.
   * @throws if it ends instead, with what it said
   */
  port(): Promise<number>;
}

export function startProcess(args: readonly string[], options: StartOptions = {}): Started {
  const { program: script = door, env = {}, nodeFlags = [], under = [] } = options;
  // Only what a test says: a PORT of the machine would be obeyed.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(CHAT_|PORT$|NODE_)/.test(name));
  const [program = checkoutNode, ...rest] = [...under, checkoutNode, ...nodeFlags, script, ...args];
  const child = spawn(program, rest, {
    // Of the log only what is out of order, so that a server which says nothing is one that has nothing to say.
    env: { ...Object.fromEntries(inherited), CHAT_LOG_LEVEL: "warn", ...env },
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
  return {
    child,
    ended,
    err: () => err,
    out: () => out,
    async port() {
      const line = await Promise.race([firstLine, ended.then(() => Promise.reject(new Error(err)))]);
      const [, port] = /^Server running on port: (\d+)$/.exec(line) ?? [];
      if (port === undefined) throw new Error(`the server began with ${JSON.stringify(line)}`);
      return Number(port);
    },
  };
}
