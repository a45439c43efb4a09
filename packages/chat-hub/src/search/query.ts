// The language of a search as a person types it: words, phrases, what must not be there, and filters.

import type { Limits } from "../tables/limits.js";
import { parseConversation } from "../words/conversations.js";
import type { NameKey, WallMillis } from "../words/ids.js";
import type { Address } from "../words/log.js";
import { parseName } from "../words/names.js";
import type { Result } from "../words/result.js";
import { fault, ok } from "../words/result.js";
import { longerThan } from "../words/text.js";
import { parseInstant } from "./dates.js";
import { searchTokens } from "./text.js";

/** A word or a phrase: tokens as `searchTokens` folds them, at least one, that follow each other. */
export interface Term {
  readonly tokens: readonly string[];
  /** The last token need only begin the message's. */
  readonly prefix: boolean;
  /** A message that has it does not match. */
  readonly not: boolean;
}

/** All of it must hold. There is at least one term without `not`, or one filter. */
export interface Query {
  readonly words: readonly Term[];
  /** Who wrote it; `me` is whoever asks. */
  readonly from?: NameKey | "me";
  readonly in?: Address;
  /** Written before this instant. */
  readonly beforeAt?: WallMillis;
  /** Written at this instant or later. */
  readonly afterAt?: WallMillis;
  readonly has: readonly ("link" | "file")[];
  readonly mentions?: NameKey | "me";
}

type Filter = keyof typeof examples;
type Filters = { -readonly [Key in keyof Omit<Query, "words" | "has">]: Query[Key] } & {
  has: ("link" | "file")[];
};

const examples = {
  from: "from:alice",
  in: "in:#dev, in:@bob or in:everyone",
  before: "before:2026-11-22",
  after: "after:2026-11-01",
  has: "has:link or has:file",
  mentions: "mentions:me",
} as const;

/** A phrase in quotes of any kind, closed or not, or anything up to white space. */
const piece = /(-?)["“”„«»]([^"“”„«»]*)(?:["“”„«»](\*?)|$)|\S+/gu;
const filter = /^(-?)(from|in|before|after|has|mentions):(.*)$/i;

/** Any text gives a query, or the reason why it is none, for people to read. */
export function parseQuery(text: string, limits: Limits): Result<Query, string> {
  if (longerThan(text, limits.searchChars))
    return fault(`a search has at most ${limits.searchChars} characters`);
  const words: Term[] = [];
  const filters: Filters = { has: [] };
  for (const found of text.matchAll(piece)) {
    const [whole, minus = "", phrase, star] = found;
    if (phrase !== undefined) {
      addTerm(words, phrase, star === "*", minus === "-");
      continue;
    }
    const named = filter.exec(whole);
    if (named === null) {
      const not = /^-[\p{L}\p{N}]/u.test(whole);
      addTerm(words, whole, /[\p{L}\p{N}\p{M}]\*$/u.test(whole), not);
      continue;
    }
    const name = named[2]?.toLowerCase() as Filter;
    if (named[1] === "-") return fault(`${name}: can't be turned around with -; only words can`);
    const reason = addFilter(filters, name, named[3] ?? "", limits);
    if (reason !== undefined)
      return fault(`${name}:${quoted(named[3] ?? "")} ${reason}; for example ${examples[name]}`);
  }
  if (words.length > limits.searchTerms) return fault(`a search has at most ${limits.searchTerms} words`);
  const filtered = filters.has.length > 0 || Object.keys(filters).length > 1;
  if (!filtered && words.every((term) => term.not)) return fault("search for at least one word");
  return ok({ words, ...filters });
}

/** Signs alone, such as an emoji, are not searched for: they have no tokens. */
function addTerm(words: Term[], text: string, prefix: boolean, not: boolean): void {
  const tokens = searchTokens(text);
  if (tokens.length > 0) words.push({ tokens, prefix, not });
}

/** Sets the filter, or tells what is wrong with it. */
function addFilter(filters: Filters, name: Filter, value: string, limits: Limits): string | undefined {
  if (value === "") return "needs a value right behind the colon";
  if (name === "has") {
    const what = value.toLowerCase();
    if (what !== "link" && what !== "file") return "is nothing that can be searched for";
    if (!filters.has.includes(what)) filters.has.push(what);
    return undefined;
  }
  const field = name === "before" ? "beforeAt" : name === "after" ? "afterAt" : name;
  if (filters[field] !== undefined) return "stands there twice";
  switch (name) {
    case "in": {
      const address = parseConversation(value, limits);
      if (!address.ok) return `is no conversation: ${address.fault}`;
      filters.in = address.value;
      return undefined;
    }
    case "before":
    case "after": {
      const at = parseInstant(value);
      if (at === undefined) return "is no date";
      filters[name === "before" ? "beforeAt" : "afterAt"] = at;
      return undefined;
    }
    default: {
      const person = value.startsWith("@") ? value.slice(1) : value;
      const parsed = parseName(person, limits);
      if (person.toLowerCase() === "me") filters[name] = "me";
      else if (parsed.ok) filters[name] = parsed.value.key;
      else return `is nobody's name: ${parsed.fault}`;
      return undefined;
    }
  }
}

function quoted(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}
