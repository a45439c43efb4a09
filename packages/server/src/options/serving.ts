// The options of the server itself, from all sources; and the two flags that only look at them.

import { subcommands } from "../commands/commands.js";
import { addFlags, addLooking, newCommand, usageExit } from "./command-line.js";
import { saidByFile } from "./config-file.js";
import { looks } from "./looks.js";
import { printConfig } from "./print-config.js";
import type { Said } from "./said.js";
import { BadOptions, saidByEnvironment, saidByFlags } from "./said.js";
import type { Settled } from "./settle.js";
import { settle, settleOne } from "./settle.js";
import type { Settings } from "./table.js";
import { optionRows } from "./table.js";

/** Reads what the server is to do; prints and ends the process for `--help`, `--version`, `--check`, `--print-config` and what is wrong. */
export function readServing(args: readonly string[], env: NodeJS.ProcessEnv, version: string): Settings {
  const command = newCommand("chat-server", "A chat server that any raw WebSocket client can talk to.");
  addFlags(
    command,
    optionRows.map(([name]) => name),
  );
  addLooking(command, "Looking, without serving:", version)
    .option("--print-config", "what is in effect, and where each was said, as a config file")
    .option("--check", "whether the options are right and what they name is there")
    .addHelpText("after", footer());
  command.parse([...args], { from: "user" });
  const given = command.opts<Record<string, unknown>>();
  const settled = orSay(() => settleAll([saidByFlags(given), saidByEnvironment(env)]));
  if (given["printConfig"] === true) end(printConfig(settled, version));
  if (given["check"] === true) check(settled.settings);
  return settled.settings;
}

/**
 * The sources, the first first, then the file that they name.
 * @throws BadOptions with all that is wrong
 */
export function settleAll(sources: readonly Said[]): Settled {
  const file = settleOne("config", sources);
  if (file === undefined) return settle(sources);
  let inFile: Said;
  try {
    inFile = saidByFile(file);
  } catch (error) {
    if (!(error instanceof BadOptions)) throw error;
    // What the other sources say wrong is told with it.
    throw new BadOptions([...error.lines, ...faultsOf(sources)]);
  }
  return settle([...sources, inFile]);
}

function faultsOf(sources: readonly Said[]): readonly string[] {
  try {
    settle(sources);
    return [];
  } catch (error) {
    if (error instanceof BadOptions) return error.lines;
    throw error;
  }
}

function check(settings: Settings): never {
  const faults = looks.flatMap((look) => look(settings));
  if (faults.length > 0) sayAndExit(faults);
  return end("The options are right. Nothing was started.\n");
}

function orSay(read: () => Settled): Settled {
  try {
    return read();
  } catch (error) {
    if (error instanceof BadOptions) return sayAndExit(error.lines);
    throw error;
  }
}

function sayAndExit(lines: readonly string[]): never {
  process.stderr.write(lines.map((line) => `chat-server: ${line}\n`).join(""));
  process.exit(usageExit);
}

function end(text: string): never {
  process.stdout.write(text);
  process.exit(0);
}

function footer(): string {
  const width = Math.max(0, ...subcommands.map(({ name }) => name.length));
  const commands = subcommands.map(({ name, help }) => `  ${name.padEnd(width)}  ${help}\n`).join("");
  return `${commands === "" ? "" : `\nCommands:\n${commands}`}
Each option can be said in three places, the first counts: as a flag; as a
variable of the environment (--name-hold is CHAT_NAME_HOLD); as a key of the
file of --config (name_hold = "7d").
`;
}
