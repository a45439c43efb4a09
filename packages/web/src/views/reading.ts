// How a log is read: it opens at the first unread line, follows its end while the reader is there, and otherwise
// leaves the reader's place alone, whatever comes in above or below.

import type { ReadonlySignal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Line } from "../words/rows.js";
import type { Slice, Span } from "../words/span.js";
import { around, following, held, newer, newest, older, slice } from "../words/span.js";
import type { Timeline } from "../words/timeline.js";
import { lines } from "../words/timeline.js";
import { Place } from "./place.js";

interface ReadingOptions {
  readonly timeline: Timeline;
  /** From this seq on it was unread when the reader came. */
  readonly markedFrom: number | undefined;
  /** The row before that line, once it is drawn. */
  readonly markRow: () => HTMLElement | null | undefined;
  readonly loadOlder: () => void;
  readonly looks: (atEnd: boolean) => void;
}

export interface Reading {
  readonly log: RefObject<HTMLDivElement | null>;
  readonly inner: RefObject<HTMLDivElement | null>;
  /** All lines, and which of them are to be drawn. */
  readonly all: readonly Line[];
  readonly slice: Slice;
  readonly atEnd: ReadonlySignal<boolean>;
  readonly scrolled: () => void;
  readonly toNewest: () => void;
}

/** Where the log is to be after the next drawing. */
type Goal = "end" | "mark" | "keep";

export function useReading({ timeline, markedFrom, markRow, loadOlder, looks }: ReadingOptions): Reading {
  const span = useSignal<Span>(newest);
  const atEnd = useSignal(true);
  const goal = useRef<Goal>("end");
  const begun = useRef(false);
  const lastOwn = useRef<string | undefined>(undefined);
  const place = useRef<Place | undefined>(undefined);
  const log = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const all = lines(timeline);
  const shown = slice(all, span.value);

  /** Where is the reader now, and what follows from it? */
  const look = (at: Place): void => {
    at.note();
    atEnd.value = shown.to === all.length && at.nearEnd;
    goal.current = atEnd.value ? "end" : "keep";
    if (begun.current) looks(atEnd.value);
    if (at.nearUpperEdge && shown.from > 0) span.value = older(all, span.value);
    else if (at.nearUpperEdge && begun.current) loadOlder();
    else if (at.nearLowerEdge && shown.to < all.length) span.value = newer(all, span.value);
    else span.value = atEnd.value ? following(all, span.value) : held(all, span.value);
  };

  /** What is drawn has changed: brings the reader to where they are to be. */
  const settle = (): void => {
    const at = place.current;
    if (at === undefined) return;
    if (goal.current === "mark") {
      const row = markRow();
      // Not drawn yet: the next drawing has it.
      if (row === null || row === undefined) return;
      at.toRow(row);
    } else if (goal.current === "end") {
      at.toEnd();
    } else {
      at.keep();
    }
    look(at);
  };

  /** The reader may have moved. */
  const scrolled = (): void => {
    const at = place.current;
    if (at === undefined) return;
    if (at.resized || goal.current === "mark") settle();
    else look(at);
  };

  /** Takes effect when it is drawn: until then what is shown need not have the end in it. */
  const toNewest = (): void => {
    span.value = { ...newest };
    goal.current = "end";
  };

  // The newest of these, for listeners that live longer than one drawing.
  const latest = useRef({ settle, scrolled });
  latest.current = { settle, scrolled };

  useLayoutEffect(() => {
    if (log.current !== null && inner.current !== null)
      place.current ??= new Place(log.current, inner.current);
    const own = timeline.unplaced.at(-1)?.key;
    const wrote = own !== undefined && own !== lastOwn.current;
    lastOwn.current = own;
    if (wrote) return toNewest();
    if (timeline.loaded && !begun.current) {
      begun.current = true;
      const unread = all.findIndex(({ seq, own: mine }) => !mine && (seq ?? 0) >= (markedFrom ?? Infinity));
      if (markedFrom !== undefined && unread >= 0) {
        goal.current = "mark";
        if (unread < shown.from) {
          span.value = around(all, markedFrom);
          return;
        }
      }
    }
    settle();
  });

  useEffect(() => {
    const observer = new ResizeObserver(() => latest.current.settle());
    for (const element of [log.current, inner.current]) if (element !== null) observer.observe(element);
    const turned = (): void => latest.current.scrolled();
    const happenings = ["focus", "blur", "visibilitychange"];
    for (const happening of happenings) window.addEventListener(happening, turned);
    return () => {
      observer.disconnect();
      for (const happening of happenings) window.removeEventListener(happening, turned);
    };
  }, []);

  return { log, inner, all, slice: shown, atEnd, scrolled, toNewest };
}
