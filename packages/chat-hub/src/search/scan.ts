// The one place where text becomes tokens: for messages, for queries, and for the marks in a snippet.

import type { Kind } from "./fold.js";
import { fold } from "./fold.js";

/** The longest token, in code points; what is beyond is left out of it. */
export const tokenChars = 64;

/** A token, and the UTF-16 range of the text that it was made from. Two tokens may come from one character (㍿). */
export interface Span {
  readonly token: string;
  readonly start: number;
  readonly end: number;
}

/** The tokens of a text in order. Takes time in proportion to its length, whatever it is. */
export function spans(text: string): readonly Span[] {
  const found: Span[] = [];
  let open: Kind | undefined;
  let [token, letter, points, start, end] = ["", "", 0, 0, 0];
  let composed = true;

  const close = (): void => {
    if (open !== undefined) found.push({ token: composed ? token : token.normalize("NFC"), start, end });
    open = undefined;
  };
  const begin = (kind: Kind, at: number): void => {
    close();
    [open, token, letter, points, start, composed] = [kind, "", "", 0, at, true];
  };
  const add = (piece: string): void => {
    if (points >= tokenChars) return;
    points += 1;
    token += piece;
  };

  for (let at = 0, next = 0; at < text.length; at = next) {
    const point = text.codePointAt(at) ?? 0;
    next = at + (point > 0xffff ? 2 : 1);
    for (const part of fold(point)) {
      switch (part.kind) {
        case "gap":
          close();
          continue;
        case "mark":
        case "breve":
          if (open === undefined) continue;
          if (part.kind === "mark" ? part.text !== "" : isOther(letter)) {
            add(part.text);
            composed = false;
          }
          break;
        case "rhyme":
          if (open !== "syllable") begin("syllable", at);
          add(part.text);
          composed = false;
          break;
        case "word":
          if (open !== "word") begin("word", at);
          add(part.text);
          letter = part.text;
          break;
        default:
          begin(part.kind, at);
          add(part.text);
          letter = part.text;
      }
      end = next;
    }
  }
  close();
  return found;
}

/** Whether a breve or two dots make another letter of it: й, ў and ї are, ё is written е as one likes. */
function isOther(letter: string): boolean {
  return letter >= "а" && letter <= "џ" && letter !== "е";
}
