// What was said in one conversation.

import type { JSX } from "preact";
import type { Chat } from "../state/chat.js";
import type { Session } from "../state/session.js";
import { makeClock } from "../words/clock.js";
import type { Row } from "../words/rows.js";
import { rows } from "../words/rows.js";
import { Icon } from "./icons.js";
import { LineRow } from "./line.js";
import { useReading } from "./reading.js";

interface LogProps {
  readonly chat: Chat;
  readonly session: Session;
  /** The same for as long as this log lives: another conversation is another log. */
  readonly conversation: string;
  readonly label: string;
}

const clock = makeClock();

export function Log({ chat, session, conversation, label }: LogProps): JSX.Element {
  const timeline = session.conversations.timeline(conversation).value;
  const loading = session.history.loading.value.has(conversation);
  const mark = session.conversations.mark.value;
  const markedFrom = mark?.conversation === conversation ? mark.from : undefined;
  const reading = useReading({
    timeline,
    markedFrom,
    markRow: () => reading.inner.current?.querySelector<HTMLElement>(".unread-from"),
    loadOlder: () => session.history.loadOlder(conversation),
    looks: (atEnd) => chat.looks(atEnd && document.visibilityState === "visible" && document.hasFocus()),
  });
  const { all } = reading;
  const { from, to } = reading.slice;
  const markIsShown = markedFrom !== undefined && (all[from - 1]?.seq ?? 0) < markedFrom;
  const shown = rows(all.slice(from, to), markIsShown ? markedFrom : undefined, clock, Date.now());

  return (
    <>
      <div
        class="log"
        ref={reading.log}
        role="log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable to be scrolled by keys
        tabIndex={0}
        aria-label={conversation === "everyone" ? "Messages to everyone" : `Messages with ${label}`}
        // Older lines that come in above are nothing new to hear.
        aria-live={loading ? "off" : "polite"}
        aria-busy={loading}
        onScroll={reading.scrolled}
        // The end of the conversation, which need not be among the lines that are drawn.
        onKeyDown={({ key }) => key === "End" && reading.toNewest()}
      >
        <div class="rows" ref={reading.inner}>
          {shown.length === 0 && <Empty conversation={conversation} label={label} loaded={timeline.loaded} />}
          {shown.length > 0 && loading && <p class="edge">Loading …</p>}
          {shown.length > 0 && timeline.loaded && !timeline.more && from === 0 && <Beginning />}
          {shown.map((row) => (
            <RowView key={row.key} row={row} session={session} />
          ))}
        </div>
      </div>
      {!reading.atEnd.value && <ToNewest unread={chat.openEntry.value.unread} go={reading.toNewest} />}
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
