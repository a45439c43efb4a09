// `chat-cli`: chooses between the terminal and the pipe, and ends with a code that scripts can rely on.

import { createRequire } from "node:module";
import { supportsColor } from "chalk";
import type { Ending } from "./exits.js";
import { exits } from "./exits.js";
import { inert } from "./inert.js";
import type { Showing } from "./login/login.js";
import { prepare, prepareAgain } from "./login/login.js";
import type { Options } from "./options.js";
import { readOptions } from "./options.js";
import type { Palette } from "./palette.js";
import { createPalette } from "./palette.js";
import { talkThroughPipe } from "./pipe.js";
import { talkAtTerminal } from "./terminal.js";
import { readSecret, stateFolder } from "./token.js";

const { version } = createRequire(import.meta.url)("../package.json") as { version: string };
const { env, stdin, stdout, stderr } = process;

await main();

async function main(): Promise<void> {
  // Whoever reads us has gone, as `head` does: nobody is left to tell anything.
  stdout.on("error", (error: NodeJS.ErrnoException) =>
    process.exit(error.code === "EPIPE" ? exits.ok : exits.error),
  );
  const options = readOptions(process.argv.slice(2), env, version);
  const folder = stateFolder(env);
  const asking = { keyboard: stdin.isTTY ? stdin : undefined, write, say };
  const ready = await prepare(options, folder, asking);
  if (!ready.ok) return finish(ready.ending);
  const ending = await talk(options, ready.showing);
  const isStale = ending.refusal === "not_let_in" || ending.refusal === "login_expired";
  const again = isStale ? await prepareAgain(options, folder, asking) : undefined;
  if (again === undefined) return finish(ending);
  finish(again.ok ? await talk(options, again.showing) : again.ending);
}

/** Talks until the end, by the terminal or through the pipe; and keeps what the server gives meanwhile. */
async function talk(options: Options, { token, password, keepsake, made }: Showing): Promise<Ending> {
  const { brought } = options;
  const identity = {
    ...options,
    token,
    password,
    palette: palette(),
    given(newer: string) {
      const problem = brought.token === undefined ? keepsake?.keep(newer) : undefined;
      if (problem !== undefined) say(problem);
    },
    newerToken: () => (brought.tokenFile === undefined ? undefined : newest(brought.tokenFile)),
  };
  const interactive = stdin.isTTY && stdout.isTTY && env["TERM"] !== "dumb" && !options.json;
  const ending = interactive
    ? await talkAtTerminal(identity, stdin, stdout)
    : await talkThroughPipe(
        { ...identity, show: options.follow || stdin.isTTY },
        { input: stdin, output: stdout, note: say },
      );
  if (ending.code === exits.loginRefused) made?.discard();
  if (ending.isOver === true) keepsake?.forget();
  return ending;
}

/** What stands there now, if it can be read now. */
function newest(file: string): string | undefined {
  try {
    return readSecret(file) || undefined;
  } catch {
    return undefined;
  }
}

function write(text: string): void {
  stderr.write(text);
}

function finish(ending: Ending): void {
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
