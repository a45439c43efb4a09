// The box of Ctrl+K: a few letters, and one writes to whom one means.

import { useSignal } from "@preact/signals";
import { nameKey } from "chat-hub";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import type { Session } from "../state/session.js";
import type { Entry, People } from "../words/people.js";
import { matching } from "../words/people.js";
import { BoxView } from "./box.js";
import { enterRoom } from "./enter-room.js";
import { EntryFace } from "./entry.js";

const mostShown = 50;

export function Finder({ chat, session }: { chat: Chat; session: Session }): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const typed = useSignal("");
  const chosen = useSignal(0);
  const found = search(chat.people.value, typed.value);
  const at = Math.min(chosen.value, found.length - 1);

  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const choose = (one: Found | undefined): void => {
    if (one === undefined) return;
    if (one.known) chat.turnTo(one.entry.conversation);
    else if (one.entry.kind === "person") chat.turnToName(one.entry.label);
    else {
      chat.box.value = undefined;
      void enterRoom(chat, session, one.entry.conversation);
    }
  };

  const press = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229) return;
    // What fits what stands there now: a quick Enter comes before the last letter is drawn.
    const now = search(chat.people.peek(), typed.peek());
    const here = Math.min(chosen.peek(), now.length - 1);
    if (event.key === "Enter") choose(now[here]);
    else if (event.key === "ArrowDown") chosen.value = (here + 1) % Math.max(1, now.length);
    else if (event.key === "ArrowUp") chosen.value = (here - 1 + now.length) % Math.max(1, now.length);
    else return;
    event.preventDefault();
  };

  return (
    <BoxView chat={chat} label="Choose a recipient" class="finder">
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls="found"
        aria-activedescendant={at >= 0 ? `found-${at}` : undefined}
        aria-label="Name"
        placeholder="Write to … (# for rooms)"
        dir="auto"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        enterkeyhint="go"
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          chosen.value = 0;
        }}
        onKeyDown={press}
      />
      {/* biome-ignore-start lint/a11y: the field above has the keyboard, as a combobox does */}
      <ul id="found" ref={list} role="listbox" aria-label="People and conversations">
        {found.map((one, index) => (
          <li
            key={one.entry.conversation}
            id={`found-${index}`}
            role="option"
            aria-selected={index === at}
            class="entry"
            onClick={() => choose(one)}
            onPointerMove={() => {
              chosen.value = index;
            }}
          >
            <EntryFace entry={one.entry} note={one.known ? undefined : unknownNote(one.entry)} />
          </li>
        ))}
      </ul>
      {/* biome-ignore-end lint/a11y: the field above has the keyboard, as a combobox does */}
    </BoxView>
  );
}

function unknownNote({ kind }: Entry): string {
  return kind === "room" ? "Join this room" : "Write to this name";
}

interface Found {
  readonly entry: Entry;
  /** In the lists; otherwise a name that was typed in full: of somebody away, one of a crowd, another room. */
  readonly known: boolean;
}

function search({ everyone, rooms, privately, alsoHere }: People, typed: string): readonly Found[] {
  const known = matching([everyone, ...rooms, ...privately, ...alsoHere], typed).slice(0, mostShown);
  const found = known.map((entry): Found => ({ entry, known: true }));
  const kind = typed.trim().startsWith("#") ? "room" : "person";
  const label = typed.trim().replace(/^@/, "");
  if (/^#?$/.test(label) || known.some((entry) => entry.label.toLowerCase() === label.toLowerCase()))
    return found;
  const conversation = kind === "room" ? `#${nameKey(label.slice(1))}` : `stranger ${label}`;
  const stranger: Entry = { ...everyone, conversation, kind, label, unread: 0, mentions: 0, muted: false };
  return [...found, { entry: stranger, known: false }];
}
