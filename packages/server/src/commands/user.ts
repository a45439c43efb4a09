// `chat-server user …`: accounts of `--auth password`, whether a server runs or not.

import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { askHouse } from "../control/ask.js";
import type { Told } from "../control/errand.js";
import { ErrandError } from "../control/errand.js";
import { errands } from "../control/errands.js";
import { addFlags, newCommand, usageExit } from "../options/command-line.js";
import { BadValue, duration } from "../options/kinds.js";
import { BadOptions, saidByEnvironment, saidByFlags } from "../options/said.js";
import { settleAll } from "../options/serving.js";
import { StoreError } from "../stores/store-error.js";
import type { RunSubcommand } from "./commands.js";
import { askSecret } from "./secret.js";

/** Those who may have an invite's code, at most. */
const mostUses = 1_000;

export const runUser: RunSubcommand = async (args, env) => {
  let run: () => Promise<Told> = async () => ({ ok: false, lines: [command.helpInformation().trimEnd()] });
  const command = newCommand(
    "chat-server user",
    "Accounts, for --auth password. Also while the server runs.",
  );
  const add = (name: string, description: string, words: (sub: Command) => Promise<readonly string[]>) => {
    const sub = command.command(name).description(description).allowExcessArguments(false);
    addFlags(sub, ["data", "config"]).action(() => {
      run = async () => {
        const { settings } = settleAll([saidByFlags(sub.opts()), saidByEnvironment(env)]);
        const errand = `user ${sub.name()}`;
        return askHouse(settings.data, errands, { errand, words: await words(sub) });
      };
    });
    return sub;
  };
  const withPassword = async (sub: Command): Promise<readonly string[]> => [
    ...sub.args,
    await askSecret("password", process.stdin, process.stderr),
  ];
  add("add <name>", "a new account; its password is asked for, or read from stdin", withPassword);
  add("passwd <name>", "another password; all of its logins end", withPassword);
  add(
    "disable <name>",
    "nobody logs in by it any more, its name stays its own",
    async ({ args: names }) => names,
  );
  add("enable <name>", "it can log in again", async ({ args: names }) => names);
  add("list", "all accounts", async () => []);
  add("invite", "a code by which somebody can make an account, with --registration invite", async (sub) => {
    const { uses, for: forMs } = sub.opts<{ readonly uses: number; readonly for: number }>();
    return [String(uses), String(forMs)];
  })
    .option("--uses <n>", "so many may use it", uses, 1)
    .option("--for <duration>", "it is good for so long: 12h, 7d (default: 7d)", life, 7 * 86_400_000);
  command.parse([...args], { from: "user" });
  return said(run);
};

/** Prints what became of it, and gives the exit code. */
async function said(run: () => Promise<Told>): Promise<number> {
  try {
    const { ok, lines } = await run();
    const text = lines.map((line) => `${line}\n`).join("");
    if (ok) process.stdout.write(text);
    else process.stderr.write(lines.map((line) => `chat-server: ${line}\n`).join(""));
    return ok ? 0 : 1;
  } catch (error) {
    const lines = linesOf(error);
    if (lines === undefined) throw error;
    process.stderr.write(lines.map((line) => `chat-server: ${line}\n`).join(""));
    return error instanceof BadOptions ? usageExit : 1;
  }
}

function linesOf(error: unknown): readonly string[] | undefined {
  if (error instanceof BadOptions) return error.lines;
  return error instanceof StoreError || error instanceof ErrandError ? [error.message] : undefined;
}

function uses(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= mostUses) return count;
  throw new InvalidArgumentError(`A number from 1 to ${mostUses}.`);
}

function life(text: string): number {
  try {
    return duration.read([text]);
  } catch (error) {
    throw error instanceof BadValue ? new InvalidArgumentError(error.message) : error;
  }
}
