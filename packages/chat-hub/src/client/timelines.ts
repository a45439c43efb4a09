// All conversations' logs as they are told here: which timeline a frame belongs to, which entries are
// ours, and where a later login goes on.

import type { HistoryPayload } from "../dialects/frames/answers.js";
import { utf8Bytes } from "../words/text.js";
import type { ClientEntry, EntryItem, LogItem } from "./entries.js";
import { entryOf } from "./entries.js";
import type { ClientLimits } from "./limits.js";
import type { Self } from "./self.js";
import type { Page, Piece, Timeline } from "./timeline.js";
import { createTimeline } from "./timeline.js";
import type { ClientEvent } from "./told.js";
import { keepWithin } from "./unsettled.js";

export interface Timelines {
  /** Begins a conversation after a place, if it has not begun. */
  beginAt(conversation: string, seq: number): void;
  heard(item: EntryItem): readonly ClientEvent[];
  /** Places that have nothing to say. */
  passed(conversation: string, skipped: Pick<Piece, "first" | "last">): readonly ClientEvent[];
  /** A line of ours has its place; says whether its entry was told before. */
  placed(conversation: string, seq: number, nonce: string): boolean;
  /** Lines of ours that were passed without being told: they stand in what was before. Each once. */
  passedOver(): readonly string[];
  hasGap(conversation: string): boolean;
  /** The last place that was told or passed over, if there is one. */
  cursor(conversation: string): number | undefined;
  filled(page: LogPage): readonly ClientEvent[];
  givenUp(conversation: string): readonly ClientEvent[];
  /** Another log has taken its place; false if that is known already. */
  restart(conversation: string): boolean;
  restarted(conversation: string, page: HistoryPayload | undefined): readonly ClientEvent[];
  /**
   * `everyone:41,@bob:7,*:unread`; where not all fit, those heard of last. `listed`: all there are and how far we
   * have read. A room of which nothing was heard yet is named too: whoever was put out of it is told.
   */
  since(
    mostBytes: number,
    listed: readonly { readonly conversation: string; readonly read: number }[],
  ): string;
  names(): readonly string[];
  /** None of ours any more. */
  forget(conversation: string): void;
  lost(): void;
}

export interface LogPage {
  readonly conversation: string;
  readonly entries: readonly LogItem[];
  readonly head: number;
  readonly more: boolean;
}

interface Conversation {
  readonly timeline: Timeline;
  /** Our lines whose entries are still to come: seq → nonce. */
  readonly ours: Map<number, string>;
}

export function createTimelines(limits: ClientLimits, self: Self): Timelines {
  // The one heard of last stands last.
  const conversations = new Map<string, Conversation>();
  let last: string | undefined;
  let old: string[] = [];

  /** Whatever of ours is still to come below the cursor does not come. */
  function settle({ timeline, ours }: Conversation): void {
    const cursor = timeline.cursor() ?? 0;
    for (const [seq, nonce] of ours) {
      if (seq > cursor) continue;
      ours.delete(seq);
      old.push(nonce);
    }
  }

  function find(name: string): Conversation {
    const known = conversations.get(name);
    // Nearly always it is the one that stands last already.
    if (known !== undefined && name === last) return known;
    last = name;
    const found = known ?? { timeline: createTimeline(limits.heldEntries), ours: new Map() };
    conversations.delete(name);
    conversations.set(name, found);
    if (known === undefined) keepWithin(conversations, limits.conversations);
    return found;
  }

  function piece(item: EntryItem): Piece {
    const { conversation, seq } = item.payload;
    const nonce = conversations.get(conversation)?.ours.get(seq);
    return { first: seq, last: seq, entry: entryOf(item, self, nonce) };
  }

  function tell(conversation: Conversation, entries: readonly ClientEntry[]): ClientEvent[] {
    for (const entry of entries) conversation.ours.delete(entry.seq);
    settle(conversation);
    return entries.map((entry) => ({ type: "entry", entry }));
  }

  function take(name: string, taken: Piece): readonly ClientEvent[] {
    const conversation = find(name);
    return tell(conversation, conversation.timeline.take(taken));
  }

  function pieces(items: readonly LogItem[], name: string): Piece[] {
    return items
      .filter(({ payload }) => payload.conversation === name)
      .map((item) => (item.type === "skip" ? skipped(item.payload) : piece(item)));
  }

  return {
    beginAt(name, seq) {
      const conversation = find(name);
      conversation.timeline.beginAt(seq);
      settle(conversation);
    },
    heard: (item) => take(item.payload.conversation, piece(item)),
    passed: (name, stretch) => take(name, skipped(stretch)),
    placed(name, seq, nonce) {
      const { timeline, ours } = find(name);
      const cursor = timeline.cursor();
      if (cursor !== undefined && seq <= cursor) return true;
      ours.set(seq, nonce);
      keepWithin(ours, limits.heldEntries);
      return false;
    },
    passedOver() {
      const passed = old;
      if (passed.length > 0) old = [];
      return passed;
    },
    hasGap: (name) => find(name).timeline.hasGap(),
    cursor: (name) => conversations.get(name)?.timeline.cursor(),
    filled({ conversation: name, entries, head, more }) {
      const conversation = find(name);
      return tell(conversation, conversation.timeline.fill({ pieces: pieces(entries, name), head, more }));
    },
    givenUp(name) {
      const conversation = find(name);
      const { after, before, told } = conversation.timeline.giveUp();
      return [{ type: "gone", conversation: name, after, before }, ...tell(conversation, told)];
    },
    restart(name) {
      const { timeline, ours } = find(name);
      if (timeline.isRestarting()) return false;
      timeline.restart();
      ours.clear();
      return true;
    },
    restarted(name, history) {
      const conversation = find(name);
      if (!conversation.timeline.isRestarting()) return [];
      const page: Page | undefined =
        history === undefined
          ? undefined
          : { pieces: pieces(history.messages.map(said), name), head: history.head, more: false };
      return tell(conversation, conversation.timeline.restartFrom(page));
    },
    since(mostBytes, listed) {
      const parts = ["*:unread"];
      let bytes = utf8Bytes("*:unread");
      const cursors = new Map<string, number>();
      for (const { conversation, read } of listed)
        if (conversation.startsWith("#")) cursors.set(conversation, read);
      for (const [name, { timeline }] of conversations) {
        const cursor = timeline.cursor();
        if (cursor === undefined) continue;
        // Behind those that are only listed, and in the order in which they were heard of.
        cursors.delete(name);
        cursors.set(name, cursor);
      }
      for (const [name, cursor] of [...cursors].reverse()) {
        const part = `${name.startsWith("#") ? name.slice(1) : name}:${cursor}`;
        // A name that would spoil the list is left to `*`.
        if (/[,\s]/.test(name)) continue;
        bytes += utf8Bytes(part) + 1;
        if (bytes > mostBytes) break;
        parts.unshift(part);
      }
      return parts.join(",");
    },
    names: () => [...conversations.keys()],
    forget(name) {
      if (name === last) last = undefined;
      conversations.delete(name);
    },
    lost() {
      for (const { timeline } of conversations.values()) timeline.lost();
    },
  };
}

function said(payload: HistoryPayload["messages"][number]): LogItem {
  return { type: "new_message", payload };
}

function skipped({ first, last }: Pick<Piece, "first" | "last">): Piece {
  return { first, last };
}
