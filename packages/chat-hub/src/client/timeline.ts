// One conversation's log as it is told here: in order, each entry once, none left out. What comes too
// early is held, and the gap below it is asked for; what comes again is dropped.

import type { ClientEntry } from "./entries.js";

/** A stretch of the log: an entry, or places that have nothing to say. */
export interface Piece {
  readonly first: number;
  readonly last: number;
  readonly entry?: ClientEntry | undefined;
}

/** A page of the log, read from the server: it speaks for every place from where it was asked on. */
export interface Page {
  readonly pieces: readonly Piece[];
  readonly head: number;
  /** It ends before the head. */
  readonly more: boolean;
}

export interface Timeline {
  /** The last place that was told or passed over, or after which it begins; `undefined` until then. */
  cursor(): number | undefined;
  /**
   * Begins after this place, if it has not begun yet; or before it, if something from there is still on
   * its way: an answer may overtake what is read to us from the log.
   */
  beginAt(seq: number): void;
  /** Takes what was pushed; gives what is to be told now. */
  take(piece: Piece): readonly ClientEntry[];
  /** Takes what was read from the log after the cursor; gives what is to be told now. */
  fill(page: Page): readonly ClientEntry[];
  /** Something above the cursor was seen, and what is between is missing. */
  hasGap(): boolean;
  /** Passes over the gap: it can't be filled. Gives its edges, and what is to be told now. */
  giveUp(): { readonly after: number; readonly before: number; readonly told: readonly ClientEntry[] };
  /** Holds everything back until the newest page of another log is here. */
  restart(): void;
  isRestarting(): boolean;
  /** Ends a restart with that page; without one, what is held is all there is. */
  restartFrom(page: Page | undefined): readonly ClientEntry[];
  /** The connection is gone: the next one replays from the cursor, so nothing needs to be held. */
  lost(): void;
}

export function createTimeline(mostHeld: number): Timeline {
  let cursor: number | undefined;
  let begin: number | undefined;
  let restarting = false;
  // The highest place that was seen; while it is above the cursor, something is missing.
  let top = 0;
  const held = new Map<number, Piece>();

  function pass(piece: Piece, told: ClientEntry[]): void {
    if (piece.entry !== undefined) told.push(piece.entry);
    cursor = piece.last;
    top = Math.max(top, cursor);
  }

  function release(told: ClientEntry[]): void {
    if (held.size === 0) return;
    for (const piece of [...held.values()].sort((one, other) => one.first - other.first)) {
      if (cursor !== undefined && piece.first > cursor + 1) break;
      held.delete(piece.first);
      if (cursor === undefined || piece.last > cursor) pass(piece, told);
    }
  }

  function hold(piece: Piece): void {
    top = Math.max(top, piece.last);
    // What does not fit is not lost: it stays below `top`, and is read from the log.
    if (held.size < mostHeld) held.set(piece.first, piece);
  }

  function absorb(page: Page, told: ClientEntry[]): void {
    for (const piece of page.pieces) if (cursor === undefined || piece.last > cursor) pass(piece, told);
    if (!page.more) cursor = Math.max(cursor ?? 0, page.head);
    top = Math.max(top, cursor ?? 0);
    release(told);
  }

  return {
    cursor: () => cursor ?? begin,
    beginAt(seq) {
      if (cursor === undefined && !restarting) begin ??= seq;
    },
    take(piece) {
      if (restarting) {
        hold(piece);
        return [];
      }
      cursor ??= Math.min(piece.first - 1, begin ?? Number.POSITIVE_INFINITY);
      if (piece.last <= cursor) return [];
      if (piece.first > cursor + 1) {
        hold(piece);
        return [];
      }
      const told: ClientEntry[] = [];
      pass(piece, told);
      release(told);
      return told;
    },
    fill(page) {
      const told: ClientEntry[] = [];
      if (!restarting) absorb(page, told);
      return told;
    },
    hasGap: () => !restarting && cursor !== undefined && cursor < top,
    giveUp() {
      const after = cursor ?? 0;
      const before = Math.min(top + 1, ...held.keys());
      cursor = before - 1;
      const told: ClientEntry[] = [];
      release(told);
      return { after, before, told };
    },
    restart() {
      restarting = true;
      cursor = undefined;
      begin = undefined;
      top = 0;
      held.clear();
    },
    isRestarting: () => restarting,
    restartFrom(page) {
      restarting = false;
      const told: ClientEntry[] = [];
      if (page === undefined) release(told);
      else absorb(page, told);
      return told;
    },
    lost() {
      top = cursor ?? 0;
      held.clear();
    },
  };
}
