// One option of the server: what it is called in the three places that it can be said in, and how it is read.

import type { Kind } from "./kinds.js";

/** Where an option stands in the help and in the documents. */
export const groups = ["serving", "keeping", "letting in", "watching", "configuration"] as const;
export type Group = (typeof groups)[number];

export const groupTitles: Readonly<Record<Group, string>> = {
  serving: "Where it is reached",
  keeping: "What is kept",
  "letting in": "Who may come in",
  watching: "Logs and figures",
  configuration: "Configuration",
};

export interface Option<Value> {
  readonly group: Group;
  readonly kind: Kind<Exclude<Value, undefined>>;
  readonly default: Value;
  /** One line for the help, without a full stop. */
  readonly help: string;
  /** Variables of the environment that count too, behind its own. */
  readonly alsoVariables?: readonly string[];
  /**
   * It is never shown, and has no flag: everybody on a machine can read the arguments of a process.
   */
  readonly secret?: true;
  /** It is not read from the file. */
  readonly notInFile?: true;
}

export function option<Value>(row: Option<Value>): Option<Value> {
  return row;
}

/** `nameHold` → `--name-hold`. */
export function flagOf(name: string): string {
  return `--${words(name).join("-")}`;
}

/** `nameHold` → `CHAT_NAME_HOLD`, and what else counts; the first that is set and not empty. */
export function variablesOf(
  name: string,
  { alsoVariables = [] }: Pick<Option<unknown>, "alsoVariables">,
): readonly string[] {
  return [`CHAT_${words(name).join("_").toUpperCase()}`, ...alsoVariables];
}

/** `nameHold` → `name_hold`, its key in the file. */
export function keyOf(name: string): string {
  return words(name).join("_");
}

function words(name: string): readonly string[] {
  return name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
}
