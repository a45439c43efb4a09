// Where one writes. Enter sends, Shift+Enter begins a new line; Enter that ends a composition (Japanese, Chinese,
// Korean …) does neither.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import type { Session } from "../state/session.js";
import { Icon } from "./icons.js";
import { hasKeyboard } from "./narrow.js";

interface ComposerProps {
  readonly chat: Chat;
  readonly session: Session;
  /** The same for as long as this composer lives. */
  readonly conversation: string;
  readonly label: string;
}

/** Counting is shown from here on, as a share of what a message may hold. */
const nearlyFull = 0.9;
const mostRows = 8;

export function Composer({ chat, session, conversation, label }: ComposerProps): JSX.Element {
  const text = useSignal(chat.draft(conversation));
  const field = useRef<HTMLTextAreaElement>(null);
  const most = session.messageChars;
  const chars = countChars(text.value, most);
  const isPrivate = conversation !== "everyone";

  useEffect(() => {
    if (hasKeyboard()) field.current?.focus();
  }, []);

  const write = (value: string): void => {
    text.value = value;
    chat.drafted(conversation, value);
  };

  const send = (event: Event): void => {
    event.preventDefault();
    // The keyboard of a phone stays open for the next line.
    field.current?.focus();
    // What stands there now: a quick Enter comes before the last letter is drawn.
    const message = text.peek();
    if (!isSendable(message, most)) return;
    session.say(message);
    write("");
  };

  const press = (event: KeyboardEvent): void => {
    // 229: Safari tells of the Enter that ends a composition after its end.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    send(event);
  };

  return (
    <form class="composer-form" onSubmit={send}>
      <textarea
        ref={field}
        dir="auto"
        value={text.value}
        rows={Math.min(mostRows, text.value.split("\n").length)}
        enterkeyhint="send"
        aria-label={isPrivate ? `Message to ${label}` : "Message to everyone"}
        placeholder={isPrivate ? `Write to ${label}` : "Write to everyone"}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={press}
      />
      <div class="composer-foot">
        <button
          type="button"
          class="to"
          aria-haspopup="dialog"
          onClick={() => {
            chat.finding.value = true;
          }}
        >
          <span>To</span>
          <bdi class="name">{label}</bdi>
          <Icon of="choose" size={16} />
          <span class="aside">, choose a recipient</span>
        </button>
        <span class={chars > most ? "room-left over" : "room-left"} role="status">
          {chars > most * nearlyFull && roomLeft(most - chars)}
        </span>
        <button type="submit" class="button name" disabled={!isSendable(text.value, most)}>
          {isPrivate ? (
            <>
              Send to <bdi>{label}</bdi>
            </>
          ) : (
            "Send to All"
          )}
        </button>
      </div>
    </form>
  );
}

/** In code points, as the server counts; only where it matters, since it is asked at every letter. */
function countChars(text: string, most: number): number {
  return text.length > most * nearlyFull ? [...text].length : text.length;
}

function roomLeft(chars: number): string {
  return chars < 0
    ? `${(-chars).toLocaleString()} characters too many`
    : `${chars.toLocaleString()} characters left`;
}

function isSendable(text: string, most: number): boolean {
  return text.trim() !== "" && countChars(text, most) <= most;
}
