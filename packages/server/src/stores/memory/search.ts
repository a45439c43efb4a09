// Searching the memory: the newest entry first, so many at a time.

import type { LoggedMessage, Query, Search, StoreCalls } from "chat-hub";
import { hasFile, hasLink, matches, nameKey, searchTokens } from "chat-hub";
import type { Log } from "./log.js";
import type { Cursors, User } from "./people.js";
import type { Visible } from "./visible.js";

type Hit = Extract<StoreCalls["search"]["answer"], { ok: true }>["hits"][number];

export class MemorySearch {
  readonly #visible: Visible;
  /** Entries that one call looks at. */
  readonly #budget: number;

  constructor(visible: Visible, budget: number) {
    this.#visible = visible;
    this.#budget = budget;
  }

  search({ viewer: id, query, before, most }: Search): StoreCalls["search"]["answer"] {
    const viewer = this.#visible.people.known(id);
    const only = query.in && this.#visible.find(viewer, query.in);
    if (typeof only === "string") return { ok: false, code: only };
    const { conversations } = this.#visible;
    const newest = Math.min(conversations.mark, (before ?? Number.POSITIVE_INFINITY) - 1);
    const last = Math.max(conversations.firstMark, newest - this.#budget + 1);
    const hits: Hit[] = [];
    let mark = newest;
    for (; mark >= last && hits.length < most; mark -= 1) {
      const { log, seq } = conversations.placeAt(mark);
      const message = only !== undefined && log !== only ? undefined : log.message(seq);
      if (message !== undefined && this.#isHit(viewer, log, message, query))
        hits.push({ place: this.#visible.place(viewer, log), message, next: mark });
    }
    const isAll = mark < conversations.firstMark;
    return isAll ? { ok: true, hits } : { ok: true, hits, next: mark + 1 };
  }

  #isHit(viewer: User, log: Log, message: LoggedMessage, query: Query): boolean {
    const { seq, at, author, from, message: text } = message;
    const cursors = viewer.cursors.get(log);
    if (message.deleted || cursors === undefined) return false;
    if (seq < this.#visible.first(log, cursors as Cursors)) return false;
    if (query.beforeAt !== undefined && at >= query.beforeAt) return false;
    if (query.afterAt !== undefined && at < query.afterAt) return false;
    if (query.from === "me" ? author !== viewer.id : query.from !== undefined && nameKey(from) !== query.from)
      return false;
    if (query.mentions !== undefined && !isCalled(message, query.mentions, viewer)) return false;
    if (query.has.includes("link") && !hasLink(text)) return false;
    if (query.has.includes("file") && !hasFile(text)) return false;
    return query.words.length === 0 || matches(query.words, searchTokens(text));
  }
}

/** `me` is called also where all are. */
function isCalled({ mentions = [] }: LoggedMessage, whom: string, viewer: User): boolean {
  if (whom === "me" && mentions.includes("everyone")) return true;
  const key = whom === "me" ? viewer.held.key : whom;
  return mentions.some((name) => nameKey(name) === key);
}
