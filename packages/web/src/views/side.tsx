// My conversations and who is here. On a phone it is a drawer over the log.

import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import type { Session } from "../state/session.js";
import type { Entry } from "../words/people.js";
import { EntryButton } from "./entry.js";
import { IconButton } from "./icons.js";
import { Invitations } from "./invitations.js";
import { MyFoot } from "./me.js";
import { narrow } from "./narrow.js";

interface SideProps {
  readonly chat: Chat;
  readonly session: Session;
}

/** More names than this nobody scrolls through: Ctrl+K finds the others. */
const namesShown = 200;

export function Side({ chat, session }: SideProps): JSX.Element {
  const { everyone, rooms, privately, alsoHere } = chat.people.value;
  const { count, complete } = session.house.present.value;
  const aside = useRef<HTMLElement>(null);
  const shown = !narrow.value || chat.drawer.value;
  const entries = (list: readonly Entry[]): JSX.Element[] =>
    list.map((entry) => (
      <EntryButton
        key={entry.conversation}
        entry={entry}
        note={entry === everyone ? hereNote(count) : undefined}
        current={entry.conversation === chat.openEntry.value.conversation}
        choose={(conversation) => chat.turnTo(conversation)}
      />
    ));

  const open = chat.drawer.value;
  const wasOpen = useRef(false);
  // With the drawing, not after it: a key may come in between.
  useLayoutEffect(() => {
    if (open) aside.current?.querySelector<HTMLElement>("[aria-current]")?.focus();
    // The keyboard goes back to where it opened the drawer.
    else if (wasOpen.current) document.querySelector<HTMLElement>(".people-button")?.focus();
    wasOpen.current = open;
  }, [open]);

  return (
    <aside
      class={shown ? "side shown" : "side"}
      ref={aside}
      inert={!shown}
      aria-label="Conversations and people"
    >
      <div class="side-top">
        <h2>Chat</h2>
        <IconButton
          of="close"
          label="Close the list"
          class="side-close"
          press={() => {
            chat.drawer.value = false;
          }}
        />
      </div>
      <nav class="side-list" aria-label="Conversations">
        <ul>{entries([everyone])}</ul>
        <h3>
          Rooms
          <IconButton
            of="add"
            label="Find or make a room"
            press={() => {
              chat.box.value = "rooms";
            }}
          />
        </h3>
        <Invitations chat={chat} session={session} />
        <ul>{entries(rooms)}</ul>
        {privately.length > 0 && <h3>Private</h3>}
        <ul>{entries(privately)}</ul>
        <h3>
          {privately.length > 0 ? "Also here" : "Here now"}
          <span>{alsoHere.length > 0 && alsoHere.length}</span>
        </h3>
        <ul>{entries(alsoHere.slice(0, namesShown))}</ul>
        <p class="side-note">{alsoHereNote(alsoHere.length, privately.length > 0, complete)}</p>
      </nav>
      <MyFoot chat={chat} session={session} />
    </aside>
  );
}

export function hereNote(count: number): string {
  return count <= 1 ? "Only you are here" : `${count} people here`;
}

function alsoHereNote(others: number, hasPrivate: boolean, complete: boolean): string | undefined {
  if (!complete) return "Too many to list. Ctrl+K finds a person by name.";
  if (others > namesShown) return `And ${others - namesShown} more. Ctrl+K finds a person by name.`;
  if (others === 0)
    return hasPrivate
      ? "Nobody else."
      : "Nobody else yet. Open this page in another window, or send the address to a friend.";
  return undefined;
}
