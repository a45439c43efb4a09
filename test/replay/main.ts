// `npm run replay -- FILE`: plays a record of `chat-server --record FILE`. Exit code 0 if all is as recorded,
// 1 if not, 2 for usage or no record.

import { replay } from "./command.ts";

// `| head` has seen enough.
process.stdout.on("error", () => process.exit(0));
process.exitCode = await replay(process.argv.slice(2), {
  tell: (line) => console.log(line),
  complain: (line) => console.error(line),
});
