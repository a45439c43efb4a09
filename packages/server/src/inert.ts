// Text that others have made, on its way to a terminal or into a log: it is shown, and does nothing there.

/** What moves the cursor, hides or turns text, or ends a line is written out: `\u{1b}`. */
export function inert(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, writtenOut);
}

function writtenOut(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}
