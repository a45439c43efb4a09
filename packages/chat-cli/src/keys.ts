// What each key means to the editor. Keys come from `readline.emitKeypressEvents`, which knows the
// sequences of the terminals, and marks where a paste begins and ends.

/** A key as readline names it. */
export interface Key {
  readonly name?: string | undefined;
  readonly sequence?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly meta?: boolean | undefined;
  readonly shift?: boolean | undefined;
}

export type Stroke =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: Move }
  | { readonly type: Cut }
  | { readonly type: "yank" | "older" | "newer" | "complete" | "completeBack" }
  | { readonly type: "enter" | "newline" | "pasteStart" | "pasteEnd" }
  | { readonly type: "interrupt" | "endOfInput" | "suspend" | "clearScreen" };

export type Move = "left" | "right" | "wordLeft" | "wordRight" | "home" | "end";
export type Cut = "rubLeft" | "rubRight" | "cutWordLeft" | "cutWordRight" | "cutToStart" | "cutToEnd";

const plain: Readonly<Record<string, Stroke["type"]>> = {
  left: "left",
  right: "right",
  home: "home",
  end: "end",
  up: "older",
  down: "newer",
  backspace: "rubLeft",
  delete: "rubRight",
  return: "enter",
  // What Ctrl-J sends, and the Enter of a paste from another system.
  enter: "newline",
  tab: "complete",
  "paste-start": "pasteStart",
  "paste-end": "pasteEnd",
};

const withControl: Readonly<Record<string, Stroke["type"]>> = {
  a: "home",
  e: "end",
  b: "left",
  f: "right",
  p: "older",
  n: "newer",
  h: "rubLeft",
  d: "endOfInput",
  k: "cutToEnd",
  u: "cutToStart",
  w: "cutWordLeft",
  y: "yank",
  l: "clearScreen",
  c: "interrupt",
  z: "suspend",
  left: "wordLeft",
  right: "wordRight",
  backspace: "cutWordLeft",
  delete: "cutWordRight",
};

const withMeta: Readonly<Record<string, Stroke["type"]>> = {
  b: "wordLeft",
  f: "wordRight",
  d: "cutWordRight",
  left: "wordLeft",
  right: "wordRight",
  backspace: "cutWordLeft",
  delete: "cutWordRight",
  return: "newline",
  enter: "newline",
};

/** The meaning of a key; nothing for one that has none here. */
export function strokeOf(text: string | undefined, key: Key): Stroke | undefined {
  const table = key.ctrl === true ? withControl : key.meta === true ? withMeta : plain;
  if (key.name === "tab" && key.shift === true) return { type: "completeBack" };
  if (key.name !== undefined && Object.hasOwn(table, key.name)) return { type: table[key.name] } as Stroke;
  if (key.ctrl === true || key.meta === true || text === undefined || text === "") return undefined;
  // A key without a meaning, such as F5, comes as its escape sequence.
  return /^[\u0000-\u001f\u007f-\u009f]/.test(text) ? undefined : { type: "text", text };
}
