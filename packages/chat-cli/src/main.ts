// `chat-cli`: chooses between the terminal and the pipe, and ends with a code that scripts can rely on.

import { createRequire } from "node:module";
import { supportsColor } from "chalk";
import type { Ending } from "./exits.js";
import { exits } from "./exits.js";
import { inert } from "./inert.js";
import { readOptions } from "./options.js";
import type { Palette } from "./palette.js";
import { createPalette } from "./palette.js";
import { talkThroughPipe } from "./pipe.js";
import { talkAtTerminal } from "./terminal.js";
import type { Token } from "./token.js";
import { keepToken, stateFolder } from "./token.js";

const { version } = createRequire(import.meta.url)("../package.json") as { version: string };
const { env, stdin, stdout, stderr } = process;

await main();

async function main(): Promise<void> {
  // Whoever reads us has gone, as `head` does: nobody is left to tell anything.
  stdout.on("error", (error: NodeJS.ErrnoException) =>
    process.exit(error.code === "EPIPE" ? exits.ok : exits.error),
  );
  const options = readOptions(process.argv.slice(2), env, version);
  const { url, username } = options;
  const kept = options.token === undefined ? keepToken(stateFolder(env), url, username) : undefined;
  if (kept?.problem !== undefined) say(kept.problem);
  const identity = { ...options, token: options.token ?? kept?.secret };
  const interactive = stdin.isTTY && stdout.isTTY && env["TERM"] !== "dumb" && !options.json;
  const ending = interactive
    ? await talkAtTerminal({ ...identity, palette: palette() }, stdin, stdout)
    : await talkThroughPipe(
        { ...identity, show: options.follow || stdin.isTTY, palette: palette() },
        { input: stdin, output: stdout, note: say },
      );
  finish(ending, kept);
}

function finish(ending: Ending, kept: Token | undefined): void {
  if (ending.code === exits.loginRefused) kept?.discard();
  if (ending.text !== undefined) say(ending.text);
  // All that was written to a pipe is on its way before the process ends.
  stdout.write("", () => process.exit(ending.code));
}

function palette(): Palette {
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  const unicode = /utf-?8/i.test(locale) || locale === "" || process.platform !== "linux";
  return createPalette(
    (env["NO_COLOR"] ?? "") !== "" || supportsColor === false ? 0 : supportsColor.level,
    unicode,
  );
}

function say(text: string): void {
  stderr.write(`chat-cli: ${inert(text)}\n`);
}
