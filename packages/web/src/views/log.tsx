// What was said in one conversation.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import type { Hands } from "../state/hands.js";
import type { Session } from "../state/session.js";
import { makeClock } from "../words/clock.js";
import { items } from "../words/items.js";
import type { Entry } from "../words/people.js";
import { rows } from "../words/rows.js";
import { Icon } from "./icons.js";
import { walkLines } from "./log-keys.js";
import { useReading } from "./reading.js";
import { RowView } from "./row.js";

interface LogProps {
  readonly chat: Chat;
  readonly session: Session;
  readonly hands: Hands;
  /** Its conversation is the same for as long as this log lives: another one is another log. */
  readonly entry: Entry;
}

export const clock = makeClock();
/** How long a line that was looked for is seen to be it. */
const litMs = 2_500;

export function Log({ chat, session, hands, entry }: LogProps): JSX.Element {
  const { conversation, label, kind } = entry;
  const { reader } = session;
  const view = reader.view.value;
  const revealed = useSignal<ReadonlySet<string>>(new Set());
  const lit = useSignal<number | undefined>(undefined);
  const loading = view === undefined || view.loading.length > 0;
  const all = items(view?.lines ?? [], session.deeds.unsent.value, conversation, session.name ?? "");
  const markedFrom = reader.markedFrom.value;
  const reading = useReading({
    items: all,
    view,
    aim: reader.aim.value,
    markRow: () => reading.inner.current?.querySelector<HTMLElement>(".unread-from"),
    arrived(aim) {
      if (aim.why === "sought") lit.value = aim.seq;
      reader.arrived();
    },
    reached: (edge) => reader.reached(edge),
    looks(atEnd) {
      const looking = atEnd && document.visibilityState === "visible" && document.hasFocus();
      chat.looks(conversation, looking);
    },
    reads: (seq) => reader.reads(conversation, seq),
  });
  const { from, to } = reading.slice;
  const markIsShown = markedFrom !== undefined && (all[from - 1]?.seq ?? 0) < markedFrom;
  const shown = rows(
    all.slice(from, to),
    markIsShown ? markedFrom : undefined,
    clock,
    Date.now(),
    revealed.value,
  );
  useEffect(() => {
    if (lit.value === undefined) return;
    const timer = setTimeout(() => {
      lit.value = undefined;
    }, litMs);
    return () => clearTimeout(timer);
  }, [lit.value]);

  const toNewest = (): void => {
    if (all.some((item) => item.kind === "hole")) reader.toNewest();
    else reading.toNewest();
  };
  const around = {
    hands,
    clock,
    receipts: view?.receipts ?? [],
    online: session.online,
    reveal(keys: readonly string[]) {
      revealed.value = new Set([...revealed.peek(), ...keys]);
    },
  };
  const isBegun = view?.start === "all" && from === 0;

  return (
    <>
      <div
        class="log"
        ref={reading.log}
        role="log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable to be scrolled by keys
        tabIndex={0}
        aria-label={kind === "person" ? `Messages with ${label}` : `Messages ${inOrTo(entry)}`}
        // Older lines that come in above are nothing new to hear.
        aria-live={loading ? "off" : "polite"}
        aria-busy={loading}
        onScroll={reading.scrolled}
        onKeyDown={(event) => {
          // The end of the conversation, which need not be among the lines that are drawn.
          if (event.key === "End") toNewest();
          else walkLines(event, hands);
        }}
      >
        <div class="rows" ref={reading.inner}>
          {shown.length === 0 && <Empty entry={entry} loaded={!loading || view?.start === "all"} />}
          {shown.length > 0 && view?.loading.includes("start") && <p class="edge">Loading …</p>}
          {shown.length > 0 && isBegun && <p class="edge">This is where it begins.</p>}
          {shown.map((row) => (
            <RowView key={row.key} row={row} lit={lit.value} {...around} />
          ))}
        </div>
      </div>
      {!reading.atEnd.value && <ToNewest unread={entry.unread} go={toNewest} />}
    </>
  );
}

export function inOrTo({ kind, label }: Entry): string {
  if (kind === "everyone") return "to everyone";
  return kind === "room" ? `in ${label}` : `to ${label}`;
}

function Empty({ entry, loaded }: { entry: Entry; loaded: boolean }): JSX.Element {
  const { kind, label } = entry;
  if (!loaded) return <p class="empty">Loading …</p>;
  if (kind === "person") {
    return (
      <p class="empty">
        <strong>
          Only you and <bdi>{label}</bdi>
        </strong>
        What you write here goes to <bdi>{label}</bdi> and to nobody else.
      </p>
    );
  }
  return (
    <p class="empty">
      <strong>Nothing has been said yet</strong>
      {kind === "everyone"
        ? "Write the first words: everyone who is here sees them."
        : "Write the first words: the members of this room see them."}
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
