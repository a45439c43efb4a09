// `chat-server backup`, `restore`, `export` and `import`: copies of what is kept, for the shell.

import { addFlags, newCommand } from "../options/command-line.js";
import { saidByEnvironment, saidByFlags } from "../options/said.js";
import { settleAll } from "../options/serving.js";
import { backup, exportLines, importLines, restore } from "../stores/copies.js";
import type { RunSubcommand } from "./commands.js";
import { failed } from "./failed.js";

interface Copying {
  readonly name: string;
  readonly description: string;
  /** What `<file>` is. */
  readonly file: string;
  /** What was done, for people. */
  copy(directory: string, file: string): string;
}

function subcommand({ name, description, file, copy }: Copying): RunSubcommand {
  return async (args, env) => {
    const command = newCommand(`chat-server ${name}`, description).argument("<file>", file);
    addFlags(command, ["data", "config"]).parse([...args], { from: "user" });
    try {
      const { settings } = settleAll([saidByFlags(command.opts()), saidByEnvironment(env)]);
      // stdout may be what is exported.
      process.stderr.write(`${copy(settings.data, command.args[0] ?? "")}\n`);
      return 0;
    } catch (error) {
      return failed(error);
    }
  };
}

export const runBackup = subcommand({
  name: "backup",
  description: "Copies all that is kept into one file, also while the server runs.",
  file: "a new file; it is as secret as the directory",
  copy(directory, file) {
    const { messages, users, bytes } = backup(directory, file);
    return `${file}: ${counted(messages, "message")} of ${counted(users, "user")}, ${size(bytes)}, looked through and whole`;
  },
});

export const runRestore = subcommand({
  name: "restore",
  description: "Puts a backup in the place of what is kept, which stays beside it. Stop the server first.",
  file: "the backup",
  copy(directory, file) {
    const { messages, users, before } = restore(directory, file, new Date());
    const restored = `${directory}: ${counted(messages, "message")} of ${counted(users, "user")}`;
    return before === undefined ? restored : `${restored}\nwhat was there is in ${before}`;
  },
});

export const runExport = subcommand({
  name: "export",
  description: "Writes all that is kept as lines of JSON, also while the server runs.",
  file: "a new file, or - for stdout; it is as secret as the directory",
  copy: (directory, file) =>
    `${file === "-" ? "stdout" : file}: ${counted(exportLines(directory, file, new Date()), "row")}`,
});

export const runImport = subcommand({
  name: "import",
  description: "Makes a new directory of an export, of this version or an earlier one.",
  file: "the export, or - for stdin",
  copy: (directory, file) => `${directory}: ${counted(importLines(directory, file), "row")}`,
});

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function size(bytes: number): string {
  const mebibyte = 1024 * 1024;
  return bytes < mebibyte ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / mebibyte).toFixed(1)} MiB`;
}
