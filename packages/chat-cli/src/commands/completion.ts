// What Tab does: it completes the word before the cursor, and pressed again goes on to the next that fits.

import { nameKey } from "chat-hub";
import type { Editor } from "../editor.js";
import { edgeFrom } from "../width.js";
import type { Offer } from "./offers.js";

/** A completion that may still be changed by pressing Tab again. */
export interface Completion {
  /** Where the word begins, and what comes after it. */
  readonly start: number;
  readonly rest: string;
  readonly fitting: readonly string[];
  readonly chosen: number;
}

/** `offers` gives the whole words that can stand where the line up to the cursor ends. */
export function complete(editor: Editor, offers: (before: string) => readonly Offer[], step: 1 | -1): Editor {
  const begun = editor.completion ?? begin(editor, offers, step);
  if (begun === undefined) return editor;
  const count = begun.fitting.length;
  const chosen = (begun.chosen + step + count) % count;
  const before = `${editor.text.slice(0, begun.start)}${begun.fitting[chosen] ?? ""} `;
  const text = before + begun.rest;
  return { ...editor, text, cursor: edgeFrom(text, before.length), completion: { ...begun, chosen } };
}

function begin(
  { text, cursor }: Editor,
  offers: (before: string) => readonly Offer[],
  step: 1 | -1,
): Completion | undefined {
  const before = text.slice(0, cursor);
  const typed = /\S*$/.exec(before)?.[0] ?? "";
  // Among all words there are nobody is looking for one; among those a command takes, somebody may.
  if (typed === "" && !/^\/\S/.test(before)) return undefined;
  const key = nameKey(typed);
  const fitting = offers(before)
    .filter(({ word }) => nameKey(word).startsWith(key))
    .map(({ word, puts }) => puts ?? word);
  if (fitting.length === 0) return undefined;
  // One before the first, or the first: the step that follows goes to the first, or to the last.
  const chosen = step === 1 ? -1 : 0;
  const start = cursor - typed.length;
  return { start, rest: text.slice(cursor).replace(/^ /, ""), fitting: [...new Set(fitting)], chosen };
}
