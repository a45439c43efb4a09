// Names of people and of rooms: which strings are one, and when two spellings are the same name (WIRE §3).

import type { Limits } from "../tables/limits.js";
import type { NameKey } from "./ids.js";
import type { Result } from "./result.js";
import { fault, ok } from "./result.js";
import { longerThan, utf8Bytes } from "./text.js";

export interface Name {
  /** As its holder spells it. */
  readonly spelling: string;
  /** What makes it unique. */
  readonly key: NameKey;
}

/** Nobody has one of these names; a room may, except for the first. */
export const reservedNames = [
  "everyone",
  "all",
  "here",
  "server",
  "system",
  "admin",
  "root",
  "me",
  "help",
  "null",
  "undefined",
] as const;
const reserved: ReadonlySet<string> = new Set(reservedNames);

const shape = /^[\p{L}\p{Nd}\p{M}_.-]+$/u;
const beginning = /^[\p{L}\p{Nd}]/u;
const invisible = /\p{Default_Ignorable_Code_Point}/u;

/** Any string gives a name, or the reason why it is none, for people to read. */
export function parseName(text: string, limits: Limits): Result<Name, string> {
  const name = readName(text, limits);
  return name.ok && reserved.has(name.value.key) ? fault(`the name ${name.value.key} is reserved`) : name;
}

/** The same for a room's name, without its `#`. */
export function parseRoomName(text: string, limits: Limits): Result<Name, string> {
  const name = readName(text, limits);
  return name.ok && name.value.key === "everyone" ? fault("no room has the name everyone") : name;
}

function readName(text: string, limits: Limits): Result<Name, string> {
  if (text === "") return fault("a name is needed");
  if (!text.isWellFormed() || text.includes("\uFFFD")) return fault("the name is not readable as UTF-8");
  const spelling = text.normalize("NFC");
  if (longerThan(spelling, limits.nameChars))
    return fault(`a name has at most ${limits.nameChars} characters`);
  if (utf8Bytes(spelling) > limits.nameBytes) return fault(`a name has at most ${limits.nameBytes} bytes`);
  if (invisible.test(spelling)) return fault("a name has no invisible characters");
  if (!shape.test(spelling)) return fault("a name has only letters and digits, of any script, and _ . -");
  if (!beginning.test(spelling)) return fault("a name begins with a letter or a digit");
  if (/[.-]$/.test(spelling)) return fault("a name does not end in . or -");
  if (spelling.normalize("NFKC") !== spelling) {
    return fault(
      `this name is written with look-alike characters; plainly it is ${spelling.normalize("NFKC")}`,
    );
  }
  const key = nameKey(spelling);
  // The key is what others write to them by: it must be a name as well.
  if (longerThan(key, limits.nameChars))
    return fault(`a name has at most ${limits.nameChars} characters, in lower case as well`);
  return ok({ spelling, key });
}

/**
 * Equal for two spellings of one name; folding a key changes nothing. Each code point is lower-cased
 * alone, since lower-casing a whole string depends on a letter's neighbours (Σ at the end of a word).
 */
export function nameKey(text: string): NameKey {
  let folded = "";
  for (const char of text.normalize("NFC")) folded += char.toLowerCase();
  return folded.replaceAll("ς", "σ").normalize("NFC") as NameKey;
}
