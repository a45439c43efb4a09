// Runs a worker of the store: it answers one pack after the other until it is told to close.

import { parentPort } from "node:worker_threads";
import type { FromWorker, ToWorker } from "./messages.js";
import type { Pack } from "./pack.js";

/** What the worker does with a pack; `warn` tells whoever runs the server, in one line. */
export type Serve = (pack: Pack, warn: (line: string) => void) => FromWorker;

/**
 * What the worker does when nobody waits, a step at a time: told how long ago the last pack was, it tells
 * in how many milliseconds to ask again; nothing: not before the next pack.
 */
export type Rest = (idleMs: number) => number | undefined;

export function serve(answer: Serve, close: () => void, rest?: Rest): void {
  const port = parentPort;
  if (port === null) throw new Error("this file runs in a worker");
  const say = (message: FromWorker) => port.postMessage(message);
  const warn = (line: string) => say({ type: "warning", line });
  const pause = rest === undefined ? undefined : new Pause(rest, fail);
  port.on("message", hear);

  function hear(message: ToWorker): void {
    if (message === "close") {
      pause?.end();
      close();
      port?.close();
      return;
    }
    const answered = answer(message, warn);
    // After a failure nothing is tried again: what comes behind it is not even heard.
    if (answered.type === "failed") return fail(answered);
    say(answered);
    pause?.begin();
  }

  function fail(failed: FromWorker): void {
    port?.off("message", hear);
    pause?.end();
    say(failed);
  }
}

/** The time between packs. There is one timer, however many packs come. */
class Pause {
  readonly #rest: Rest;
  readonly #fail: (failed: FromWorker) => void;
  #lastPack = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(rest: Rest, fail: (failed: FromWorker) => void) {
    this.#rest = rest;
    this.#fail = fail;
    this.#ask(0);
  }

  begin(): void {
    this.#lastPack = performance.now();
    if (this.#timer === undefined) this.#ask(0);
  }

  end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #ask(inMs: number): void {
    if (this.#isOver) return;
    this.#timer = setTimeout(() => this.#step(), inMs);
  }

  #step(): void {
    this.#timer = undefined;
    try {
      const next = this.#rest(performance.now() - this.#lastPack);
      if (next !== undefined) this.#ask(next);
    } catch (error) {
      this.#fail({ type: "failed", reason: String(error) });
    }
  }
}
