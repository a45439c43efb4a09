// Loaded before a Node server where there is no /proc: answers what the server has used so far.

process.on("message", (question) => {
  if (question !== "cpu?") return;
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  process.send?.((userCPUTime + systemCPUTime) / 1000);
});
// The question may come at any time, but waiting for it must not keep a server alive that wants to end.
process.channel?.unref();
