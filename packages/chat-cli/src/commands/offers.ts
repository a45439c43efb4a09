// What Tab offers, by where the cursor is: commands at the beginning, then whatever the command takes
// there; names, rooms and emoji in what is said.

import { shortcodes } from "./emoji.js";
import type { Kind } from "./kinds.js";
import { kinds } from "./kinds.js";
import { firstWord, readArguments } from "./read.js";
import type { Argument } from "./table.js";
import { argumentsOf, commandNamed, commandNames } from "./table.js";

export interface Offer {
  /** What the typed beginning is compared with. */
  readonly word: string;
  /** What is put there instead, if it is not the word itself. */
  readonly puts?: string;
}

/** What there is to be named, the likeliest first. */
export interface Known {
  /** People, without a sign. */
  readonly names: readonly string[];
  /** Rooms with their sign: ours, and others that were heard of. */
  readonly ours: readonly string[];
  readonly others: readonly string[];
  /** Numbers of lines: `41`, and `#dev:12` elsewhere. */
  readonly lines: readonly string[];
}

/** Whole words that can stand where `before`, a line up to the cursor, ends. */
export function offersAt(before: string, known: Known): readonly Offer[] {
  const typed = /\S*$/.exec(before)?.[0] ?? "";
  if (!before.startsWith("/") || before.startsWith("//")) return said(typed, known, typed === before);
  if (typed === before) return commandNames.map((name) => ({ word: `/${name}` }));
  const { word, rest } = firstWord(before.slice(1));
  const name = commandNamed(word);
  if (name === undefined) return [];
  return [...kindsAt(argumentsOf(name), rest.slice(0, rest.length - typed.length))].flatMap((kind) =>
    offersOf(kind, typed, known),
  );
}

/** The kinds of argument that the next word can be: those left out that may be, and the next that may not. */
function kindsAt(args: readonly Argument[], done: string): ReadonlySet<Kind> {
  const found = new Set<Kind>();
  for (let count = 0; count <= args.length; count += 1) {
    const given = args.slice(0, count);
    if (done.trim() === "" ? count > 0 : !readArguments(given, done).ok) continue;
    const last = given.at(-1)?.kind;
    if (last !== undefined && kinds[last].isRest === true) return found.add(last);
    for (const { kind, optional } of args.slice(count)) {
      found.add(kind);
      if (!optional) break;
    }
    return found;
  }
  return found;
}

function offersOf(kind: Kind, typed: string, known: Known): readonly Offer[] {
  const { names, ours, others, lines } = known;
  switch (kind) {
    case "command":
      return words(commandNames);
    case "person":
      return words(typed.startsWith("@") ? signed(names) : names);
    case "room":
      return rooms([...ours, ...others], typed);
    case "area":
      return [...rooms([...ours, ...others], typed), { word: "everyone" }];
    case "address":
      return words(names);
    case "conversation":
    case "where":
      return words([...ours, ...signed(names), "everyone", ...(kind === "where" ? [] : names)]);
    case "line":
      return words(lines);
    case "emoji":
      return emoji(typed.replace(/^:/, "") === typed ? "" : ":");
    case "window":
      return words(["before", "after", "around", "today", "yesterday"]);
    case "text":
      return said(typed, known, false);
    default:
      return words(kinds[kind].words ?? []);
  }
}

function said(typed: string, { names, ours }: Known, isFirst: boolean): readonly Offer[] {
  if (typed.startsWith("@")) return words(signed(names));
  if (typed.startsWith("#")) return words(ours);
  if (typed.startsWith(":")) return emoji(":");
  // A name at the beginning speaks to somebody.
  return names.map((word) => (isFirst ? { word, puts: `${word}:` } : { word }));
}

/** A room's sign may be left out. */
function rooms(names: readonly string[], typed: string): readonly Offer[] {
  return typed.startsWith("#") ? words(names) : names.map((puts) => ({ word: puts.slice(1), puts }));
}

function emoji(sign: string): readonly Offer[] {
  return Object.entries(shortcodes).map(([name, puts]) => ({ word: `${sign}${name}`, puts }));
}

function words(all: readonly string[]): readonly Offer[] {
  return all.map((word) => ({ word }));
}

function signed(names: readonly string[]): readonly string[] {
  return names.map((name) => `@${name}`);
}
