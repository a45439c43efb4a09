// Items of a conversation as the rows of the log: dividers for days and for the first unread line, lines that go with
// the one above them (same author, soon after), and what is told in short: comings and goings, lines of the blocked.

import type { Clock } from "./clock.js";
import type { Happened, Item, Said } from "./items.js";

export type Row =
  | { readonly type: "day"; readonly key: string; readonly label: string }
  | { readonly type: "unread"; readonly key: string }
  | { readonly type: "line"; readonly key: string; readonly said: Said; readonly follows: boolean }
  | { readonly type: "happened"; readonly key: string; readonly all: readonly Happened[] }
  | { readonly type: "hidden"; readonly key: string; readonly all: readonly Said[] }
  | { readonly type: "hole"; readonly key: string };

/** Lines of one author closer than this are read as one. */
const togetherMs = 5 * 60_000;

/**
 * @param unreadFrom the first seq that was not read when the conversation was opened
 * @param revealed keys of hidden lines that the reader wants to see
 */
export function rows(
  items: readonly Item[],
  unreadFrom: number | undefined,
  clock: Clock,
  now: number,
  revealed: ReadonlySet<string> = new Set(),
): readonly Row[] {
  const built: Row[] = [];
  let day = "";
  let marked = unreadFrom === undefined;
  for (const item of items) {
    if (item.kind === "hole") {
      built.push({ type: "hole", key: item.key });
      continue;
    }
    const at = item.kind === "room" ? item.what.at : item.at;
    const key = clock.dayKey(at);
    if (key !== day) {
      built.push({ type: "day", key: `day ${key} ${item.key}`, label: clock.day(at, now) });
      day = key;
    }
    if (!marked && isNews(item) && (item.seq ?? 0) >= (unreadFrom ?? 0)) {
      built.push({ type: "unread", key: "unread" });
      marked = true;
    }
    const above = built.at(-1);
    if (item.kind === "message" && !isHidden(item, revealed)) {
      built.push({ type: "line", key: item.key, said: item, follows: follows(above, item) });
    } else {
      const row = joined(above, item);
      if (row === undefined) built.push(alone(item));
      else built.splice(-1, 1, row);
    }
  }
  return built;
}

/** What I wrote myself is never news to me, and neither are comings and goings, or lines of the blocked. */
function isNews(item: Said | Happened): boolean {
  return item.kind === "message" && !item.own && !item.hidden;
}

function isHidden(said: Said, revealed: ReadonlySet<string>): boolean {
  return said.hidden && !revealed.has(said.key);
}

function follows(above: Row | undefined, said: Said): boolean {
  if (above?.type !== "line" || above.said.deleted || said.replyTo !== undefined) return false;
  return above.said.from === said.from && said.at - above.said.at < togetherMs;
}

/** Its first line names it: more come at its end than above. */
function alone(item: Said | Happened): Row {
  if (item.kind === "room") return { type: "happened", key: item.key, all: [item] };
  return { type: "hidden", key: item.key, all: [item] };
}

function joined(above: Row | undefined, item: Said | Happened): Row | undefined {
  if (above?.type === "happened" && item.kind === "room") {
    return { type: "happened", key: above.key, all: [...above.all, item] };
  }
  if (above?.type === "hidden" && item.kind === "message") {
    return { type: "hidden", key: above.key, all: [...above.all, item] };
  }
  return undefined;
}
