// Lines of a conversation as the rows of the log: dividers for days and for the first unread one, and lines that go
// with the one above them (same author, soon after), which say no name again.

import type { Clock } from "./clock.js";

export interface Line {
  /** Stays the same from writing to being sent, so that a row is moved and never made anew. */
  readonly key: string;
  /** Absent until it is acked. */
  readonly seq?: number | undefined;
  readonly from: string;
  readonly own: boolean;
  readonly message: string;
  readonly at: number;
  readonly state: LineState;
}

export type LineState =
  | { readonly type: "sent" }
  /** On its way, or waiting for a connection. */
  | { readonly type: "sending" }
  | { readonly type: "failed"; readonly reason: string };

export type Row =
  | { readonly type: "day"; readonly key: string; readonly label: string }
  | { readonly type: "unread"; readonly key: string }
  | { readonly type: "line"; readonly key: string; readonly line: Line; readonly follows: boolean };

/** Lines of one author closer than this are read as one. */
const togetherMs = 5 * 60_000;

/** @param unreadFrom the first seq that was not read when the conversation was opened */
export function rows(
  lines: readonly Line[],
  unreadFrom: number | undefined,
  clock: Clock,
  now: number,
): readonly Row[] {
  const built: Row[] = [];
  let above: Line | undefined;
  let day = "";
  let marked = unreadFrom === undefined;
  for (const line of lines) {
    const key = clock.dayKey(line.at);
    if (key !== day) {
      built.push({ type: "day", key: `day ${key}`, label: clock.day(line.at, now) });
      day = key;
      above = undefined;
    }
    // What I wrote myself is never news to me.
    if (!marked && !line.own && (line.seq ?? 0) >= (unreadFrom ?? 0)) {
      built.push({ type: "unread", key: "unread" });
      marked = true;
      above = undefined;
    }
    built.push({ type: "line", key: line.key, line, follows: above !== undefined && together(above, line) });
    above = line;
  }
  return built;
}

function together(above: Line, line: Line): boolean {
  return above.from === line.from && line.at - above.at < togetherMs;
}
