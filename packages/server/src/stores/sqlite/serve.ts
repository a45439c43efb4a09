// Runs a worker of the store: it answers one pack after the other until it is told to close.

import { parentPort } from "node:worker_threads";
import type { FromWorker, ToWorker } from "./messages.js";
import type { Pack } from "./pack.js";

/** What the worker does with a pack; `warn` tells whoever runs the server, in one line. */
export type Serve = (pack: Pack, warn: (line: string) => void) => FromWorker;

export function serve(answer: Serve, close: () => void): void {
  const port = parentPort;
  if (port === null) throw new Error("this file runs in a worker");
  const say = (message: FromWorker) => port.postMessage(message);
  const warn = (line: string) => say({ type: "warning", line });
  port.on("message", function hear(message: ToWorker) {
    if (message === "close") {
      close();
      port.close();
      return;
    }
    const answered = answer(message, warn);
    // After a failure nothing is tried again: what comes behind it is not even heard.
    if (answered.type === "failed") port.off("message", hear);
    say(answered);
  });
}
