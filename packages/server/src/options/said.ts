// What was said about the options: by flags, by the environment. (The file has a file of its own.) Nothing is
// read yet: it is text, and where it was said.

import { nearest } from "./nearest.js";
import { flagOf, variablesOf } from "./option.js";
import type { OptionName } from "./table.js";
import { optionRows, options } from "./table.js";

export interface Saying {
  readonly texts: readonly string[];
  /** Where it was said, as a person would find it: `--port`, `CHAT_PORT`, `port in chat.toml`. */
  readonly where: string;
  /** The same with what was said. */
  readonly whole: string;
}

/** All that one source says. */
export type Said = ReadonlyMap<OptionName, Saying>;

/** Options that are wrong: a line each, with the way out. */
export class BadOptions extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.lines = lines;
  }
}

/** `given` is what the command line was parsed into: text, texts, or that the flag was there. */
export function saidByFlags(given: Readonly<Record<string, unknown>>): Said {
  const said = new Map<OptionName, Saying>();
  for (const [name] of optionRows) {
    const value = given[name];
    if (value === undefined) continue;
    const texts = Array.isArray(value) ? value.map(String) : [String(value)];
    const where = flagOf(name);
    said.set(name, { texts, where, whole: value === true ? where : `${where} ${texts.join(" ")}` });
  }
  return said;
}

/** Variables that are meant for the terminal client, which may share an environment with us. */
const ofTheClient = /^CHAT_(USERNAME|URL|TOKEN|PASSWORD|INVITE|CA|TOKEN_FILE|PASSWORD_FILE|CA_FILE)$/;

/** @throws BadOptions for a variable that is nearly one of ours: a slip in `CHAT_AUTH` would let everybody in */
export function saidByEnvironment(env: NodeJS.ProcessEnv): Said {
  refuseSlips(env);
  const said = new Map<OptionName, Saying>();
  for (const [name, row] of optionRows) {
    const where = variablesOf(name, row).find((variable) => (env[variable] ?? "") !== "");
    if (where === undefined) continue;
    const value = env[where] ?? "";
    const texts = options[name].kind.many ? value.split(/[\s,]+/).filter((each) => each !== "") : [value];
    said.set(name, { texts, where, whole: row.secret ? where : `${where}=${value}` });
  }
  return said;
}

function refuseSlips(env: NodeJS.ProcessEnv): void {
  const known = optionRows.flatMap(([name, row]) => variablesOf(name, row));
  const lines = Object.keys(env)
    .filter(
      (variable) => variable.startsWith("CHAT_") && !known.includes(variable) && !ofTheClient.test(variable),
    )
    .flatMap((variable) => {
      const meant = nearest(
        variable.slice("CHAT_".length),
        known.map((each) => each.replace(/^CHAT_/, "")),
      );
      return meant === undefined
        ? []
        : [`${variable} in the environment: there is no such option; did you mean CHAT_${meant}?`];
    });
  if (lines.length > 0) throw new BadOptions(lines);
}
