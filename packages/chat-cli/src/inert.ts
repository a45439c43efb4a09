// The one place where text from the network, or from anybody's keyboard, becomes text for a terminal.
// Nothing it gives can move the cursor, colour, ring, answer back, turn the direction of writing or
// pile marks over other lines: whatever could is taken out, and what is left is plain.

declare const brand: unique symbol;
/** Text that a terminal can only show. Made here, and in `paint` out of what is made here. */
export type Inert = string & { readonly [brand]: "Inert" };

/** Marks on one letter, past which they only pile up. Scripts that stack them need no more. */
const mostMarks = 8;

// C0 with ESC, DEL, C1 with the eight-bit CSI, the controls and marks of bidirectional text, line and
// paragraph separators, the soft hyphen, the byte order mark, annotation marks and deprecated controls.
const controls =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0001}]/gu;
// Line ends of every system; the message's author meant them, so they are kept as breaks.
const breaks = /\r\n|[\n\r\u0085\u2028\u2029]/;
const pile = new RegExp(
  `([\\p{M}\\p{Grapheme_Extend}\\u200d]{${mostMarks}})[\\p{M}\\p{Grapheme_Extend}\\u200d]+`,
  "gu",
);

/** One line; where the text had a line end or a tab it has a space. */
export function inert(text: string): Inert {
  return everyLine(text).join(" ") as Inert;
}

/** The text line by line, as its author broke it; blank lines at its ends are left out. */
export function inertLines(text: string): readonly Inert[] {
  const lines = everyLine(text);
  const first = lines.findIndex((line) => line.trim() !== "");
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return first < 0 ? ["" as Inert] : lines.slice(first, last + 1);
}

/**
 * JSON that loses nothing and does nothing: what JSON itself leaves bare, and a terminal might obey, is
 * written as an escape.
 */
export function inertJson(value: unknown): Inert {
  return JSON.stringify(value).replace(controls, escaped) as Inert;
}

function everyLine(text: string): readonly Inert[] {
  return text.toWellFormed().split(breaks).map(plain);
}

function plain(line: string): Inert {
  return line.replaceAll("\t", "  ").replace(controls, "").replace(pile, "$1") as Inert;
}

function escaped(control: string): string {
  let text = "";
  for (let index = 0; index < control.length; index += 1) {
    text += `\\u${control.charCodeAt(index).toString(16).padStart(4, "0")}`;
  }
  return text;
}
