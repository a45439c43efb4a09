// Loaded before a Node server where there is no /proc: answers what the server had used when it was asked.

import { isMainThread, Worker } from "node:worker_threads";
import { CpuSamples } from "./cpu-samples.js";
import type { Answer, Question } from "./question.js";

// The server's own workers are started with the same flags, and have nothing to report.
if (isMainThread) {
  const samples = new CpuSamples();
  const file = new URL("./cpu-sampler.js", import.meta.url);
  new Worker(file, { execArgv: [], workerData: samples.memory }).unref();
  process.on("message", ({ about, ask, atMs }: Question) => {
    if (about === "cpu") process.send?.({ ask, answer: samples.since(atMs) } satisfies Answer);
  });
  // The question may come at any time, but waiting for it must not keep a server alive that wants to end.
  process.channel?.unref();
}
