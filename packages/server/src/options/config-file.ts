// The file of `--config`: TOML, flat, one key an option.

import { readFileSync } from "node:fs";
import { parse, TomlError } from "smol-toml";
import { nearest } from "./nearest.js";
import { keyOf } from "./option.js";
import type { Said, Saying } from "./said.js";
import { BadOptions } from "./said.js";
import type { OptionName } from "./table.js";
import { optionRows } from "./table.js";

const keys = new Map(
  optionRows.filter(([, row]) => row.notInFile !== true).map(([name, row]) => [keyOf(name), { name, row }]),
);

/** @throws BadOptions */
export function saidByFile(path: string): Said {
  const said = new Map<OptionName, Saying>();
  const faults: string[] = [];
  for (const [key, value] of Object.entries(parsed(path))) {
    const known = keys.get(key);
    const texts = textsOf(value);
    if (known === undefined) {
      faults.push(unknownKey(key, path));
    } else if (texts === undefined) {
      faults.push(`${key} in ${path}: it is a text, a number, a truth or a list of texts: ${key} = "…"`);
    } else {
      const where = `${key} in ${path}`;
      const whole = known.row.secret ? where : `${where}, ${texts.join(", ")}`;
      said.set(known.name, { texts, where, whole });
    }
  }
  if (faults.length > 0) throw new BadOptions(faults);
  return said;
}

function parsed(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : code;
    throw new BadOptions([`can't read the config file ${path}: ${why}; --config or CHAT_CONFIG names it`]);
  }
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The lines behind the first show the file, in which there may be secrets.
    const [why = ""] = error.message.split("\n");
    throw new BadOptions([
      `${path}:${error.line}:${error.column}: ${why.replace(/^Invalid TOML document: /, "")}`,
    ]);
  }
}

function unknownKey(key: string, path: string): string {
  const near = nearest(key, [...keys.keys()]);
  const hint = near === undefined ? "--print-config lists them all" : `did you mean ${near}?`;
  return `${key} in ${path}: there is no such option; ${hint}`;
}

/** Undefined for what has no place in this file: tables, times. */
function textsOf(value: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) {
    const texts = value.map(textOf);
    return texts.includes(undefined) ? undefined : (texts as string[]);
  }
  const text = textOf(value);
  return text === undefined ? undefined : [text];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}
