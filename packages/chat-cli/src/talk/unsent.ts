// What was entered and is not in the log yet: it waits above the prompt, and is printed when it has its
// place, so that the lines that stay are in everybody's order.

import type { Millis, Unsent } from "chat-hub";
import { inert } from "../inert.js";
import type { Row } from "../layout.js";
import { rowOf } from "../layout.js";
import { deedWords } from "../notices.js";
import type { Palette } from "../palette.js";
import { clip } from "../width.js";

export interface Waiting {
  /** All there is, in order. */
  take(unsent: readonly Unsent[], at: Millis): void;
  /** It was refused for now, and is tried again at a time. */
  delay(nonce: string, reason: string, until: Millis): void;
  /** What has no answer yet. */
  count(): number;
  /** What may still be taken back, the last of it first. */
  fresh(): string | undefined;
  /** One row for each, the first few of them, no wider than this; what has only just been entered has none. */
  rows(columns: number, at: Millis): readonly Row[];
}

const mostRows = 4;
/** What the server takes at once is never shown as waiting: that would only flicker. */
export const patienceMs = 300;

interface Delay {
  readonly reason: string;
  readonly until: Millis;
}

export function createWaiting(palette: Palette): Waiting {
  const delays = new Map<string, Delay>();
  let since = new Map<string, Millis>();
  let all: readonly Unsent[] = [];
  const { sending, to: arrow } = palette.signs;

  function words({ nonce, deed }: Unsent, at: Millis): string {
    const delay = delays.get(nonce);
    const seconds = delay === undefined ? 0 : Math.ceil((delay.until - at) / 1000);
    const why = delay === undefined || seconds < 1 ? "" : `(${delay.reason}; again in ${seconds} s)  `;
    if (deed.type !== "message") return `${sending} ${why}${deedWords(deed)}`;
    const { conversation, message } = deed;
    const to = conversation === "everyone" ? "" : ` ${arrow} ${conversation.replace(/^@/, "")}`;
    return `${sending} ${why}you${to}  ${message.replace(/\s+/g, " ")}`;
  }

  return {
    take(unsent, at) {
      all = unsent.filter(({ state }) => state.type !== "failed");
      since = new Map(all.map(({ nonce }) => [nonce, since.get(nonce) ?? at]));
      for (const nonce of delays.keys()) if (!since.has(nonce)) delays.delete(nonce);
    },
    delay(nonce, reason, until) {
      delays.set(nonce, { reason, until });
    },
    count: () => all.filter(({ state }) => state.type !== "placed").length,
    fresh: () => all.findLast(({ state }) => state.type === "waiting" && state.fresh)?.nonce,
    rows(columns, at) {
      const late = all.filter(({ nonce }) => at - (since.get(nonce) ?? at) >= patienceMs);
      const shown = late.slice(0, late.length > mostRows ? mostRows - 1 : mostRows);
      const texts = shown.map((unsent) => words(unsent, at));
      if (late.length > shown.length) texts.push(`${sending} and ${late.length - shown.length} more`);
      return texts.map((text) => rowOf(clip(inert(text), columns - 1), palette.quiet));
    },
  };
}
