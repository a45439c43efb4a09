// One conversation in a list: whose it is, whether they are here, what is unread.

import type { JSX } from "preact";
import type { Entry } from "../words/people.js";
import { monogram } from "../words/people.js";
import { Icon } from "./icons.js";

interface EntryFaceProps {
  readonly entry: Entry;
  readonly note?: string | undefined;
}

/** What stands inside an entry, wherever it is chosen. */
export function EntryFace({ entry, note }: EntryFaceProps): JSX.Element {
  return (
    <>
      <span class="monogram" aria-hidden="true">
        {entry.conversation === "everyone" ? <Icon of="people" /> : <span>{monogram(entry.label)}</span>}
        {entry.conversation !== "everyone" && entry.presence !== "unknown" && (
          <i class={entry.presence === "here" ? "dot" : "dot away"} />
        )}
      </span>
      <span class="name">
        <bdi>{entry.label}</bdi>
        {note !== undefined && <small>{note}</small>}
        {entry.conversation !== "everyone" && entry.presence !== "unknown" && (
          <span class="aside">{entry.presence === "here" ? ", online" : ", offline"}</span>
        )}
      </span>
      {entry.unread > 0 && (
        <span class="badge">
          {entry.unread > 99 ? "99+" : entry.unread}
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
  return (
    <li>
      <button
        type="button"
        class={entry.unread > 0 ? "entry unread" : "entry"}
        aria-current={current ? "true" : undefined}
        onClick={() => choose(entry.conversation)}
      >
        <EntryFace entry={entry} note={note} />
      </button>
    </li>
  );
}
