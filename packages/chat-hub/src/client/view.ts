// What is here of one conversation: entries as they are told, pages of history as they stood, and the
// events of a room from its log, all folded into one list of lines, the same whichever way they came.
//
// A page speaks for its head: what was done after it and is known here is folded in anew, and what is
// told later and lies below it is in it already.

import type { HistoryPayload } from "../dialects/frames/answers.js";
import type { ReceiptRow } from "../dialects/frames/people.js";
import { nameKey } from "../words/names.js";
import type { ClientEntry } from "./entries.js";
import type { Kept } from "./fold.js";
import { apply, fromLog, fromPage, fromRoom, rehide, targetOf } from "./fold.js";
import type { Edge, Hole, RoomEntry, View, ViewLine } from "./lines.js";
import type { Self } from "./self.js";
import { createStretches } from "./stretches.js";

/** From where to where the lines of a page are all there are; nothing if `last` is before `first`. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** What a page was asked for: at most one of these, or `before` and `after`. */
interface Window {
  readonly before?: number;
  readonly after?: number;
  readonly around?: number;
}

export interface Folded {
  /** The next entry of the log. */
  told(entry: ClientEntry): void;
  /** Everything up to here was told, or has nothing to say. */
  passed(seq: number): void;
  /** What lies before this place and is not here can't be had. */
  cutBefore(seq: number): void;
  /** What was done up to here is not remembered: only a page as new as this has it. */
  forgetTo(seq: number): void;
  /** Takes a page; false if it is older than what is remembered of what was done since: ask again. */
  page(page: HistoryPayload, span: Span): boolean;
  /** What happened in a room between its messages. */
  happened(entries: readonly RoomEntry[]): void;
  /** There is nothing before what is here, or nothing that we may read. */
  endsHere(): void;
  receipt(row: ReceiptRow): boolean;
  rehide(): void;
  /** Where a page is to be asked for, at this edge; nothing if there is no such edge. */
  edge(edge: Edge): Place | undefined;
  holds(seq: number): boolean;
  trim(most: number, near: number | undefined): void;
  /** The last place that was heard of. */
  head(): number;
  now(loading: View["loading"]): View;
}

export interface Place {
  readonly before?: number;
  readonly after?: number;
  /** The line where somebody reads. */
  readonly near: number;
}

