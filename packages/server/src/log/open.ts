// Where the log goes: lines of JSON by pino, or lines for a person where one looks on.

import { pino } from "pino";
import { cleanFacts, cleanText } from "./clean.js";
import type { Log, LogFacts, LogLevel } from "./log.js";
import { logLevels } from "./log.js";
import { prettyLine } from "./pretty.js";

export interface LogTarget {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface LogChoice {
  readonly level: LogLevel;
  /** `auto`: pretty on a terminal, otherwise JSON. */
  readonly format: "auto" | "pretty" | "json";
  readonly env: NodeJS.ProcessEnv;
}

/** Each line is written before the call returns, so that the last words of a process are not lost. */
export function openLog(target: LogTarget, { level, format, env }: LogChoice): Log {
  const isPretty = format === "pretty" || (format === "auto" && target.isTTY === true);
  const hasColour = target.isTTY === true && (env["NO_COLOR"] ?? "") === "";
  const write = isPretty
    ? (line: string) => void target.write(prettyLine(line, hasColour))
    : (line: string) => void target.write(line);
  const written = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  const isTold = (each: LogLevel): boolean => logLevels.indexOf(each) >= logLevels.indexOf(level);
  const line =
    (each: LogLevel) =>
    (what: string, facts: LogFacts = {}) => {
      if (isTold(each)) written[each](cleanFacts(facts), cleanText(what));
    };
  return {
    isDebug: isTold("debug"),
    debug: line("debug"),
    info: line("info"),
    warn: line("warn"),
    error: line("error"),
  };
}
