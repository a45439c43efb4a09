// The line being typed: pure, by graphemes. A key goes in, and out come the next state and, rarely, a
// deed that concerns more than the line.

import type { Completion } from "./commands/completion.js";
import { complete } from "./commands/completion.js";
import type { Offer } from "./commands/offers.js";
import type { Cut, Move, Stroke } from "./keys.js";
import type { Grapheme } from "./width.js";
import { edgeFrom, segment } from "./width.js";

export interface Editor {
  readonly text: string;
  /** Where the next letter goes: an index into `text` that no grapheme lies across. */
  readonly cursor: number;
  /** What was entered before, the newest last. */
  readonly past: readonly string[];
  /** Which of the past is shown; `past.length` is the draft itself, kept in `draft` meanwhile. */
  readonly place: number;
  readonly draft: string;
  /** What was cut last, for Ctrl-Y. */
  readonly cut: string;
  readonly pasting: boolean;
  readonly completion: Completion | undefined;
}

export type Deed =
  | { readonly type: "entered"; readonly text: string }
  | { readonly type: "interrupt" | "leave" | "suspend" | "clearScreen" };

export interface Pressed {
  readonly editor: Editor;
  readonly deed?: Deed;
}

/** Lines that the up key goes back to. */
const mostPast = 500;

export const emptyEditor: Editor = {
  text: "",
  cursor: 0,
  past: [],
  place: 0,
  draft: "",
  cut: "",
  pasting: false,
  completion: undefined,
};

/** `offers` gives what Tab may complete to, where the line up to the cursor ends. */
export function press(
  editor: Editor,
  stroke: Stroke,
  offers: (before: string) => readonly Offer[] = () => [],
): Pressed {
  if (editor.pasting && stroke.type !== "pasteEnd") return { editor: paste(editor, stroke) };
  if (stroke.type === "complete" || stroke.type === "completeBack") {
    return { editor: complete(editor, offers, stroke.type === "complete" ? 1 : -1) };
  }
  return pressPlain({ ...editor, completion: undefined }, stroke);
}

function pressPlain(editor: Editor, stroke: Stroke): Pressed {
  switch (stroke.type) {
    case "text":
      return { editor: insert(editor, stroke.text) };
    case "newline":
      return { editor: insert(editor, "\n") };
    case "yank":
      return { editor: insert(editor, editor.cut) };
    case "left":
    case "right":
    case "wordLeft":
    case "wordRight":
    case "home":
    case "end":
      return { editor: { ...editor, cursor: target(editor, stroke.type) } };
    case "rubLeft":
    case "rubRight":
      return { editor: remove(editor, target(editor, cutTargets[stroke.type])) };
    case "cutWordLeft":
    case "cutWordRight":
    case "cutToStart":
    case "cutToEnd":
      return { editor: cut(editor, target(editor, cutTargets[stroke.type])) };
    case "older":
      return { editor: recall(editor, editor.place - 1) };
    case "newer":
      return { editor: recall(editor, editor.place + 1) };
    case "pasteStart":
      return { editor: { ...editor, pasting: true } };
    case "pasteEnd":
      return { editor: { ...editor, pasting: false } };
    case "enter":
      return enter(editor);
    case "endOfInput":
      return editor.text === ""
        ? { editor, deed: { type: "leave" } }
        : { editor: remove(editor, target(editor, "right")) };
    case "interrupt":
    case "suspend":
    case "clearScreen":
      return { editor, deed: { type: stroke.type } };
    case "complete":
    case "completeBack":
      return { editor };
  }
}

/** In a paste a key stands for itself: Enter is a line end of the message, and nothing is sent. */
function paste(editor: Editor, stroke: Stroke): Editor {
  switch (stroke.type) {
    case "text":
      return insert(editor, stroke.text);
    case "enter":
    case "newline":
      return insert(editor, "\n");
    case "complete":
      return insert(editor, "\t");
    default:
      return editor;
  }
}

/** Puts text where the cursor is, and the cursor behind it, on a grapheme's edge. */
export function insert(editor: Editor, text: string): Editor {
  const before = editor.text.slice(0, editor.cursor) + text;
  const after = editor.text.slice(editor.cursor);
  return { ...editor, text: before + after, cursor: edgeFrom(before + after, before.length) };
}

const cutTargets: Readonly<Record<Cut, Move>> = {
  rubLeft: "left",
  rubRight: "right",
  cutWordLeft: "wordLeft",
  cutWordRight: "wordRight",
  cutToStart: "home",
  cutToEnd: "end",
};

function target({ text, cursor }: Editor, move: Move): number {
  switch (move) {
    case "left":
      return segment(text.slice(0, cursor)).at(-1)?.index ?? 0;
    case "right":
      return cursor + (segment(text.slice(cursor))[0]?.text.length ?? 0);
    case "wordLeft":
      return cursor - wordLength(segment(text.slice(0, cursor)).toReversed());
    case "wordRight":
      return cursor + wordLength(segment(text.slice(cursor)));
    case "home":
      return text.slice(0, cursor).lastIndexOf("\n") + 1;
    case "end": {
      const end = text.indexOf("\n", cursor);
      return end < 0 ? text.length : end;
    }
  }
}

/** How long a word is, with what lies between it and the beginning. */
function wordLength(graphemes: readonly Grapheme[]): number {
  const isWord = ({ text }: Grapheme): boolean => /^[\p{L}\p{N}_]/u.test(text);
  const start = graphemes.findIndex(isWord);
  const length = start < 0 ? -1 : graphemes.slice(start).findIndex((one) => !isWord(one));
  const passed = length < 0 ? graphemes : graphemes.slice(0, start + length);
  return passed.reduce((sum, { text }) => sum + text.length, 0);
}

function remove(editor: Editor, to: number): Editor {
  const [from, until] = to < editor.cursor ? [to, editor.cursor] : [editor.cursor, to];
  const text = editor.text.slice(0, from) + editor.text.slice(until);
  return { ...editor, text, cursor: edgeFrom(text, from) };
}

function cut(editor: Editor, to: number): Editor {
  const removed =
    to < editor.cursor ? editor.text.slice(to, editor.cursor) : editor.text.slice(editor.cursor, to);
  return removed === "" ? editor : { ...remove(editor, to), cut: removed };
}

function recall(editor: Editor, place: number): Editor {
  const { past, text } = editor;
  if (place < 0 || place > past.length) return editor;
  const draft = editor.place === past.length ? text : editor.draft;
  const shown = past[place] ?? draft;
  return { ...editor, draft, place, text: shown, cursor: shown.length };
}

function enter(editor: Editor): Pressed {
  const { text } = editor;
  if (text.trim() === "") return { editor: { ...editor, text: "", cursor: 0 } };
  const past = [...(editor.past.at(-1) === text ? editor.past.slice(0, -1) : editor.past), text].slice(
    -mostPast,
  );
  const { cut: kept } = editor;
  return { editor: { ...emptyEditor, past, place: past.length, cut: kept }, deed: { type: "entered", text } };
}
