// What was said in one conversation. It opens at the first unread line, follows the end while the reader is there,
// and otherwise leaves the reader's place alone.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import type { Session } from "../state/session.js";
import { makeClock } from "../words/clock.js";
import type { Row } from "../words/rows.js";
import { rows } from "../words/rows.js";
import type { Span } from "../words/span.js";
import { around, following, held, newer, newest, older, slice } from "../words/span.js";
import { lines } from "../words/timeline.js";
import { Icon } from "./icons.js";
import { LineRow } from "./line.js";
import { Place } from "./place.js";

interface LogProps {
  readonly chat: Chat;
  readonly session: Session;
  /** The same for as long as this log lives: another conversation is another log. */
  readonly conversation: string;
  readonly label: string;
}

type Goal = "end" | "mark" | "keep";

const clock = makeClock();

export function Log({ chat, session, conversation, label }: LogProps): JSX.Element {
  const timeline = session.conversations.timeline(conversation).value;
  const loading = session.history.loading.value.has(conversation);
  const mark = session.conversations.mark.value;
  const markedFrom = mark?.conversation === conversation ? mark.from : undefined;
  const span = useSignal<Span>(newest);
  const atEnd = useSignal(true);
  const goal = useRef<Goal>("end");
  const begun = useRef(false);
  const lastOwn = useRef<string | undefined>(undefined);
  const place = useRef<Place | undefined>(undefined);
  const log = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);

  const all = lines(timeline);
  const { from, to } = slice(all, span.value);
  const markIsShown = markedFrom !== undefined && (all[from - 1]?.seq ?? 0) < markedFrom;
  const shown = rows(all.slice(from, to), markIsShown ? markedFrom : undefined, clock, Date.now());

  const notice = (): void => {
    const at = place.current;
    if (at === undefined || goal.current === "mark") return;
    at.note();
    atEnd.value = to === all.length && at.nearEnd;
    goal.current = atEnd.value ? "end" : "keep";
    if (begun.current)
      chat.looks(atEnd.value && document.visibilityState === "visible" && document.hasFocus());
    if (at.nearUpperEdge && from > 0) span.value = older(all, span.value);
    else if (at.nearUpperEdge && begun.current) session.history.loadOlder(conversation);
    else if (at.nearLowerEdge && to < all.length) span.value = newer(all, span.value);
    else span.value = atEnd.value ? following(all, span.value) : held(all, span.value);
  };

  const settle = (): void => {
    const at = place.current;
    if (at === undefined) return;
    if (goal.current === "end") at.toEnd();
    else if (goal.current === "keep") at.keep();
    else {
      const row = inner.current?.querySelector<HTMLElement>(".unread-from");
      if (row !== null && row !== undefined) at.toRow(row);
      goal.current = "keep";
    }
    notice();
  };

  /** Takes effect when it is drawn: until then what is shown need not have the end in it. */
  const toNewest = (): void => {
    span.value = { ...newest };
    goal.current = "end";
  };

  // The newest of these, for listeners that live longer than one rendering.
  const latest = useRef({ settle, notice });
  latest.current = { settle, notice };

  useLayoutEffect(() => {
    if (place.current === undefined && log.current !== null && inner.current !== null) {
      place.current = new Place(log.current, inner.current);
    }
    const own = timeline.unplaced.at(-1)?.key;
    const wrote = own !== undefined && own !== lastOwn.current;
    lastOwn.current = own;
    if (wrote) return toNewest();
    if (timeline.loaded && !begun.current) {
      begun.current = true;
      if (markedFrom !== undefined) {
        span.value = around(all, markedFrom);
        goal.current = "mark";
        if (!markIsShown) return;
      }
    }
    settle();
  });

  useEffect(() => {
    const resized = new ResizeObserver(() => latest.current.settle());
    if (log.current !== null) resized.observe(log.current);
    if (inner.current !== null) resized.observe(inner.current);
    const turned = (): void => latest.current.notice();
    const happenings = ["focus", "blur", "visibilitychange"];
    for (const happening of happenings) window.addEventListener(happening, turned, true);
    return () => {
      resized.disconnect();
      for (const happening of happenings) window.removeEventListener(happening, turned, true);
    };
  }, []);

  return (
    <>
      <div
        class="log"
        ref={log}
        role="log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable to be scrolled by keys
        tabIndex={0}
        aria-label={conversation === "everyone" ? "Messages to everyone" : `Messages with ${label}`}
        // Older lines that come in above are nothing new to hear.
        aria-live={loading ? "off" : "polite"}
        aria-busy={loading}
        onScroll={notice}
      >
        <div class="rows" ref={inner}>
          {shown.length === 0 && <Empty conversation={conversation} label={label} loaded={timeline.loaded} />}
          {shown.length > 0 && loading && <p class="edge">Loading …</p>}
          {shown.length > 0 && timeline.loaded && !timeline.more && from === 0 && <Beginning />}
          {shown.map((row) => (
            <RowView key={row.key} row={row} session={session} />
          ))}
        </div>
      </div>
      {!atEnd.value && <ToNewest unread={chat.openEntry.value.unread} go={toNewest} />}
    </>
  );
}

function RowView({ row, session }: { row: Row; session: Session }): JSX.Element {
  switch (row.type) {
    case "day":
      return <p class="day">{row.label}</p>;
    case "unread":
      return <p class="unread-from">New</p>;
    case "line":
      return <LineRow line={row.line} follows={row.follows} clock={clock} session={session} />;
  }
}

function Beginning(): JSX.Element {
  return <p class="edge">This is where it begins.</p>;
}

function Empty({
  conversation,
  label,
  loaded,
}: {
  conversation: string;
  label: string;
  loaded: boolean;
}): JSX.Element {
  if (!loaded) return <p class="empty">Loading …</p>;
  if (conversation === "everyone") {
    return (
      <p class="empty">
        <strong>Nothing has been said yet</strong>
        Write the first words: everyone who is here sees them.
      </p>
    );
  }
  return (
    <p class="empty">
      <strong>
        Only you and <bdi>{label}</bdi>
      </strong>
      What you write here goes to <bdi>{label}</bdi> and to nobody else.
    </p>
  );
}

function ToNewest({ unread, go }: { unread: number; go: () => void }): JSX.Element {
  const words = unread === 0 ? "Newest messages" : unread === 1 ? "1 new message" : `${unread} new messages`;
  return (
    <div class="to-newest-place">
      <button type="button" class={unread > 0 ? "to-newest news" : "to-newest"} onClick={go}>
        <Icon of="down" size={18} />
        {words}
      </button>
    </div>
  );
}
