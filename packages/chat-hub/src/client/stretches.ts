// Stretches of one log: from `first` to `last` every line is here. At most two: the newest, and one
// further up where somebody is reading. Between them is a hole, until it is filled.

import type { Kept } from "./fold.js";

export interface Stretch {
  readonly first: number;
  readonly last: number;
  readonly kept: Kept[];
}

export interface Stretches {
  /** Ascending, with room between any two. */
  all(): readonly Stretch[];
  find(seq: number): Kept | undefined;
  /** The newest stretch begins here, unless one reaches to it. */
  beginAt(seq: number): void;
  /** The newest stretch goes on to here; it begins after here if there is none. */
  reachTo(seq: number): void;
  /** Adds a line where one may be: in a stretch that covers its place. Keeps the one that is there. */
  add(kept: Kept): void;
  /** A page: all the lines from `first` to `last`. Where both have a line, the later `asOf` counts. */
  merge(page: Stretch): void;
  /** What comes before this place can't be joined with what follows it. */
  cutBefore(seq: number): void;
  /** No more than so many lines. `near`: somebody is reading there; without it the oldest go. */
  trim(most: number, near: number | undefined): void;
}

export function createStretches(): Stretches {
  let list: Stretch[] = [];

  /** One without lines says nothing but where the newest begins. */
  function keepTwo(fresh: Stretch): void {
    list = list.filter((stretch, index) => index === list.length - 1 || stretch.kept.length > 0);
    if (list.length <= 2) return;
    const left = list.find((stretch) => stretch !== fresh);
    list = list.filter((stretch) => stretch !== left);
  }

  return {
    all: () => list,
    find(seq) {
      const stretch = list.find(({ first, last }) => first <= seq && seq <= last);
      const found = stretch?.kept[indexOf(stretch.kept, seq)];
      return found?.seq === seq ? found : undefined;
    },
    beginAt(seq) {
      const newest = list.at(-1);
      if (newest !== undefined && newest.last >= seq - 1) return;
      const fresh = { first: seq, last: seq - 1, kept: [] };
      list = [...list, fresh];
      keepTwo(fresh);
    },
    reachTo(seq) {
      const newest = list.at(-1);
      if (newest === undefined) list = [{ first: seq + 1, last: seq, kept: [] }];
      else if (newest.last < seq) list = list.with(-1, { ...newest, last: seq });
    },
    add(kept) {
      const index = list.findIndex(({ first, last }) => first <= kept.seq && kept.seq <= last);
      const stretch = list[index];
      if (stretch === undefined) return;
      const place = indexOf(stretch.kept, kept.seq);
      if (stretch.kept[place]?.seq === kept.seq) return;
      stretch.kept.splice(place, 0, kept);
    },
    merge(page) {
      const joined = list.filter(({ first, last }) => page.first <= last + 1 && page.last >= first - 1);
      const kept = new Map<number, Kept>();
      for (const each of [...joined.flatMap((stretch) => stretch.kept), ...page.kept]) {
        kept.set(each.seq, fresher(kept.get(each.seq), each));
      }
      const merged: Stretch = {
        first: Math.min(page.first, ...joined.map(({ first }) => first)),
        last: Math.max(page.last, ...joined.map(({ last }) => last)),
        kept: [...kept.values()].sort((one, other) => one.seq - other.seq),
      };
      list = list.filter((stretch) => !joined.includes(stretch));
      list = [...list, merged].sort((one, other) => one.first - other.first);
      keepTwo(merged);
    },
    cutBefore(seq) {
      list = [{ first: seq, last: seq - 1, kept: [] }];
    },
    trim(most, near) {
      const lines = list.reduce((sum, { kept }) => sum + kept.length, 0);
      if (lines <= most) return;
      list = near === undefined ? withoutOldest(list, lines - most) : aroundAndNewest(list, most, near);
    },
  };
}

function withoutOldest(list: readonly Stretch[], count: number): Stretch[] {
  const [oldest, ...rest] = list;
  if (oldest === undefined) return [];
  if (rest.length > 0 && oldest.kept.length <= count) return withoutOldest(rest, count - oldest.kept.length);
  // One by one and in place: nearly always it is one, for the line that has come to a full view.
  for (let left = count; left > 0; left -= 1) oldest.kept.shift();
  return [{ ...oldest, first: oldest.kept[0]?.seq ?? oldest.last + 1 }, ...rest];
}

/** Half of the lines where somebody reads, half at the end. */
function aroundAndNewest(list: readonly Stretch[], most: number, near: number): Stretch[] {
  const newest = list.at(-1);
  const read = list.find(({ last }) => near <= last) ?? newest;
  if (newest === undefined || read === undefined) return [];
  const half = Math.floor(most / 2);
  const from = Math.max(0, indexOf(read.kept, near) - Math.floor(half / 2));
  const to = Math.min(read.kept.length, from + half);
  const tail = Math.max(0, newest.kept.length - half);
  // They overlap: then it is one, to the end.
  if (read === newest && to >= tail)
    return [part(newest, Math.max(0, newest.kept.length - most), newest.kept.length)];
  return [part(read, from, to), part(newest, tail, newest.kept.length)];
}

/** The lines from one index to before another, and no more of the log than they prove. */
function part(stretch: Stretch, from: number, to: number): Stretch {
  const kept = stretch.kept.slice(from, to);
  return {
    first: from === 0 ? stretch.first : (kept[0]?.seq ?? stretch.last + 1),
    last: to === stretch.kept.length ? stretch.last : (kept.at(-1)?.seq ?? stretch.first - 1),
    kept,
  };
}

function fresher(known: Kept | undefined, other: Kept): Kept {
  if (known?.kind !== "message" || other.kind !== "message") return known ?? other;
  const newer = other.asOf > known.asOf ? other : known;
  // The row keeps its key, and only what was said here knows its nonce.
  const nonce = known.line.nonce ?? other.line.nonce;
  newer.line = { ...newer.line, key: known.line.key, ...(nonce === undefined ? {} : { nonce }) };
  return newer;
}

/** The index of the first line whose seq is at least `seq`. */
function indexOf(kept: readonly Kept[], seq: number): number {
  let low = 0;
  let high = kept.length;
  if ((kept.at(-1)?.seq ?? 0) < seq) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((kept[middle]?.seq ?? seq) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
