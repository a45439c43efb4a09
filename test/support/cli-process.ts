// chat-cli as a program: where its door is, in which environment it runs, and what comes of running it
// through pipes. Whoever starts it ends it.

import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { checkoutNode } from "../../bin/setup.js";

export const door = join(import.meta.dirname, "../../packages/chat-cli/bin/chat-cli.js");

/** Only what a test says: no setting of the machine is obeyed. */
export function environment(state: string): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", HOME: state, XDG_STATE_HOME: state, LANG: "C.UTF-8" };
}

/** How long a test waits for what must come. */
export const patienceMs = 8_000;

export interface Ended {
  readonly code: number | null;
  readonly out: readonly string[];
  /** Notes, each without the program's name. */
  readonly notes: readonly string[];
}

/** A run of chat-cli with pipes for input and output. */
export class CliProcess {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #out = "";
  #err = "";

  constructor(args: readonly string[], state: string, env: Readonly<Record<string, string>> = {}) {
    const child = spawn(checkoutNode, [door, ...args], {
      env: { ...environment(state), ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#child = child;
    child.stdin.on("error", () => {});
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#err += text;
    });
    this.ended = once(child, "close").then(([code]) => ({
      code,
      out: lines(this.#out),
      notes: lines(this.#err).map((line) => line.replace(/^chat-cli: /, "")),
    }));
  }

  /** Bytes for its input. */
  gets(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** The input ends. */
  endsInput(text = ""): Promise<Ended> {
    this.#child.stdin?.end(text);
    return this.ended;
  }

  /** Nobody reads its output any more. */
  stopsReading(): void {
    this.#child.stdout?.destroy();
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** It has printed what is waited for. */
  async prints(isEnough: (out: readonly string[]) => boolean, withinMs = patienceMs): Promise<void> {
    const end = performance.now() + withinMs;
    while (!isEnough(lines(this.#out))) {
      if (performance.now() > end) throw new Error(`it printed only:\n${this.#out}\n${this.#err}`);
      await setTimeout(5);
    }
  }
}

function lines(text: string): readonly string[] {
  return text.split("\n").slice(0, -1);
}
