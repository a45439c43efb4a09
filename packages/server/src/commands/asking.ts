// Commands with words of their own behind them (`user add`, `admin ban`), which are errands to the house.

import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { askHouse } from "../control/ask.js";
import type { Told } from "../control/errand.js";
import { errands } from "../control/errands.js";
import { inert } from "../inert.js";
import { addFlags, newCommand, usageExit } from "../options/command-line.js";
import { BadValue, duration } from "../options/kinds.js";
import { saidByEnvironment, saidByFlags } from "../options/said.js";
import { settleAll } from "../options/serving.js";
import type { RunSubcommand } from "./commands.js";
import { complain, failed } from "./failed.js";

/** Adds a word, such as `ban <name>`; `words` makes of what was said what goes to the house. */
export type AddWord = (
  usage: string,
  description: string,
  words: (sub: Command) => readonly string[] | Promise<readonly string[]>,
) => Command;

/** A command of which each word is an errand. */
export function asking(name: string, description: string, define: (add: AddWord) => void): RunSubcommand {
  return async (args, env) => {
    const command = newCommand(`chat-server ${name}`, description);
    let run = async (): Promise<Told> => ({
      ok: false,
      lines: command.helpInformation().trimEnd().split("\n"),
    });
    define((usage, help, words) => {
      const sub = command.command(usage).description(help).allowExcessArguments(false);
      return addFlags(sub, ["data", "config"]).action(() => {
        run = async () => {
          const { settings } = settleAll([saidByFlags(sub.opts()), saidByEnvironment(env)]);
          return askHouse(settings.data, errands, {
            errand: `${name} ${sub.name()}`,
            words: await words(sub),
          });
        };
      });
    });
    command.parse([...args], { from: "user" });
    return say(run);
  };
}

/** Prints what became of it, in which others may have said something, and gives the exit code. */
async function say(run: () => Promise<Told>): Promise<number> {
  try {
    const { ok, misused, lines } = await run();
    if (ok) process.stdout.write(lines.map((line) => `${inert(line)}\n`).join(""));
    else complain(lines);
    return ok ? 0 : misused ? usageExit : 1;
  } catch (error) {
    return failed(error);
  }
}

/** A whole number, for commander. */
export function numberFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d{1,9}$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`A number from ${least} to ${most}.`);
  };
}

/** `12h`, `7d`, in milliseconds, for commander: not nothing, and at most so long. */
export function lastingMs(mostMs: number): (text: string) => number {
  return (text) => {
    try {
      const ms = duration.read([text]);
      if (ms > 0 && ms <= mostMs) return ms;
    } catch (error) {
      throw error instanceof BadValue ? new InvalidArgumentError(error.message) : error;
    }
    throw new InvalidArgumentError(`A duration from 1s to ${duration.write(mostMs)}.`);
  };
}
