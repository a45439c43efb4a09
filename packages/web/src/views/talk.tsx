// The open conversation: its head, how the connection stands, the log and the composer.

import type { JSX } from "preact";
import type { Chat } from "../state/chat.js";
import type { Hands } from "../state/hands.js";
import type { Session } from "../state/session.js";
import { may } from "../words/may.js";
import type { Entry } from "../words/people.js";
import { news, shortCount } from "../words/people.js";
import { typingWords } from "../words/ticks.js";
import { Composer } from "./composer.js";
import { enterRoom } from "./enter-room.js";
import { Icon, IconButton } from "./icons.js";
import { Log } from "./log.js";
import { narrow } from "./narrow.js";
import { Note } from "./note.js";

interface TalkProps {
  readonly chat: Chat;
  readonly session: Session;
  readonly hands: Hands;
  readonly entry: Entry;
}

export function Talk({ chat, session, hands, entry }: TalkProps): JSX.Element {
  const { conversation } = entry;
  const covered = narrow.value && (chat.drawer.value || chat.panel.value !== undefined);
  const isMine = entry.kind !== "room" || session.house.standing(conversation) !== undefined;
  return (
    <main class="talk" inert={covered}>
      <Head chat={chat} session={session} entry={entry} />
      <Banner chat={chat} session={session} />
      {isMine ? (
        <>
          <Log key={conversation} chat={chat} session={session} hands={hands} entry={entry} />
          <Typing session={session} conversation={conversation} />
          {may("message", hands.where) ? (
            <Composer key={conversation} hands={hands} entry={entry} />
          ) : (
            <p class="closed">This room is archived: it can be read, and nothing new can be said.</p>
          )}
        </>
      ) : (
        <Outside chat={chat} session={session} entry={entry} />
      )}
    </main>
  );
}

function Head({ chat, session, entry }: Omit<TalkProps, "hands">): JSX.Element {
  const elsewhere = chat.news.value - news(entry);
  const panel = chat.panel.value?.kind;
  return (
    <header class="talk-top">
      <button
        type="button"
        class="icon-button people-button"
        aria-label={
          elsewhere > 0 ? `People and conversations, ${elsewhere} unread` : "People and conversations"
        }
        aria-expanded={chat.drawer.value}
        onClick={() => {
          chat.drawer.value = true;
        }}
      >
        <Icon of="people" />
        {elsewhere > 0 && <span class="badge">{shortCount(elsewhere)}</span>}
      </button>
      <div class="what">
        <h1 class="name">
          <bdi>{entry.label}</bdi>
        </h1>
        <Note session={session} entry={entry} />
      </div>
      <button
        type="button"
        class="find"
        aria-label="Find a person or a conversation"
        aria-keyshortcuts="Control+K"
        onClick={() => {
          chat.box.value = "finder";
        }}
      >
        <Icon of="people" size={18} />
        <span>Find a person</span>
        <kbd>Ctrl K</kbd>
      </button>
      <IconButton
        of="find"
        label="Search messages"
        open={panel === "search"}
        press={() => chat.toggle({ kind: "search" })}
      />
      {entry.kind !== "everyone" && (
        <IconButton
          of="pin"
          class="wide-only"
          label="Pinned messages"
          open={panel === "pins"}
          press={() => chat.toggle({ kind: "pins" })}
        />
      )}
      <IconButton
        of="details"
        label={entry.kind === "room" ? "Members and details" : "Details"}
        open={panel === "details"}
        press={() => chat.toggle({ kind: "details" })}
      />
    </header>
  );
}

/** Said aside, and never moves the log: its line is always there. */
function Typing({ session, conversation }: { session: Session; conversation: string }): JSX.Element {
  const names = session.house.typing.value.get(conversation) ?? [];
  return (
    <p class="typing" role="status" dir="auto">
      {typingWords(names)}
    </p>
  );
}

/** A room that one came to by its address, and is not in. */
function Outside({ chat, session, entry }: Omit<TalkProps, "hands">): JSX.Element {
  const { conversation, label } = entry;
  if (!session.house.listed.value) return <p class="empty">Loading …</p>;
  return (
    <div class="empty outside">
      <p>
        <strong>
          You are not in <bdi>{label}</bdi>
        </strong>
        If it is public, or you are invited, you can join it.
      </p>
      <button type="button" class="button" onClick={() => void enterRoom(chat, session, conversation)}>
        Join <bdi>{label}</bdi>
      </button>
    </div>
  );
}

function Banner({ chat, session }: { chat: Chat; session: Session }): JSX.Element {
  const waiting = session.connection.value.state === "waiting";
  const { read_only, reason } = session.house.rules.value;
  return (
    <div role="status">
      {chat.offline.value && (
        <p class="banner">
          No connection. What you write is kept here and sent when it is back.
          {waiting && (
            <button type="button" onClick={() => session.wake()}>
              Try now
            </button>
          )}
        </p>
      )}
      {read_only && (
        <p class="banner" dir="auto">
          {session.isAdmin ? "Only admins" : "Nobody"} can write for now
          {reason === undefined || reason === "" ? "." : `: ${reason}`}
        </p>
      )}
      {chat.notice.value !== undefined && (
        <p class="banner" dir="auto">
          {chat.notice.value}
        </p>
      )}
    </div>
  );
}
