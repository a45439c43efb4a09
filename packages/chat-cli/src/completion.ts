// What Tab does: it completes the word before the cursor, and pressed again goes on to the next that fits.

import { nameKey } from "chat-hub";
import type { Editor } from "./editor.js";

/** A completion that may still be changed by pressing Tab again. */
export interface Completion {
  /** Where the word begins, and what was typed of it. */
  readonly start: number;
  readonly rest: string;
  readonly fitting: readonly string[];
  readonly chosen: number;
}

/** `words` are whole words, in the order in which they are offered: names, `@names`, `/commands`. */
export function complete(editor: Editor, words: readonly string[], step: 1 | -1): Editor {
  const begun = editor.completion ?? begin(editor, words, step);
  if (begun === undefined) return editor;
  const count = begun.fitting.length;
  const chosen = (begun.chosen + step + count) % count;
  const word = begun.fitting[chosen] ?? "";
  // A command and a recipient are followed by what is said; a name at the beginning speaks to somebody.
  const end = begun.start > 0 || /^[@/]/.test(word) ? " " : ": ";
  const before = `${editor.text.slice(0, begun.start)}${word}${end}`;
  return { ...editor, text: before + begun.rest, cursor: before.length, completion: { ...begun, chosen } };
}

function begin({ text, cursor }: Editor, words: readonly string[], step: 1 | -1): Completion | undefined {
  const typed = /\S*$/.exec(text.slice(0, cursor))?.[0] ?? "";
  if (typed === "") return undefined;
  const start = cursor - typed.length;
  const key = nameKey(typed);
  const fitting = words.filter(
    (word) => nameKey(word).startsWith(key) && (start === 0 || !word.startsWith("/")),
  );
  if (fitting.length === 0) return undefined;
  // One before the first, or the first: the step that follows goes to the first, or to the last.
  const chosen = step === 1 ? -1 : 0;
  return { start, rest: text.slice(cursor).replace(/^ /, ""), fitting, chosen };
}
