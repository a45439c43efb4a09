// One conversation in a list: whose it is, whether they are here, what is unread.

import type { JSX } from "preact";
import type { Entry, Presence } from "../words/people.js";
import { monogram, news, shortCount } from "../words/people.js";
import { Icon } from "./icons.js";

interface EntryFaceProps {
  readonly entry: Entry;
  readonly note?: string | undefined;
}

/** What stands inside an entry, wherever it is chosen. */
export function EntryFace({ entry, note = entry.text }: EntryFaceProps): JSX.Element {
  const { kind, label, presence } = entry;
  return (
    <>
      <Face kind={kind} label={label} presence={presence} />
      <span class="name">
        <bdi>{label}</bdi>
        {presence !== "unknown" && <span class="aside">, {presence}</span>}
        {note !== undefined && note !== "" && <small dir="auto">{note}</small>}
      </span>
      {entry.muted && <Muted />}
      <Badge entry={entry} />
    </>
  );
}

export function Face({ kind, label, presence }: Pick<Entry, "kind" | "label" | "presence">): JSX.Element {
  return (
    <span class="monogram" aria-hidden="true">
      {kind === "everyone" ? (
        <Icon of="people" />
      ) : kind === "room" ? (
        <Icon of="room" size={18} />
      ) : (
        <span>{monogram(label)}</span>
      )}
      <Dot presence={presence} />
    </span>
  );
}

/** Told apart by form too: full, half, barred, empty. */
export function Dot({ presence }: { presence: Presence }): JSX.Element | null {
  return presence === "unknown" ? null : <i class={`dot ${presence}`} />;
}

function Muted(): JSX.Element {
  return (
    <span class="muted-sign" role="img" aria-label="muted" title="Muted">
      <Icon of="muted" size={14} />
    </span>
  );
}

/** A call stands out; of a muted conversation nothing else is counted. */
function Badge({ entry }: { entry: Entry }): JSX.Element | null {
  const count = news(entry);
  if (count === 0) return null;
  const { mentions } = entry;
  return (
    <>
      {mentions > 0 && (
        <span class="badge call-badge">
          <span aria-hidden="true">@</span>
          {mentions > 1 && shortCount(mentions)}
          <span class="aside">{mentions === 1 ? "1 mention" : "mentions"}, </span>
        </span>
      )}
      {!entry.muted && (
        <span class="badge">
          {shortCount(count)}
          <span class="aside"> unread</span>
        </span>
      )}
    </>
  );
}

interface EntryButtonProps extends EntryFaceProps {
  readonly current: boolean;
  readonly choose: (conversation: string) => void;
}

export function EntryButton({ entry, note, current, choose }: EntryButtonProps): JSX.Element {
  const classes = ["entry", news(entry) > 0 && "unread", entry.muted && "muted"];
  return (
    <li>
      <button
        type="button"
        class={classes.filter(Boolean).join(" ")}
        aria-current={current ? "true" : undefined}
        onClick={() => choose(entry.conversation)}
      >
        <EntryFace entry={entry} note={note} />
      </button>
    </li>
  );
}
