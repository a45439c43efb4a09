// The command line, by commander: the options as flags, in groups, with the errors and the help of clig.dev.

import { Command, Option as Flag } from "commander";
import type { Option } from "./option.js";
import { flagOf, groups, groupTitles } from "./option.js";
import type { OptionName } from "./table.js";
import { options } from "./table.js";

/** Exit code of a wrong flag or value. */
export const usageExit = 2;

/** A command that says what is wrong in a line or two, and ends the process with 2 then. */
export function newCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .allowExcessArguments(false)
    .showSuggestionAfterError()
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usageExit))
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "chat-server: ")) });
}

/** `--help` and `--version`, with whatever follows, under a heading of their own. */
export function addLooking(command: Command, heading: string, version: string): Command {
  return command
    .optionsGroup(heading)
    .addHelpOption(new Flag("-h, --help", "this help").helpGroup(heading))
    .version(version, "-V, --version", "the version");
}

/**
 * Gives a command these options of the table as flags. They are parsed into text, for `settle` to read with the other
 * sources. Secrets have no flag.
 */
export function addFlags(command: Command, names: readonly OptionName[]): Command {
  for (const group of groups) {
    for (const name of names) {
      const row = options[name] as Option<unknown>;
      if (row.group === group && row.secret !== true) command.addOption(flag(name, row));
    }
  }
  return command;
}

function flag(name: OptionName, row: Option<unknown>): Flag {
  const shown = row.kind.shown === "" ? "" : ` ${row.kind.shown}`;
  return new Flag(`${flagOf(name)}${shown}`, help(row)).helpGroup(`${groupTitles[row.group]}:`);
}

function help(row: Option<unknown>): string {
  const byDefault = defaultText(row);
  return byDefault === undefined ? row.help : `${row.help} (default: ${byDefault})`;
}

/** How the default is said; nothing where not saying anything means nothing. */
export function defaultText({ kind, default: value }: Option<unknown>): string | undefined {
  if (value === undefined || value === false) return undefined;
  const texts = kind.write(value);
  return texts.length === 0 ? undefined : texts.join(", ");
}
