// What `chat-server` can do beside serving. Each is loaded when it is asked for: whoever serves loads none of them.

export interface Subcommand {
  readonly name: string;
  /** One line for the help, without a full stop. */
  readonly help: string;
  load(): Promise<RunSubcommand>;
}

/** Runs it with what stands behind its name, and gives the exit code. */
export type RunSubcommand = (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>;

export const subcommands: readonly Subcommand[] = [];
