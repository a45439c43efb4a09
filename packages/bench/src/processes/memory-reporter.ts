// Loaded before a Node server that is asked for its memory: collects its garbage, that of its workers too, watches for a
// while what is left, and says the least. Only then is it known what a connection keeps.

import { setTimeout as sleep } from "node:timers/promises";
import { BroadcastChannel, isMainThread } from "node:worker_threads";
import type { Answer, Question } from "./question.js";

/** A finalizer may free what only the next collection finds. */
const collections = 3;
const pauseMs = 100;
/** V8 gives back the pages of what was collected many seconds later, and all at once. */
const lookMs = 500;

// Waiting for a question must not keep a server alive that wants to end, nor one of its workers.
const all = new BroadcastChannel("collect garbage");
all.unref();
if (isMainThread) {
  process.on("message", async ({ about, ask, watchMs = 0 }: Question) => {
    if (about !== "memory") return;
    for (let n = 0; n < collections; n++) {
      all.postMessage("now");
      globalThis.gc?.();
      await sleep(pauseMs);
    }
    process.send?.({ ask, answer: await least(watchMs) } satisfies Answer);
  });
  process.channel?.unref();
} else {
  all.onmessage = () => globalThis.gc?.();
}

/** Memory as it was when the least of it was resident, of looks for so long. */
async function least(watchMs: number): Promise<NodeJS.MemoryUsage> {
  let found = process.memoryUsage();
  for (const end = performance.now() + watchMs; performance.now() < end; ) {
    await sleep(lookMs);
    if (process.memoryUsage.rss() < found.rss) found = process.memoryUsage();
  }
  return found;
}
