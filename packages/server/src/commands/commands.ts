// What `chat-server` can do beside serving. Each is loaded when it is asked for: whoever serves loads none of them.

export interface Subcommand {
  readonly name: string;
  /** One line for the help, without a full stop. */
  readonly help: string;
  load(): Promise<RunSubcommand>;
}

/** Runs it with what stands behind its name, and gives the exit code. */
export type RunSubcommand = (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>;

export const subcommands: readonly Subcommand[] = [
  {
    name: "user",
    help: "adds accounts, lists and disables them, for --auth password",
    load: async () => (await import("./user.js")).runUser,
  },
  {
    name: "admin",
    help: "keeps the house in order: admins, bans, announcements, the audit log",
    load: async () => (await import("./admin.js")).runAdmin,
  },
  {
    name: "backup",
    help: "copies all that is kept into one file",
    load: async () => (await import("./copies.js")).runBackup,
  },
  {
    name: "restore",
    help: "puts a backup in the place of what is kept",
    load: async () => (await import("./copies.js")).runRestore,
  },
  {
    name: "export",
    help: "writes all that is kept as lines of JSON",
    load: async () => (await import("./copies.js")).runExport,
  },
  {
    name: "import",
    help: "makes a new directory of an export",
    load: async () => (await import("./copies.js")).runImport,
  },
  {
    name: "doctor",
    help: "looks at all that the server needs, and says what stands in its way",
    load: async () => (await import("./doctor.js")).runDoctor,
  },
];
