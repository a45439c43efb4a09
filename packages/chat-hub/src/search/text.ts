// What a search knows of a message: its tokens, and whether it has a link or a file.

import { spans, tokenChars } from "./scan.js";

/**
 * The folded tokens of a message, in order; the same for the words of a query. A token has 1 to 64 code points, all of
 * them letters, digits and the vowel signs of Indic and South-East Asian scripts: never a space, a quote or a sign, so
 * that tokens can be joined by spaces, and stand in quotes in an index's own query. Folding a token changes nothing.
 * SQLite's FTS5 keeps them whole with its tokenizer `ascii`; `unicode61` breaks them at vowel signs, and would find more.
 */
export function searchTokens(message: string): string[] {
  if (/^[\0-\x7f]*$/.test(message)) return asciiTokens(message);
  return spans(message).map((span) => span.token);
}

/** The same, three times as fast: most of what is written in many houses. */
function asciiTokens(message: string): string[] {
  const tokens: string[] = message.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  for (const [index, token] of tokens.entries()) {
    if (token.length > tokenChars) tokens[index] = token.slice(0, tokenChars);
  }
  return tokens;
}

/** Whether there is an http or https address in it. */
export function hasLink(message: string): boolean {
  return links(message).length > 0;
}

/**
 * Whether one of its links leads to a file: its path ends with an extension of 1 to 5 letters or digits. Files that
 * are sent in the chat itself come later.
 */
export function hasFile(message: string): boolean {
  return links(message).some((link) => {
    const path = link.slice(link.indexOf("://") + 3).split(/[?#]/, 1)[0] ?? "";
    const slash = path.lastIndexOf("/");
    return slash > 0 && /\.[a-z0-9]{1,5}$/i.test(path.slice(slash));
  });
}

/** Up to white space or to the signs of Chinese and Japanese, without the sentence's own signs behind it. */
function links(message: string): readonly string[] {
  if (!message.includes("://")) return [];
  const found = message.match(/\bhttps?:\/\/[\p{L}\p{N}[][^\s\u3000-\u303f\uff00-\uffef]*/giu) ?? [];
  return found.map(withoutSigns);
}

// A loop, since a pattern that looks for the end of a run of signs tries again from each of them.
function withoutSigns(link: string): string {
  let end = link.length;
  while (end > 0 && ".,;:!?)]}>'\"*_~`،؛؟»”’…".includes(link.charAt(end - 1))) end -= 1;
  return link.slice(0, end);
}
