// The command line and its environment twins: flags before environment before default.

import { Command, Option } from "commander";
import { exits } from "./exits.js";
import { address, contents, conversation, readable, rooms, seconds, since } from "./option-kinds.js";
import { readSecret } from "./token.js";

export interface Options {
  /** Where the events dialect is spoken. */
  readonly url: string;
  readonly username: string;
  /** Tokens and passwords that the person brings. */
  readonly brought: Brought;
  /** Certificates in PEM that are trusted beside those of the system. */
  readonly ca: string | undefined;
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

export interface Brought {
  /** A token of the person's own; absent: what is kept for them is shown, or one is made. */
  readonly token: string | undefined;
  /** Where that stands: it is read again when a newer one is needed. */
  readonly tokenFile: string | undefined;
  readonly password: string | undefined;
  /** An account is to be made, with this code if one is needed. */
  readonly register: { readonly invite: string | undefined } | undefined;
}

interface Flags {
  readonly url: string;
  readonly username?: string;
  readonly tokenFile?: string;
  readonly passwordFile?: string;
  readonly register: boolean;
  readonly invite?: string;
  readonly ca?: string;
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
        "the token that holds your name; without it one is made and kept; CHAT_TOKEN is one itself",
        readable,
        env,
        "CHAT_TOKEN_FILE",
      ),
    )
    .addOption(
      flag(
        "--password-file <file>",
        "your password, where there are accounts; without it you are asked; CHAT_PASSWORD is one itself",
        readable,
        env,
        "CHAT_PASSWORD_FILE",
      ),
    )
    .addOption(new Option("--register", "make an account of this name first").default(false, "no"))
    .addOption(flag("--invite <code>", "the code that an account needs", String, env, "CHAT_INVITE"))
    .addOption(flag("--ca <file>", "trust these certificates too, for wss://", contents, env, "CHAT_CA_FILE"))
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
  const { username, timeout, room, to, since: from, url, bell, follow, json, ca } = command.opts<Flags>();
  // Not commander's own check of what is mandatory: that one comes before unknown flags are noticed.
  if (username === undefined) return command.error(whoAreYou);
  // Whoever wants to speak in a room wants to be in it.
  const all = to.startsWith("#") ? [...room, to.slice(1)] : room;
  return {
    url,
    username,
    brought: broughtWith(command, env),
    ca,
    bell,
    follow,
    json,
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
  chat-cli --username alice --url wss://chat.example --register

Exit codes: 0 ok, 1 a line was refused, 2 usage, 3 can't connect, 4 login refused, 5 closed by the server,
130 Ctrl-C.`;

/** What was said nearest counts: a flag before the environment, there the thing itself before its file. */
function broughtWith(command: Command, env: NodeJS.ProcessEnv): Brought {
  const { tokenFile, passwordFile, register, invite } = command.opts<Flags>();
  const own = (twin: string, file: "tokenFile" | "passwordFile"): string | undefined =>
    command.getOptionValueSource(file) === "cli" ? undefined : env[twin] || undefined;
  const token = own("CHAT_TOKEN", "tokenFile");
  const password = own("CHAT_PASSWORD", "passwordFile");
  return {
    token: token ?? (tokenFile === undefined ? undefined : readSecret(tokenFile)),
    tokenFile: token === undefined ? tokenFile : undefined,
    password: password ?? (passwordFile === undefined ? undefined : readSecret(passwordFile)),
    register: register || invite !== undefined ? { invite } : undefined,
  };
}

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