/** @param cursor up to where the log was told, if it was; @param mostRecent things done that are remembered */
export function createFolded(self: Self, cursor: number | undefined, mostRecent: number): Folded {
  const stretches = createStretches();
  const receipts = new Map<string, ReceiptRow>();
  // What was done to messages: all of it from after `forgotten` on.
  let recent: ClientEntry[] = [];
  let forgotten = cursor ?? 0;
  // The first place that may be read, as the last page said.
  let readable: number | undefined;
  let head = cursor ?? 0;
  // Its log is told: what comes is next to what came.
  let isTold = cursor !== undefined;
  if (cursor !== undefined) stretches.reachTo(cursor);

  /** Where its log begins to be told; what is here from before may end long before that. */
  function begin(seq: number): void {
    if (isTold) return;
    isTold = true;
    forgotten = Math.max(forgotten, seq - 1);
    stretches.beginAt(seq);
  }

  function remember(entry: ClientEntry): void {
    recent.push(entry);
    if (recent.length <= mostRecent * 2) return;
    forgotten = recent.at(-mostRecent - 1)?.seq ?? forgotten;
    recent = recent.slice(-mostRecent);
  }

  function passed(seq: number): void {
    begin(seq + 1);
    stretches.reachTo(seq);
    head = Math.max(head, seq);
  }

  function start(): View["start"] {
    const first = stretches.all()[0]?.first;
    if (readable === undefined || first === undefined) return "unknown";
    return first <= readable ? "all" : "more";
  }

  return {
    told(entry) {
      begin(entry.seq);
      passed(entry.seq);
      if (entry.kind === "message") stretches.add(fromLog(entry));
      else if (isRoomEntry(entry)) stretches.add(fromRoom(entry));
      const target = targetOf(entry);
      if (target === undefined) return;
      remember(entry);
      const kept = stretches.find(target);
      if (kept?.kind === "message") apply(kept, entry, self);
    },
    passed,
    cutBefore(seq) {
      stretches.cutBefore(seq);
      passed(seq - 1);
      forgotten = seq - 1;
    },
    forgetTo(seq) {
      forgotten = Math.max(forgotten, seq);
    },
    page({ messages, first, head: asOf }, span) {
      if (asOf < forgotten) return false;
      readable = first;
      head = Math.max(head, asOf);
      const kept = new Map(messages.map((message) => [message.seq, fromPage(message, asOf, self)]));
      for (const entry of recent) {
        const target = kept.get(targetOf(entry) ?? 0);
        if (target !== undefined) apply(target, entry, self);
      }
      if (span.last >= span.first || stretches.all().length === 0) {
        stretches.merge({ ...span, kept: [...kept.values()] });
      }
      return true;
    },
    happened(entries) {
      for (const entry of entries) stretches.add(fromRoom(entry));
    },
    endsHere() {
      readable = stretches.all()[0]?.first ?? head + 1;
      if (stretches.all().length === 0) stretches.reachTo(head);
    },
    receipt(row) {
      const key = nameKey(row.username);
      const { delivered = 0, read = 0 } = receipts.get(key) ?? {};
      if (receipts.has(key) && row.delivered <= delivered && row.read <= read) return false;
      const { username } = row;
      receipts.set(key, {
        username,
        delivered: Math.max(delivered, row.delivered),
        read: Math.max(read, row.read),
      });
      return true;
    },
    rehide() {
      for (const { kept } of stretches.all()) for (const each of kept) rehide(each, self);
    },
    edge(edge) {
      const [first, second] = stretches.all();
      if (edge === "start") {
        return first === undefined || start() === "all"
          ? undefined
          : { before: first.first, near: first.first };
      }
      if (first === undefined || second === undefined) return undefined;
      const hole = { after: first.last, before: second.first };
      return edge === "holeAbove"
        ? { ...hole, near: first.last }
        : { before: second.first, near: second.first };
    },
    holds: (seq) => stretches.all().some(({ first, last }) => first <= seq && seq <= last),
    trim: stretches.trim,
    head: () => head,
    now: (loading) => ({
      lines: linesOf(stretches.all().map(({ first, last, kept }) => ({ first, last, kept }))),
      start: start(),
      loading,
      head,
      receipts: [...receipts.values()],
    }),
  };
}

function linesOf(list: readonly (Span & { readonly kept: readonly Kept[] })[]): readonly ViewLine[] {
  const lines: ViewLine[] = [];
  let last: number | undefined;
  for (const stretch of list) {
    if (last !== undefined) lines.push(hole(last, stretch.first));
    for (const { line } of stretch.kept) lines.push(line);
    last = stretch.last;
  }
  return lines;
}

function hole(after: number, before: number): Hole {
  return { kind: "hole", key: `after ${after}`, after, before };
}

export function isRoomEntry(entry: ClientEntry): entry is RoomEntry {
  return entry.kind.startsWith("member_") || entry.kind === "role_changed" || entry.kind === "room_updated";
}

/** Which stretch of the log a page speaks for. */
export function spanOf(
  { before, after, around }: Window,
  { messages, first, head, more }: HistoryPayload,
): Span {
  const from = messages[0]?.seq;
  const to = messages.at(-1)?.seq;
  if (around !== undefined) return { first: from ?? 1, last: to ?? 0 };
  const end = before ?? head + 1;
  if (after !== undefined) return { first: after + 1, last: more ? (to ?? after) : end - 1 };
  return { first: more ? (from ?? end) : Math.min(first, end), last: end - 1 };
}
