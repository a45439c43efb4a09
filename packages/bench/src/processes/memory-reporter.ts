// Loaded before a Node server that is asked for its memory: collects its garbage, that of its workers too, and says what
// is left. Only then is it known what a connection keeps.

import { setTimeout as sleep } from "node:timers/promises";
import { BroadcastChannel, isMainThread } from "node:worker_threads";
import type { Answer, Question } from "./question.js";

/** A finalizer may free what only the next collection finds. */
const collections = 3;
const pauseMs = 100;

// Waiting for a question must not keep a server alive that wants to end, nor one of its workers.
const all = new BroadcastChannel("collect garbage");
all.unref();
if (isMainThread) {
  process.on("message", async ({ about, ask }: Question) => {
    if (about !== "memory") return;
    for (let n = 0; n < collections; n++) {
      all.postMessage("now");
      globalThis.gc?.();
      await sleep(pauseMs);
    }
    process.send?.({ ask, answer: process.memoryUsage() } satisfies Answer);
  });
  process.channel?.unref();
} else {
  all.onmessage = () => globalThis.gc?.();
}
