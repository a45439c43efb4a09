// The command line and its environment twins: flags before environment before default.

import type { HistorySetting } from "chat-hub";
import { historySettings } from "chat-hub";
import { Command, InvalidArgumentError, Option } from "commander";

export interface ServerOptions {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly store: "sqlite" | "memory";
  readonly limits: "on" | "off";
  readonly origin: readonly string[];
  readonly nameHoldMs: number;
  readonly history: HistorySetting;
  /** The file that is recorded into. */
  readonly record?: string;
}

/** Exit code of a wrong flag or value. */
export const usageExit = 2;

/** Reads the command line; prints and ends the process for `--help`, `--version` and what is wrong. */
export function readOptions(argv: readonly string[], env: NodeJS.ProcessEnv, version: string): ServerOptions {
  const command = new Command("chat-server")
    .description("A chat server that any raw WebSocket client can talk to.")
    .version(version)
    .addOption(
      flag("--port <port>", "the port; 0 takes any that is free", port, env, ["CHAT_PORT", "PORT"]).default(
        8001,
      ),
    )
    .addOption(
      flag("--host <host>", "the address to listen on", String, env, ["CHAT_HOST"]).default("127.0.0.1"),
    )
    .addOption(
      flag("--data <dir>", "where messages are kept", String, env, ["CHAT_DATA"]).default("./chat-data"),
    )
    .addOption(storeFlag(env))
    .addOption(
      new Option("--limits <on|off>", "off lifts rates and counts, for trusted networks and benchmarks")
        .choices(["on", "off"])
        .default("on"),
    )
    .addOption(
      new Option("--origin <origin...>", "pages of these origins may connect too")
        .argParser(origins)
        .default([]),
    )
    .addOption(
      new Option("--name-hold <duration>", "how long a name stays with its token unused")
        .argParser(duration)
        .default(7 * 86_400_000, "7d"),
    )
    .addOption(historyFlag(env))
    .addOption(
      flag("--record <file>", "a new file for all that the hub is told, to be replayed", String, env, [
        "CHAT_RECORD",
      ]),
    )
    .allowExcessArguments(false)
    .showSuggestionAfterError()
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usageExit))
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "chat-server: ")) });
  command.parse([...argv], { from: "user" });
  const { nameHold, ...options } = command.opts<Omit<ServerOptions, "nameHoldMs"> & { nameHold: number }>();
  return { ...options, nameHoldMs: nameHold };
}

/** An option with environment twins: the first that is set and not empty counts as if it were the flag. */
function flag<Value>(
  flags: string,
  description: string,
  parse: (text: string) => Value,
  env: NodeJS.ProcessEnv,
  names: readonly string[],
): Option {
  const option = new Option(flags, `${description} (environment: ${names.join(", ")})`).argParser(parse);
  const twin = names.find((name) => (env[name] ?? "") !== "");
  return twin === undefined ? option : option.env(twin);
}

function storeFlag(env: NodeJS.ProcessEnv): Option {
  const option = new Option(
    "--store <store>",
    "sqlite keeps messages, memory forgets them with the process (environment: CHAT_STORE)",
  );
  option.choices(["sqlite", "memory"]).default("sqlite");
  return (env["CHAT_STORE"] ?? "") === "" ? option : option.env("CHAT_STORE");
}

function historyFlag(env: NodeJS.ProcessEnv): Option {
  const option = new Option(
    "--history <all|since_join>",
    "what of everyone somebody new may read: all that is kept, or what is said from then on (environment: CHAT_HISTORY)",
  );
  option.choices(historySettings).default("all");
  return (env["CHAT_HISTORY"] ?? "") === "" ? option : option.env("CHAT_HISTORY");
}

function port(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("A port is a number from 0 to 65535.");
}

function origins(text: string, before: readonly string[]): readonly string[] {
  if (URL.canParse(text) && new URL(text).origin === text) return [...before, text];
  throw new InvalidArgumentError("An origin looks like https://chat.example, without a path.");
}

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function duration(text: string): number {
  const [, count, unit = ""] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const ms = unitMs[unit];
  if (count !== undefined && ms !== undefined) return Number(count) * ms;
  throw new InvalidArgumentError("A duration looks like 90s, 30m, 12h or 7d.");
}
