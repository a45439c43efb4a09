// The open conversation: its head, how the connection stands, the log and the composer.

import type { JSX } from "preact";
import type { Chat } from "../state/chat.js";
import type { Session } from "../state/session.js";
import type { Entry } from "../words/people.js";
import { Composer } from "./composer.js";
import { Icon } from "./icons.js";
import { Log } from "./log.js";
import { narrow } from "./narrow.js";
import { hereNote } from "./side.js";

interface TalkProps {
  readonly chat: Chat;
  readonly session: Session;
}

export function Talk({ chat, session }: TalkProps): JSX.Element {
  const entry = chat.openEntry.value;
  const { conversation, label } = entry;
  const elsewhere = chat.unread.value - entry.unread;
  const of = { chat, session, conversation, label };
  return (
    <main class="talk" inert={narrow.value && chat.drawer.value}>
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
          {elsewhere > 0 && <span class="badge">{elsewhere > 99 ? "99+" : elsewhere}</span>}
        </button>
        <div class="what">
          <h1 class="name">
            <bdi>{label}</bdi>
          </h1>
          <p class="name">{note(entry, session.present.value.count)}</p>
        </div>
        <button
          type="button"
          class="find"
          aria-label="Find a person or a conversation"
          aria-keyshortcuts="Control+K"
          onClick={() => {
            chat.finding.value = true;
          }}
        >
          <Icon of="find" size={18} />
          <span>Find a person</span>
          <kbd>Ctrl K</kbd>
        </button>
      </header>
      <Banner chat={chat} session={session} />
      <Log key={conversation} {...of} />
      <div class="composer">
        <Composer key={conversation} {...of} />
      </div>
    </main>
  );
}

function note(entry: Entry, count: number): string {
  if (entry.conversation === "everyone") return hereNote(count);
  if (entry.presence === "here") return "Online · only the two of you see this";
  if (entry.presence === "away") return "Offline · only the two of you see this";
  return "Only the two of you see this";
}

function Banner({ chat, session }: TalkProps): JSX.Element {
  const waiting = session.connection.value.state === "waiting";
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
      {chat.notice.value !== undefined && (
        <p class="banner" dir="auto">
          {chat.notice.value}
        </p>
      )}
    </div>
  );
}
