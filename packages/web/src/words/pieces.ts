// A message as pieces of text, links and called names. Only http and https become links, and only where a reader sees the whole
// address: what is shown is what is opened. Everything else stays text, whatever it looks like.

import { nameKey } from "chat-hub";

export interface Piece {
  readonly kind: "text" | "link" | "mention";
  readonly text: string;
}

// No white space, quotes or brackets, no control, invisible or direction-changing character: those could make an
// address look like another one.
const candidate = /https?:\/\/[^\s<>"`{}|\\^\p{C}\p{Default_Ignorable_Code_Point}]+/giu;
const trailing = /[.,:;!?'"*_~)\]،؛؟。、，！？）」]$/u;
const pairs: Readonly<Record<string, string>> = { ")": "(", "]": "[" };

/** @param mentions the names that the server found called in it */
export function pieces(message: string, mentions: readonly string[] = []): readonly Piece[] {
  const found = linked(message);
  if (mentions.length === 0) return found;
  const called = new Set(mentions.map((name) => nameKey(name)));
  return found.flatMap((piece) => (piece.kind === "text" ? withMentions(piece.text, called) : [piece]));
}

// Not inside a word or an address; the end of a sentence is not the end of a name.
const call = /(?<![\p{L}\p{N}\p{M}_.@/-])@([\p{L}\p{Nd}](?:[\p{L}\p{Nd}\p{M}_.-]*[\p{L}\p{Nd}\p{M}_])?)/gu;

function withMentions(text: string, called: ReadonlySet<string>): readonly Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(call)) {
    if (!called.has(nameKey(match[1] ?? ""))) continue;
    if (match.index > end) found.push({ kind: "text", text: text.slice(end, match.index) });
    found.push({ kind: "mention", text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ kind: "text", text: text.slice(end) });
  return found;
}

function linked(message: string): readonly Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of message.matchAll(candidate)) {
    const text = withoutTrailing(match[0]);
    if (!isOpenable(text)) continue;
    if (match.index > end) found.push({ kind: "text", text: message.slice(end, match.index) });
    found.push({ kind: "link", text });
    end = match.index + text.length;
  }
  if (end < message.length) found.push({ kind: "text", text: message.slice(end) });
  return found;
}

/** Punctuation after an address belongs to the sentence, except a bracket that the address opened itself. */
function withoutTrailing(text: string): string {
  let end = text.length;
  const unopened: Record<string, number> = {};
  for (const [closer, opener] of Object.entries(pairs)) {
    unopened[closer] = count(text, closer) - count(text, opener);
  }
  for (; end > 0; end -= 1) {
    const last = text.charAt(end - 1);
    if (!trailing.test(last)) break;
    const surplus = unopened[last];
    if (surplus === undefined) continue;
    if (surplus <= 0) break;
    unopened[last] = surplus - 1;
  }
  return text.slice(0, end);
}

/** A name before the host (`https://bank.example@elsewhere`) is a disguise and nothing else. */
function isOpenable(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}
