// The command line and its environment twins: flags before environment before default.

import { defaultLimits, nameKey, parsePerson, parseRoom, parseSince } from "chat-hub";
import { Command, InvalidArgumentError, Option } from "commander";
import { parseAddress } from "./address.js";
import { exits } from "./exits.js";
import { readTokenFile } from "./token.js";

export interface Options {
  /** Where the events dialect is spoken. */
  readonly url: string;
  readonly username: string;
  /** A token of the person's own; absent: one is made and kept for them. */
  readonly token: string | undefined;
  /** Rooms to join on the way in, without their sign. */
  readonly rooms: readonly string[];
  /** Where lines go: `everyone`, `@bob`, `#dev`. */
  readonly to: string;
  /** What is replayed, as the protocol writes it. */
  readonly since: string | undefined;
  readonly bell: boolean;
  readonly follow: boolean;
  readonly json: boolean;
  readonly timeoutMs: number;
}

interface Flags {
  readonly url: string;
  readonly username?: string;
  readonly tokenFile?: string;
  readonly room: readonly string[];
  readonly to: string;
  readonly since?: string;
  readonly bell: boolean;
  readonly follow: boolean;
  readonly json: boolean;
  readonly timeout: number;
}

/** Reads the command line; prints and ends the process for `--help`, `--version` and what is wrong. */
export function readOptions(argv: readonly string[], env: NodeJS.ProcessEnv, version: string): Options {
  const command = new Command("chat-cli")
    .description("Chat in a terminal, or through a pipe.")
    .version(version)
    .addOption(flag("--username <name>", "who you are", String, env, "CHAT_USERNAME"))
    .addOption(
      flag("--url <address>", "the server", address, env, "CHAT_URL").default(
        "ws://localhost:8001/ws",
        "ws://localhost:8001",
      ),
    )
    .addOption(
      flag(
        "--token-file <file>",
        "the token that holds your name; without it one is made and kept",
        token,
        env,
        "CHAT_TOKEN_FILE",
      ),
    )
    .addOption(
      new Option("--room <name>", "join this room on the way in; may stand there several times")
        .argParser(rooms)
        .default([], "none"),
    )
    .addOption(
      new Option("--to <conversation>", "where lines go: #dev (joined on the way in), @bob or everyone")
        .argParser(conversation)
        .default("everyone"),
    )
    .addOption(
      new Option(
        "--since <cursors>",
        "what is shown of what was said before: unread, everyone:-20, or everyone:41,dev:7",
      ).argParser(since),
    )
    .addOption(
      new Option("--bell", "in a terminal: ring when somebody calls you or writes to you alone").default(
        false,
        "no",
      ),
    )
    .addOption(
      new Option("--follow", "through a pipe: print what is said, also after the end of the input").default(
        false,
        "no",
      ),
    )
    .addOption(
      new Option("--json", "through a pipe: print each event as a line of JSON").default(false, "no"),
    )
    .addOption(
      new Option("--timeout <seconds>", "through a pipe: how long a lost server is waited for")
        .argParser(seconds)
        .default(60),
    )
    .addHelpText("after", helpAfter)
    .allowExcessArguments(false)
    .showSuggestionAfterError()
    .exitOverride((error) => process.exit(error.exitCode === 0 ? exits.ok : exits.usage))
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "chat-cli: ")) });
  command.parse([...argv], { from: "user" });
  const { username, tokenFile, timeout, room, to, since: from, ...flags } = command.opts<Flags>();
  // Not commander's own check of what is mandatory: that one comes before unknown flags are noticed.
  if (username === undefined) return command.error(whoAreYou);
  // Whoever wants to speak in a room wants to be in it.
  const all = to.startsWith("#") ? [...room, to.slice(1)] : room;
  return {
    ...flags,
    username,
    token: tokenFile,
    rooms: [...new Set(all)],
    to,
    since: from,
    timeoutMs: timeout * 1000,
  };
}

const helpAfter = `
In a terminal: what you type is said to everyone, or where /to or --to points; "@bob hello" only to bob;
/join #dev goes into a room; /help tells the rest.
Through a pipe: each line of the input is said there, "@bob hello" only to bob, "#dev hello" in a room of
--room; exit 0 after the last is stored.

  chat-cli --username alice --room dev
  echo hi | chat-cli --username bot --to '#dev'
  make 2>&1 | tail -1 | chat-cli --username builds
  chat-cli --username watcher --follow --json < /dev/null

Exit codes: 0 ok, 1 a line was refused, 2 usage, 3 can't connect, 4 login refused, 5 closed by the server,
130 Ctrl-C.`;

const whoAreYou = "error: who are you? Say it with --username NAME, such as: chat-cli --username alice";

/** An option with an environment twin, which counts if it is set and not empty. */
function flag<Value>(
  flags: string,
  description: string,
  parse: (text: string) => Value,
  env: NodeJS.ProcessEnv,
  twin: string,
): Option {
  const option = new Option(flags, `${description} (environment: ${twin})`).argParser(parse);
  return (env[twin] ?? "") === "" ? option : option.env(twin);
}

function address(text: string): string {
  const parsed = parseAddress(text);
  if (parsed.ok) return parsed.value;
  throw new InvalidArgumentError(parsed.fault);
}

function rooms(text: string, before: readonly string[]): readonly string[] {
  return [...before, ...text.split(",").map(room)];
}

/** In the one spelling that it is known by, without its sign. */
function room(text: string): string {
  const parsed = parseRoom(text.trim(), defaultLimits);
  if (parsed.ok) return parsed.value.key;
  throw new InvalidArgumentError(`${JSON.stringify(text)} is no room: ${parsed.fault}.`);
}

function conversation(text: string): string {
  if (text === "everyone") return text;
  if (text.startsWith("#")) return `#${room(text)}`;
  const person = parsePerson(text, defaultLimits);
  if (person.ok && text.startsWith("@")) return nameKey(text);
  throw new InvalidArgumentError(`${JSON.stringify(text)} is none; say #dev, @bob or everyone.`);
}

function since(text: string): string {
  const parsed = parseSince(text, defaultLimits.sinceFrameBytes, defaultLimits);
  if (parsed.ok) return text;
  throw new InvalidArgumentError(`${parsed.fault}.`);
}

function token(file: string): string {
  try {
    return readTokenFile(file);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function seconds(text: string): number {
  if (/^\d{1,6}(\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError("A timeout is a number of seconds.");
}
