// The box of Ctrl+K: a few letters, and one writes to whom one means.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import type { Entry } from "../words/people.js";
import { matching } from "../words/people.js";
import { EntryFace } from "./entry.js";

const mostShown = 50;

export function Finder({ chat }: { chat: Chat }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const typed = useSignal("");
  const chosen = useSignal(0);
  const { everyone, privately, alsoHere } = chat.people.value;
  const known = matching([everyone, ...privately, ...alsoHere], typed.value).slice(0, mostShown);
  const found = [...known, ...stranger(known, typed.value)];
  const at = Math.min(chosen.value, found.length - 1);

  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  useLayoutEffect(() => {
    dialog.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const choose = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    if (known.includes(entry)) chat.turnTo(entry.conversation);
    else chat.turnToName(entry.label);
  };

  const press = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter") choose(found[at]);
    else if (event.key === "ArrowDown") chosen.value = (at + 1) % Math.max(1, found.length);
    else if (event.key === "ArrowUp") chosen.value = (at - 1 + found.length) % Math.max(1, found.length);
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
        {found.map((entry, index) => (
          <li
            key={entry.conversation}
            id={`found-${index}`}
            role="option"
            aria-selected={index === at}
            class="entry"
            onClick={() => choose(entry)}
            onPointerMove={() => {
              chosen.value = index;
            }}
          >
            <EntryFace entry={entry} note={known.includes(entry) ? undefined : "Write to this name"} />
          </li>
        ))}
      </ul>
      {/* biome-ignore-end lint/a11y: the field above has the keyboard, as a combobox does */}
      {found.length === 0 && <p>Nobody is here yet.</p>}
    </dialog>
  );
}

/** Somebody whose name is typed in full and who is not in the lists: away, or one of a crowd. */
function stranger(known: readonly Entry[], typed: string): readonly Entry[] {
  const label = typed.trim().replace(/^@/, "");
  if (label === "" || known.some((entry) => entry.label.toLowerCase() === label.toLowerCase())) return [];
  return [{ conversation: `stranger ${label}`, label, unread: 0, presence: "unknown" }];
}
