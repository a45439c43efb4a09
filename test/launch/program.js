// What the launcher tests launch: says what it was given, waits when asked to, and ends as it was told.
const [end, ...rest] = process.argv.slice(2);
if (end === "wait") {
  const waiting = setInterval(() => {}, 1000);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      process.stdout.write(`${signal}\n`);
      clearInterval(waiting);
      process.exitCode = 7;
    });
  }
}
process.stdout.write(`${JSON.stringify({ node: process.version, main: process.argv[1], rest })}\n`);
if (end === "die") process.kill(process.pid, "SIGKILL");
else if (end !== "wait") process.exitCode = Number(end);
