// Who is called by name in a text: `@bob`. Which of them are people the store decides.

import type { Limits } from "../tables/limits.js";
import type { Mentions } from "./acts.js";
import type { NameKey } from "./ids.js";
import { parseName } from "./names.js";

// Not inside a word or an address: `me@example.org` calls nobody.
const calls = /(?<![\p{L}\p{N}\p{M}_.@/-])@([\p{L}\p{Nd}][\p{L}\p{Nd}\p{M}_.-]*)/gu;

/** The names in `text`, each once, at most `limits.mentions`; nothing if it calls nobody. */
export function mentionsIn(text: string, limits: Limits): Mentions | undefined {
  if (!text.includes("@")) return undefined;
  const names = new Set<NameKey>();
  let all = false;
  for (const [, called = ""] of text.matchAll(calls)) {
    if (names.size >= limits.mentions) break;
    // The end of a sentence is not the end of a name.
    const word = called.replace(/[.-]+$/, "");
    if (word.toLowerCase() === "everyone") all = true;
    const name = parseName(word, limits);
    if (name.ok) names.add(name.value.key);
  }
  return names.size === 0 && !all ? undefined : { names: [...names], all };
}
