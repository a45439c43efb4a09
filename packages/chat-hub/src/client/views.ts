// The views: of the conversations that are shown, and of some that were, so that going back to one is
// quick. What is missing of one is asked for here.

import type { HistoryPayload, LogPayload } from "../dialects/frames/answers.js";
import type { ReceiptRow } from "../dialects/frames/people.js";
import type { ClientEntry, LogItem } from "./entries.js";
import { entryOf } from "./entries.js";
import type { ClientLimits } from "./limits.js";
import type { Edge } from "./lines.js";
import type { Asker } from "./questions.js";
import type { Self } from "./self.js";
import type { ClientEvent } from "./told.js";
import type { Folded } from "./view.js";
import { createFolded, isRoomEntry, spanOf } from "./view.js";

type PageAsker = Extract<Asker, { for: "page" }>;
type HappenedAsker = Extract<Asker, { for: "happened" }>;

export interface Views {
  /** `cursor`: up to where its log was told; `unread`: how much the first page should hold beside a screen. */
  show(conversation: string, jumpTo: number | undefined, cursor: number | undefined, unread: number): void;
  hide(conversation: string): void;
  reached(conversation: string, edge: Edge): void;
  /** The person has the end of it before them. */
  readToEnd(conversation: string): void;
  told(entry: ClientEntry): void;
  passed(conversation: string, seq: number): void;
  cutBefore(conversation: string, seq: number): void;
  /** A page that was asked for, or none: then there is nothing there for us. */
  page(asker: PageAsker, page: HistoryPayload | undefined): void;
  happened(
    asker: HappenedAsker,
    log: Omit<LogPayload, "entries"> & { readonly entries: readonly LogItem[] },
  ): void;
  receipts(conversation: string, rows: readonly ReceiptRow[]): void;
  rehide(): void;
  /** Its log is another one: what was here counts no more. If it is shown it is fetched anew. */
  reset(conversation: string): void;
  /** It goes on after this place, without telling what lies before: its pages must be as new. */
  goesOnAfter(conversation: string, seq: number): void;
  /** Says whether it was shown. */
  drop(conversation: string): boolean;
  /** Logged in again: what is told only live, such as receipts, is asked for anew. */
  refresh(): void;
  /** What has changed since this was called last. */
  changes(): readonly ClientEvent[];
}

interface Shown {
  folded: Folded;
  isShown: boolean;
  isDirty: boolean;
  /** Its newest page was here. */
  hasNewest: boolean;
  /** Where somebody reads; `undefined` at the end. */
  near: number | undefined;
  readonly loading: Set<PageAsker["where"]>;
}

