// Where one says one's name.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import { Sign } from "./icons.js";

export function Door({ chat }: { chat: Chat }): JSX.Element {
  const name = useSignal(chat.rememberedName);
  const field = useRef<HTMLInputElement>(null);
  const busy = chat.session.value !== undefined;
  const turnedAway = chat.turnedAway.value;

  useEffect(() => {
    if (!busy) field.current?.focus();
    if (turnedAway !== undefined) field.current?.select();
  }, [busy, turnedAway]);

  const enter = (event: Event): void => {
    event.preventDefault();
    const typed = name.peek().trim();
    if (typed === "" || chat.session.peek() !== undefined) field.current?.focus();
    else chat.enter(typed);
  };

  return (
    <main class="door">
      <form class="door-card" onSubmit={enter}>
        <Sign />
        <h1>Join the chat</h1>
        <p class="lead">Talk to everyone, in rooms, or to one person.</p>
        <label for="name">Your name</label>
        <input
          id="name"
          ref={field}
          class="field"
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
          readOnly={busy}
          dir="auto"
          autocomplete="username"
          autocapitalize="off"
          spellcheck={false}
          enterkeyhint="go"
          aria-invalid={turnedAway !== undefined}
          aria-describedby="door-note"
        />
        <div id="door-note" role="alert">
          {turnedAway !== undefined && (
            <p class="refusal">
              <strong>{turnedAway.message}</strong>
              {turnedAway.hint}
            </p>
          )}
          {busy && chat.offline.value && <p class="refusal">The server can’t be reached. Still trying …</p>}
        </div>
        <button type="submit" class="button" disabled={busy}>
          {busy ? "Joining …" : "Join"}
        </button>
        {busy && chat.offline.value ? (
          <button type="button" class="door-cancel" onClick={() => chat.leave()}>
            Cancel
          </button>
        ) : (
          <p class="small">Your name stays yours in this browser: a key for it is kept here.</p>
        )}
      </form>
    </main>
  );
}
