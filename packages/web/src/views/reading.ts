// How a log is read: it opens at the first unread line or where it was left, follows its end while the reader is there,
// goes to a line that is looked for, and otherwise leaves the reader's place alone, whatever comes in above or below.

import type { ReadonlySignal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import type { Edge, View } from "chat-hub";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Aim } from "../state/reader.js";
import type { Item } from "../words/items.js";
import type { Slice, Span } from "../words/span.js";
import { around, following, held, newer, newest, older, slice } from "../words/span.js";
import { Place } from "./place.js";

interface ReadingOptions {
  readonly items: readonly Item[];
  readonly view: View | undefined;
  readonly aim: Aim | undefined;
  /** The row before the first unread line, if it is drawn. */
  readonly markRow: () => HTMLElement | null | undefined;
  /** The line that was looked for is before the reader's eyes, or can't be. */
  readonly arrived: (aim: Aim) => void;
  readonly reached: (edge: Edge) => void;
  readonly looks: (atEnd: boolean) => void;
  /** The place of the line at the top; at the end none. */
  readonly reads: (seq: number | undefined) => void;
}

export interface Reading {
  readonly log: RefObject<HTMLDivElement | null>;
  readonly inner: RefObject<HTMLDivElement | null>;
  /** Which of the items are to be drawn. */
  readonly slice: Slice;
  readonly atEnd: ReadonlySignal<boolean>;
  readonly scrolled: () => void;
  readonly toNewest: () => void;
}

/** Where the log is to be after the next drawing. */
type Goal = "end" | "aim" | "keep";

export function useReading(options: ReadingOptions): Reading {
  const { items, view, aim, markRow, arrived, reached, looks, reads } = options;
  const span = useSignal<Span>(newest);
  const atEnd = useSignal(true);
  const goal = useRef<Goal>("end");
  const begun = useRef(false);
  const lastOwn = useRef<string | undefined>(undefined);
  const aimed = useRef<Aim | undefined>(undefined);
  const place = useRef<Place | undefined>(undefined);
  const log = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const shown = slice(items, span.value);
  const ready = view !== undefined && view.start !== "unknown" && !view.loading.includes("page");

  /** Where is the reader now, and what follows from it? */
  const look = (at: Place): void => {
    at.note();
    atEnd.value = shown.to === items.length && at.nearEnd && items.at(-1)?.kind !== "hole";
    goal.current = atEnd.value ? "end" : "keep";
    if (begun.current) {
      looks(atEnd.value);
      reads(atEnd.value ? undefined : at.topSeq);
    }
    const hole = at.nearHole;
    if (hole !== undefined && begun.current) reached(hole);
    if (at.nearUpperEdge && shown.from > 0) span.value = older(items, span.value);
    else if (at.nearUpperEdge && begun.current && view?.start === "more") reached("start");
    else if (at.nearLowerEdge && shown.to < items.length) span.value = newer(items, span.value);
    else span.value = atEnd.value ? following(items, span.value) : held(items, span.value);
  };

  /** What is drawn has changed: brings the reader to where they are to be. */
  const settle = (): void => {
    const at = place.current;
    if (at === undefined) return;
    if (goal.current === "aim") {
      const sought = aimed.current;
      const row = sought === undefined ? undefined : at.rowOf(sought.seq);
      const mark = markRow();
      if (sought === undefined || row === undefined) at.toEnd();
      else if (sought.why === "sought") at.toRow(row, "middle");
      else if (mark === null || mark === undefined) at.toRow(row, "top");
      else at.toRow(mark, "upper");
      if (sought !== undefined) arrived(sought);
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
    if (at.resized || goal.current === "aim") settle();
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
    const last = items.at(-1);
    const own = last?.kind === "message" && last.state !== "sent" ? last.key : undefined;
    const wrote = own !== undefined && own !== lastOwn.current;
    lastOwn.current = own ?? lastOwn.current;
    if (wrote && begun.current) return toNewest();
    if (ready) begun.current = true;
    if (ready && aim !== undefined && aim !== aimed.current) {
      aimed.current = aim;
      if (aim.why === "end") {
        arrived(aim);
        return toNewest();
      }
      goal.current = "aim";
      const index = items.findIndex(({ seq }) => (seq ?? Infinity) >= aim.seq);
      if (index >= 0 && (index < shown.from || index >= shown.to)) {
        span.value = around(items, aim.seq);
        return;
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

  return { log, inner, slice: shown, atEnd, scrolled, toNewest };
}
