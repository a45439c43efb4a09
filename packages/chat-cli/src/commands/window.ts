// Which lines of a conversation /history is to show.

import type { Result } from "chat-hub";
import { fault, ok } from "chat-hub";

export type HistoryWindow =
  | { readonly type: "last"; readonly count: number }
  | { readonly type: "before" | "after" | "around"; readonly seq: number }
  /** From this moment on: Unix milliseconds. */
  | { readonly type: "from"; readonly at: number };

const number = /^[1-9]\d{0,14}$/;
const day = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]+(\d{1,2}):(\d{2}))?$/;
const hour = /^(\d{1,2}):(\d{2})$/;

/** `50`, `before 41`, `2026-11-22`, `2026-11-22 14:30`, `14:30`, `today`, `yesterday`; by the local clock. */
export function readWindow(text: string, _bare = true, today = new Date()): Result<HistoryWindow, string> {
  const [first = "", second = "", ...rest] = text.trim().toLowerCase().split(/\s+/);
  if (number.test(first) && second === "") return ok({ type: "last", count: Number(first) });
  if ((first === "before" || first === "after" || first === "around") && number.test(second)) {
    if (rest.length === 0) return ok({ type: first, seq: Number(second) });
  }
  const at = moment(text.trim().toLowerCase(), today);
  if (at !== undefined) return ok({ type: "from", at });
  return fault("which lines? 50, before 41, after 41, around 41, 2026-11-22, 14:30, today or yesterday");
}

function moment(text: string, today: Date): number | undefined {
  const year = today.getFullYear();
  const month = today.getMonth();
  const date = today.getDate();
  if (text === "today") return new Date(year, month, date).getTime();
  if (text === "yesterday") return new Date(year, month, date - 1).getTime();
  const time = hour.exec(text);
  if (time !== null) return valid(year, month, date, Number(time[1]), Number(time[2]));
  const parts = day.exec(text);
  if (parts === null) return undefined;
  const [y = 0, m = 1, d = 1, h = 0, min = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return valid(y, m - 1, d, h, min);
}

/** Only a moment that a calendar has: no 31 April becomes the first of May. */
function valid(
  year: number,
  month: number,
  date: number,
  hours: number,
  minutes: number,
): number | undefined {
  const found = new Date(year, month, date, hours, minutes);
  const isSame = found.getMonth() === month && found.getDate() === date && hours < 24 && minutes < 60;
  return isSame ? found.getTime() : undefined;
}
