// Loaded before a Node server where there is no /proc: answers what the server has used so far.

import type { Answer, Question } from "./question.js";

process.on("message", ({ about, ask }: Question) => {
  if (about !== "cpu") return;
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  process.send?.({ ask, answer: (userCPUTime + systemCPUTime) / 1000 } satisfies Answer);
});
// The question may come at any time, but waiting for it must not keep a server alive that wants to end.
process.channel?.unref();
