// The one place that every line of the log goes through before it is written. Whoever logs chooses what to tell; here is
// seen to it that no secret is told by mistake, and that nothing a stranger has sent does anything to a terminal.

import { inert } from "../inert.js";
import type { LogFacts } from "./log.js";

/** More of one fact, or of the words, is not told. */
const mostChars = 300;

/** A fact with such a name is never told. */
const secretName =
  /token|password|passwd|secret|credential|authori[sz]ation|cookie|bearer|protocol|nonce|message|body|query/i;

/** Where secrets stand in text that others have made: behind `?` in a URL, behind their name, in a header, in a JWT. */
const secretTexts: readonly (readonly [pattern: RegExp, shown: string])[] = [
  [/([a-z]+:\/\/[^\s?#"']*|\/[\w./-]*)\?[^\s"']*/gi, "$1?…"],
  [/\/\/[^\s/@"']+@/g, "//…@"],
  [/\b(bearer|basic)[ .]+[^\s"',;]+/gi, "$1 …"],
  [/\b(token|password|passwd|secret|nonce)("?\s*[=:]\s*"?)[^\s"'&,;}]+/gi, "$1$2…"],
  [/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, "…"],
];

export function cleanText(text: string): string {
  let clean = text.slice(0, 3 * mostChars);
  for (const [pattern, shown] of secretTexts) clean = clean.replace(pattern, shown);
  clean = inert(clean);
  return clean.length > mostChars ? `${clean.slice(0, mostChars)}…` : clean;
}

export function cleanFacts(facts: LogFacts): LogFacts {
  const clean: Record<string, string | number | boolean> = {};
  for (const [name, fact] of Object.entries(facts)) {
    if (fact === undefined || secretName.test(name)) continue;
    clean[name] = typeof fact === "string" ? cleanText(fact) : fact;
  }
  return clean;
}