export function createViews(limits: ClientLimits, self: Self, ask: (asker: Asker) => void): Views {
  // The one that was shown last stands last.
  const views = new Map<string, Shown>();

  function make(cursor: number | undefined): Shown {
    const folded = createFolded(self, cursor, limits.recentEntries);
    return { folded, isShown: false, isDirty: true, hasNewest: false, near: undefined, loading: new Set() };
  }

  function find(conversation: string, cursor: number | undefined): Shown {
    const view = views.get(conversation) ?? make(cursor);
    views.delete(conversation);
    views.set(conversation, view);
    return view;
  }

  function forgetLongestHidden(): void {
    const hidden = [...views].filter(([, { isShown }]) => !isShown);
    for (const [name] of hidden.slice(0, Math.max(0, hidden.length - limits.hiddenViews))) views.delete(name);
  }

  function load(
    conversation: string,
    view: Shown,
    at: Omit<PageAsker, "for" | "conversation" | "folded">,
  ): void {
    if (view.loading.has(at.where)) return;
    view.loading.add(at.where);
    view.isDirty = true;
    ask({ for: "page", conversation, folded: view.folded, ...at });
  }

  function open(conversation: string, view: Shown, jumpTo: number | undefined, unread: number): void {
    if (jumpTo !== undefined) {
      view.near = jumpTo;
      view.isDirty = true;
      if (!view.folded.holds(jumpTo)) {
        load(conversation, view, { where: "page", around: jumpTo, limit: limits.viewPageRows });
      }
    } else if (!view.hasNewest) {
      const limit = Math.min(limits.viewPageRows + unread, limits.longestPageRows);
      load(conversation, view, { where: "page", limit });
    }
  }

  /** A view that this change is for; it is dirty then. */
  function touched(conversation: string): Shown | undefined {
    const view = views.get(conversation);
    if (view !== undefined) view.isDirty = true;
    return view;
  }

  function askReceipts(conversation: string): void {
    if (conversation !== "everyone") ask({ for: "receipts", conversation });
  }

  function reset(conversation: string): void {
    const view = views.get(conversation);
    if (view === undefined) return;
    const fresh = { ...make(undefined), isShown: view.isShown };
    views.set(conversation, fresh);
    if (fresh.isShown) open(conversation, fresh, undefined, 0);
  }

  return {
    show(conversation, jumpTo, cursor, unread) {
      const view = find(conversation, cursor);
      if (!view.isShown) askReceipts(conversation);
      view.isShown = true;
      view.isDirty = true;
      open(conversation, view, jumpTo, unread);
    },
    hide(conversation) {
      const view = views.get(conversation);
      if (view === undefined) return;
      view.isShown = false;
      view.near = undefined;
      forgetLongestHidden();
    },
    reached(conversation, edge) {
      const view = views.get(conversation);
      const place = view?.folded.edge(edge);
      if (view === undefined || place === undefined || view.loading.has("page")) return;
      const { near, ...window } = place;
      view.near = near;
      load(conversation, view, { where: edge, ...window, limit: limits.viewPageRows });
    },
    readToEnd(conversation) {
      const view = views.get(conversation);
      if (view !== undefined) view.near = undefined;
    },
    told(entry) {
      const view = touched(entry.conversation);
      view?.folded.told(entry);
      view?.folded.trim(limits.viewLines, view.near);
    },
    passed: (conversation, seq) => views.get(conversation)?.folded.passed(seq),
    cutBefore: (conversation, seq) => touched(conversation)?.folded.cutBefore(seq),
    page(asker, page) {
      const { conversation, where, folded } = asker;
      const view = views.get(conversation);
      if (view === undefined || view.folded !== folded) return;
      view.loading.delete(where);
      view.isDirty = true;
      if (page === undefined) return where === "page" || where === "start" ? folded.endsHere() : undefined;
      const span = spanOf(asker, page);
      if (!folded.page(page, span)) return load(conversation, view, asker);
      if (asker.around === undefined && where === "page") view.hasNewest = true;
      folded.trim(limits.viewLines, view.near);
      if (conversation.startsWith("#") && span.last >= span.first) {
        const pages = limits.happenedPages;
        ask({ for: "happened", conversation, folded, after: span.first - 1, last: span.last, pages });
      }
    },
    happened(asker, { entries, more }) {
      const { conversation, folded, last, pages } = asker;
      const view = views.get(conversation);
      if (view === undefined || view.folded !== folded) return;
      let after = asker.after;
      for (const item of entries) {
        after = Math.max(after, item.type === "skip" ? item.payload.last : item.payload.seq);
        if (item.type === "skip" || after > last) continue;
        const entry = entryOf(item, self, undefined);
        if (isRoomEntry(entry)) folded.happened([entry]);
      }
      view.isDirty = true;
      folded.trim(limits.viewLines, view.near);
      if (more && after < last && after > asker.after && pages > 1)
        ask({ ...asker, after, pages: pages - 1 });
    },
    receipts(conversation, rows) {
      const view = views.get(conversation);
      for (const row of rows) if (view?.folded.receipt(row)) view.isDirty = true;
    },
    rehide() {
      for (const view of views.values()) {
        view.folded.rehide();
        view.isDirty = true;
      }
    },
    reset,
    goesOnAfter(conversation, seq) {
      const view = views.get(conversation);
      if (view === undefined) return;
      if (view.loading.size > 0) view.folded.forgetTo(seq);
      else if (view.folded.head() < seq) reset(conversation);
    },
    drop(conversation) {
      const isShown = views.get(conversation)?.isShown === true;
      views.delete(conversation);
      return isShown;
    },
    refresh() {
      for (const [conversation, { isShown }] of views) if (isShown) askReceipts(conversation);
    },
    changes() {
      const events: ClientEvent[] = [];
      for (const [conversation, view] of views) {
        if (!view.isShown || !view.isDirty) continue;
        view.isDirty = false;
        events.push({ type: "view", conversation, view: view.folded.now([...view.loading]) });
      }
      return events;
    },
  };
}
