// `chat-server user …`: accounts of `--auth password`, whether a server runs or not.

import type { Command } from "commander";
import { asking, lastingMs, numberFrom } from "./asking.js";
import { askSecret } from "./secret.js";

/** Those who may use one invite, at most. */
const mostUses = 1_000;
const dayMs = 24 * 60 * 60 * 1000;
/** How long one may be good. */
const longestMs = 366 * dayMs;

export const runUser = asking("user", "Accounts, for --auth password. Also while the server runs.", (add) => {
  const withPassword = async ({ args }: Command): Promise<readonly string[]> => [
    ...args,
    await askSecret("password", process.stdin, process.stderr),
  ];
  const name = ({ args }: Command): readonly string[] => args;
  add("add <name>", "a new account; its password is asked for, or read from stdin", withPassword);
  add("passwd <name>", "another password; all of its logins end", withPassword);
  add("disable <name>", "nobody logs in by it any more, its name stays its own", name);
  add("enable <name>", "it can log in again", name);
  add("list", "all accounts", () => []);
  add("invite", "a code by which somebody can make an account, with --registration invite", (sub) => {
    const { uses, for: forMs } = sub.opts<{ readonly uses: number; readonly for: number }>();
    return [String(uses), String(forMs)];
  })
    .option("--uses <n>", "so many may use it (default: 1)", numberFrom(1, mostUses), 1)
    .option(
      "--for <duration>",
      "it is good for so long: 12h, 7d (default: 7d)",
      lastingMs(longestMs),
      7 * dayMs,
    );
});
