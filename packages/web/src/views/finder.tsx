// The box of Ctrl+K: a few letters, and one writes to whom one means.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import type { Entry, People } from "../words/people.js";
import { matching } from "../words/people.js";
import { EntryFace } from "./entry.js";

const mostShown = 50;

export function Finder({ chat }: { chat: Chat }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const typed = useSignal("");
  const chosen = useSignal(0);
  const found = search(chat.people.value, typed.value);
  const at = Math.min(chosen.value, found.length - 1);

  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  useLayoutEffect(() => {
    dialog.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const choose = (one: Found | undefined): void => {
    if (one === undefined) return;
    if (one.known) chat.turnTo(one.entry.conversation);
    else chat.turnToName(one.entry.label);
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
    <dialog
      class="finder"
      ref={dialog}
      aria-label="Choose a recipient"
      onClose={() => {
        chat.finding.value = false;
      }}
      // A click on the dialog itself is one beside its content.
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
      onKeyDown={() => undefined}
    >
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls="found"
        aria-activedescendant={at >= 0 ? `found-${at}` : undefined}
        aria-label="Name"
        placeholder="Write to …"
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
      <ul id="found" role="listbox" aria-label="People and conversations">
        {found.map(({ entry, known }, index) => (
          <li
            key={entry.conversation}
            id={`found-${index}`}
            role="option"
            aria-selected={index === at}
            class="entry"
            onClick={() => choose({ entry, known })}
            onPointerMove={() => {
              chosen.value = index;
            }}
          >
            <EntryFace entry={entry} note={known ? undefined : "Write to this name"} />
          </li>
        ))}
      </ul>
      {/* biome-ignore-end lint/a11y: the field above has the keyboard, as a combobox does */}
    </dialog>
  );
}

interface Found {
  readonly entry: Entry;
  /** In the lists; otherwise a name that was typed in full: of somebody away, or one of a crowd. */
  readonly known: boolean;
}

function search({ everyone, privately, alsoHere }: People, typed: string): readonly Found[] {
  const known = matching([everyone, ...privately, ...alsoHere], typed).slice(0, mostShown);
  const found = known.map((entry): Found => ({ entry, known: true }));
  const label = typed.trim().replace(/^@/, "");
  if (label === "" || known.some((entry) => entry.label.toLowerCase() === label.toLowerCase())) return found;
  const stranger: Entry = { conversation: `stranger ${label}`, label, unread: 0, presence: "unknown" };
  return [...found, { entry: stranger, known: false }];
}
