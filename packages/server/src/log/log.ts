// The log: what whoever runs the server is told while it runs. Each line has a level, words that are always the
// same for the same thing, and facts beside them. What people say and what they prove themselves by is no fact.

export const logLevels = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof logLevels)[number];

export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log extends Readonly<Record<LogLevel, (what: string, facts?: LogFacts) => void>> {
  /** Lines of `debug` are written: what they cost is wanted. */
  readonly isDebug: boolean;
}

export const noLog: Log = {
  isDebug: false,
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};
