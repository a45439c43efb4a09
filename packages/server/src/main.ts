// `chat-server`: with the name of a command behind it that command, otherwise the server.

import { subcommands } from "./commands/commands.js";

const [name, ...rest] = process.argv.slice(2);
const subcommand = subcommands.find((each) => each.name === name);

if (subcommand === undefined && name !== undefined && !name.startsWith("-")) {
  const { nearest } = await import("./options/nearest.js");
  const meant = nearest(
    name,
    subcommands.map((each) => each.name),
  );
  const hint = meant === undefined ? "--help lists them" : `did you mean ${meant}?`;
  process.stderr.write(`chat-server: there is no command ${JSON.stringify(name)}: ${hint}\n`);
  process.exitCode = 2;
} else if (subcommand === undefined) {
  const { serve } = await import("./commands/serve.js");
  await serve(process.argv.slice(2), process.env);
} else {
  const run = await subcommand.load();
  process.exitCode = await run(rest, process.env);
}
