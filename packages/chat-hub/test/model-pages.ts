// What the model store answers to whoever reads messages as they stand: the plainest way to count in
// what was done to them.

import type { Browse, Browsed, Found, ReactionsListed, Search } from "../src/index.js";
import type { Seq, UserId } from "../src/words/ids.js";
import type { Entry, MessageEntry, Place, StandingMessage } from "../src/words/log.js";

interface Seen {
  readonly viewer: UserId;
  readonly place: Place;
  readonly entries: readonly Entry[];
  /** Places before this one are hidden from the viewer, or not kept. */
  readonly hidden: number;
  readonly forgotten: boolean;
}

type Given = Map<string, { readonly author: UserId; readonly name: string; readonly emoji: string }>;

export function browse(
  seen: Seen,
  { select, rows }: Pick<Browse, "select" | "rows">,
): Browsed | { ok: false; code: "unknown_message" } {
  const all = seen.entries
    .slice(seen.hidden)
    .filter((entry) => entry.type === "message")
    .map((message) => standing(seen, message));
  const page = (messages: StandingMessage[], more: boolean): Browsed => ({
    ok: true,
    ...seen.place,
    messages,
    first: (seen.hidden + 1) as Seq,
    head: seen.entries.length as Seq,
    forgotten: seen.forgotten,
    more,
  });
  if (select.kind === "pins")
    return page(
      ...first(
        all.filter(({ seq, pinned }) => seq > select.after && pinned === true),
        rows,
      ),
    );
  if (select.kind === "thread") {
    const asked = all.find(({ seq }) => seq === select.of);
    if (asked === undefined) return { ok: false, code: "unknown_message" };
    const root = asked.thread ?? asked.seq;
    const thread = all.filter(({ seq, thread }) => seq === root || thread === root);
    return page(
      ...first(
        thread.filter(({ seq }) => seq > select.after),
        rows,
      ),
    );
  }
  const at = (message: StandingMessage): number => (select.kind === "seq" ? message.seq : message.at);
  // A time stands for the place just before the first entry that is not before it.
  const isAfter = (message: StandingMessage, than: number): boolean =>
    select.kind === "seq" ? message.seq > than : message.at >= than;
  const { window } = select;
  const bound = "seq" in window ? window.seq : "at" in window ? window.at : 0;
  switch (window.kind) {
    case "newest":
      return page(...last(all, rows));
    case "before":
      return page(
        ...last(
          all.filter((message) => at(message) < bound),
          rows,
        ),
      );
    case "after":
      return page(
        ...first(
          all.filter((message) => isAfter(message, bound)),
          rows,
        ),
      );
    case "between": {
      const [from, to] =
        "after" in window ? [window.after, window.before] : [window.afterAt, window.beforeAt];
      return page(
        ...first(
          all.filter((message) => isAfter(message, from) && at(message) < to),
          rows,
        ),
      );
    }
    case "around": {
      const middle = all.findIndex((message) => at(message) >= bound);
      const from = Math.max(0, middle - Math.floor(rows / 2));
      return page(all.slice(from, from + rows), all.length > rows);
    }
  }
}

export function reactions(
  seen: Seen,
  target: Seq,
  skip: number,
  most: number,
): ReactionsListed | { ok: false; code: "unknown_message" } {
  if (seen.entries[target - 1]?.type !== "message") return { ok: false, code: "unknown_message" };
  const rest = [...given(seen.entries, target).values()].slice(skip);
  return { ok: true, ...seen.place, reactions: rest.slice(0, most), more: rest.length > most };
}

/** Every message that has each word; the newest first, numbered by `order`. */
export function search(
  logs: readonly Seen[],
  { query, before = Number.POSITIVE_INFINITY, most }: Search,
  order: (entry: Entry, place: Place) => number,
): Found {
  const hits = logs
    .flatMap(({ place, entries, hidden }) =>
      entries.slice(hidden).flatMap((message) => {
        if (message.type !== "message") return [];
        const words = query.words.flatMap(({ tokens }) => tokens);
        const found = words.every((word) => message.message.toLowerCase().includes(word));
        return found ? [{ place, message, next: order(message, place) }] : [];
      }),
    )
    .filter(({ next }) => next < before)
    .sort((a, b) => b.next - a.next);
  const page = hits.slice(0, most);
  const next = hits.length > page.length ? page.at(-1)?.next : undefined;
  return { ok: true, hits: page, ...(next === undefined ? {} : { next }) };
}

function first<Row>(rows: Row[], most: number): [Row[], boolean] {
  return [rows.slice(0, most), rows.length > most];
}

function last<Row>(rows: Row[], most: number): [Row[], boolean] {
  return [rows.slice(-most), rows.length > most];
}

function standing({ viewer, entries }: Seen, message: MessageEntry): StandingMessage {
  const counts = new Map<string, { emoji: string; count: number; mine: boolean }>();
  for (const { author, emoji } of given(entries, message.seq).values()) {
    const row = counts.get(emoji) ?? { emoji, count: 0, mine: false };
    counts.set(emoji, { emoji, count: row.count + 1, mine: row.mine || author === viewer });
  }
  const replies = entries.filter((entry) => entry.type === "message" && entry.thread === message.seq).length;
  const pin = entries.findLast((entry) => entry.type === "pin" && entry.target === message.seq);
  return {
    ...message,
    ...(counts.size === 0 ? {} : { reactions: [...counts.values()] }),
    ...(replies === 0 ? {} : { replies }),
    ...(pin?.type === "pin" && pin.on ? { pinned: true } : {}),
  };
}

/** Who gave which reaction, in the order in which they did. */
function given(entries: readonly Entry[], target: Seq): Given {
  const reactions: Given = new Map();
  for (const entry of entries) {
    if (entry.type !== "reaction" || entry.target !== target) continue;
    const { author, from, emoji, on } = entry;
    if (on) reactions.set(`${author} ${emoji}`, { author, name: from, emoji });
    else reactions.delete(`${author} ${emoji}`);
  }
  return reactions;
}
