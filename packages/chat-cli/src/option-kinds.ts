// What the options of the command line can be: how each is read, and why it can't be.

import { readFileSync } from "node:fs";
import { defaultLimits, nameKey, parsePerson, parseRoom, parseSince } from "chat-hub";
import { InvalidArgumentError } from "commander";
import { parseAddress } from "./address.js";

export function address(text: string): string {
  const parsed = parseAddress(text);
  if (parsed.ok) return parsed.value;
  throw new InvalidArgumentError(parsed.fault);
}

export function rooms(text: string, before: readonly string[]): readonly string[] {
  return [...before, ...text.split(",").map(room)];
}

/** In the one spelling that it is known by, without its sign. */
function room(text: string): string {
  const parsed = parseRoom(text.trim(), defaultLimits);
  if (parsed.ok) return parsed.value.key;
  throw new InvalidArgumentError(`${JSON.stringify(text)} is no room: ${parsed.fault}.`);
}

export function conversation(text: string): string {
  if (text === "everyone") return text;
  if (text.startsWith("#")) return `#${room(text)}`;
  const person = parsePerson(text, defaultLimits);
  if (person.ok && text.startsWith("@")) return nameKey(text);
  throw new InvalidArgumentError(`${JSON.stringify(text)} is none; say #dev, @bob or everyone.`);
}

export function since(text: string): string {
  const parsed = parseSince(text, defaultLimits.sinceFrameBytes, defaultLimits);
  if (parsed.ok) return text;
  throw new InvalidArgumentError(`${parsed.fault}.`);
}

/** The name of a file that can be read now, and has something in it. */
export function readable(file: string): string {
  if (contents(file).trim() === "") throw new InvalidArgumentError(`${file} is empty.`);
  return file;
}

export function contents(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

export function seconds(text: string): number {
  if (/^\d{1,6}(\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError("A timeout is a number of seconds.");
}
