// Reads what stands after a slash, by the table: a command with its arguments, or why it is none.

import type { Result } from "chat-hub";
import { fault, ok } from "chat-hub";
import { kinds } from "./kinds.js";
import { nearest } from "./nearest.js";
import type { Argument, Command, CommandName } from "./table.js";
import { argumentsOf, commandNamed, commandWords } from "./table.js";

/** `/reply [N] text` */
export function usageOf(name: CommandName): string {
  const args = argumentsOf(name).map(({ kind, optional }) => {
    const { usage } = kinds[kind];
    return optional ? `[${usage}]` : usage.includes("|") ? `(${usage})` : usage;
  });
  return [`/${name}`, ...args].join(" ");
}

/** `text` stands without its slash. The fault is for people to read. */
export function readCommand(text: string): Result<Command, string> {
  const { word, rest } = firstWord(text);
  const name = commandNamed(word);
  if (name === undefined) {
    const near = nearest(word.toLowerCase(), commandWords());
    const way = near === undefined ? "see /help." : `did you mean /${near}?`;
    return fault(`there is no command /${word}; ${way} To say it, write //${word}`);
  }
  const args = argumentsOf(name);
  const values = readArguments(args, rest);
  if (values.ok) return ok({ name, ...values.value } as Command);
  return fault(`${values.fault === "" ? "" : `${values.fault}; `}it is ${usageOf(name)}`);
}

export function readArguments(
  args: readonly Argument[],
  text: string,
): Result<Readonly<Record<string, unknown>>, string> {
  const values: Record<string, unknown> = {};
  let left = text;
  // Why an argument that may be absent did not fit: told if the word fits nothing else either.
  let doubt = "";
  for (const [index, { name, kind, optional }] of args.entries()) {
    const { read, isRest } = kinds[kind];
    const { word, rest } = isRest === true ? { word: left.trimEnd(), rest: "" } : firstWord(left);
    const bare = !optional || index === args.length - 1;
    const found = word === "" ? undefined : read(word, bare);
    if (found?.ok === true) {
      values[name] = found.value;
      left = rest;
    } else if (!optional) return fault(found?.fault ?? doubt);
    else doubt = found?.fault ?? "";
  }
  return left.trim() === "" ? ok(values) : fault(doubt);
}

/** What comes before the first white space, and what comes after it, its own line ends kept. */
export function firstWord(text: string): { readonly word: string; readonly rest: string } {
  const [, word = "", rest = ""] = /^\s*(\S*)[^\S\n]*\n?([\s\S]*)$/.exec(text) ?? [];
  return { word, rest };
}
