// The server as a person starts it: its own process, a free port, a folder of its own. Ended, and its
// folder removed, when the test is over.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Ended, Started, StartOptions } from "./server-start.ts";
import { startProcess } from "./server-start.ts";
import type { Talker } from "./talker.js";
import { connect } from "./talker.js";

export class ServerProcess {
  readonly port: number;
  readonly ended: Promise<Ended>;
  readonly #started: Started;

  constructor(port: number, started: Started) {
    this.port = port;
    this.ended = started.ended;
    this.#started = started;
  }

  /** What it has said so far to whoever runs it. */
  err(): string {
    return this.#started.err();
  }

  /** What it has printed so far. */
  out(): string {
    return this.#started.out();
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
    this.gets(signal);
    return this.ended;
  }

  /** Sends a signal. */
  gets(signal: NodeJS.Signals): void {
    this.#started.child.kill(signal);
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
  return startInTest(args, options).ended;
}

/** Starts the server on a free port and waits for its first line. */
export async function startServer(folder: string, options: StartOptions = {}): Promise<ServerProcess> {
  const started = startInTest(["--port", "0", "--data", folder, ...(options.flags ?? [])], options);
  return new ServerProcess(await started.port(), started);
}

function startInTest(args: readonly string[], options: StartOptions): Started {
  const started = startProcess(args, options);
  onTestFinished(async () => {
    started.child.kill("SIGKILL");
    await started.ended;
  });
  return started;
}
