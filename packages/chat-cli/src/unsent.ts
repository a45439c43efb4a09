// What was entered and is not in the log yet: it waits above the prompt, and is printed when it has its
// place, so that the lines that stay are in everybody's order.

import type { Millis } from "chat-hub";
import type { Row } from "./layout.js";
import { rowOf } from "./layout.js";
import type { Palette } from "./palette.js";
import { clip } from "./width.js";

export interface Said {
  /** A conversation: `everyone`, `@bob`. */
  readonly to: string;
  readonly message: string;
}

export interface Unsent {
  add(nonce: string, said: Said): void;
  /** It was refused for now, and is tried again at a time. */
  delay(nonce: string, reason: string, until: Millis): void;
  /** It is settled, one way or the other. */
  take(nonce: string): Said | undefined;
  count(): number;
  /** One row for each, the first few of them, no wider than this. */
  rows(columns: number, at: Millis): readonly Row[];
}

const mostRows = 4;

export function createUnsent(palette: Palette): Unsent {
  const waiting = new Map<
    string,
    Said & { readonly delay?: { readonly reason: string; readonly until: Millis } }
  >();
  const { sending, to: arrow } = palette.signs;

  return {
    add(nonce, said) {
      waiting.set(nonce, said);
    },
    delay(nonce, reason, until) {
      const said = waiting.get(nonce);
      if (said !== undefined) waiting.set(nonce, { ...said, delay: { reason, until } });
    },
    take(nonce) {
      const said = waiting.get(nonce);
      waiting.delete(nonce);
      return said;
    },
    count: () => waiting.size,
    rows(columns, at) {
      const shown = [...waiting.values()].slice(0, waiting.size > mostRows ? mostRows - 1 : mostRows);
      const texts = shown.map(({ to, message, delay }) => {
        const seconds = delay === undefined ? 0 : Math.ceil((delay.until - at) / 1000);
        const why = delay === undefined || seconds < 1 ? "" : `(${delay.reason}; again in ${seconds} s)  `;
        const address = to === "everyone" ? "" : ` ${arrow} ${to.slice(1)}`;
        return `${sending} ${why}you${address}  ${message.replace(/\s+/g, " ")}`;
      });
      if (waiting.size > shown.length) texts.push(`${sending} and ${waiting.size - shown.length} more`);
      return texts.map((text) => rowOf(clip(text, columns - 1), palette.quiet));
    },
  };
}
