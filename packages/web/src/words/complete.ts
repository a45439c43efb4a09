// Names that are being called: what stands between an @ and the caret, and the text once somebody is chosen.

import { nameKey } from "chat-hub";

export interface Call {
  /** Where its @ stands. */
  readonly from: number;
  readonly letters: string;
}

// Not inside a word or an address: `me@example.org` calls nobody.
const calling = /(?<![\p{L}\p{N}\p{M}_.@/-])@([\p{L}\p{N}\p{M}_.-]{0,32})$/u;

/** The name that is being typed at the caret, if one is. */
export function callAt(text: string, caret: number): Call | undefined {
  const found = calling.exec(text.slice(Math.max(0, caret - 100), caret));
  if (found === null) return undefined;
  const letters = found[1] ?? "";
  return { from: caret - letters.length - 1, letters };
}

/** Those who fit, at most `most`: by the order in which they are given. */
export function candidates(names: readonly string[], letters: string, most: number): readonly string[] {
  const wanted = nameKey(letters);
  const fitting = names.filter((name) => nameKey(name).startsWith(wanted));
  // Typed in full there is nothing to complete.
  return fitting.length === 1 && nameKey(fitting[0] ?? "") === wanted ? [] : fitting.slice(0, most);
}

export function completed(
  text: string,
  { from, letters }: Call,
  name: string,
): { readonly text: string; readonly caret: number } {
  const end = from + 1 + letters.length;
  const space = /^\s/.test(text.slice(end)) ? "" : " ";
  return { text: `${text.slice(0, from)}@${name}${space}${text.slice(end)}`, caret: from + name.length + 2 };
}
