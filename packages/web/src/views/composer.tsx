// Where one writes. Enter sends, Shift+Enter begins a new line; Enter that ends a composition (Japanese, Chinese,
// Korean …) does neither. ↑ in an empty field edits the last line of one's own.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Hands, Writing } from "../state/hands.js";
import { callAt, completed } from "../words/complete.js";
import { items } from "../words/items.js";
import type { Entry } from "../words/people.js";
import { Calls, useNames } from "./calls.js";
import { About, Recipient, SendWords } from "./composer-parts.js";
import { inOrTo } from "./log.js";
import { hasKeyboard } from "./narrow.js";

interface ComposerProps {
  /** The same for as long as this composer lives. */
  readonly hands: Hands;
  readonly entry: Entry;
}

/** Counting is shown from here on, as a share of what a message may hold. */
const nearlyFull = 0.9;
const mostRows = 8;

export function Composer({ hands, entry }: ComposerProps): JSX.Element {
  const { chat, session, conversation, thread, writing } = hands;
  const text = useSignal(chat.draft(hands.draftPlace));
  const caret = useSignal(text.peek().length);
  const chosen = useSignal(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const most = session.messageChars;
  const chars = countChars(text.value, most);
  const call = callAt(text.value, caret.value);
  const names = useNames(hands, call?.letters);
  const where = inOrTo(entry);

  useEffect(() => {
    if (hasKeyboard()) field.current?.focus();
  }, []);

  const about = writing.value;
  const before = useRef<Writing | undefined>(undefined);
  // With the drawing, not after it: a key may come in between.
  useLayoutEffect(() => {
    const was = before.current;
    before.current = about;
    if (about === was) return;
    if (about?.kind === "edit") text.value = about.said.message;
    else if (was?.kind === "edit") text.value = chat.draft(hands.draftPlace);
    caret.value = text.peek().length;
    if (about !== undefined) field.current?.focus();
  }, [about]);

  const write = (value: string): void => {
    text.value = value;
    if (writing.peek()?.kind === "edit") return;
    chat.drafted(hands.draftPlace, value);
    session.typed(conversation, value.trim() !== "");
  };

  const send = (event: Event): void => {
    event.preventDefault();
    // The keyboard of a phone stays open for the next line.
    field.current?.focus();
    // What stands there now: a quick Enter comes before the last letter is drawn.
    const message = text.peek();
    if (!isSendable(message, most)) return;
    const wasEdit = writing.peek()?.kind === "edit";
    hands.say(message);
    text.value = wasEdit ? chat.draft(hands.draftPlace) : "";
    if (!wasEdit) chat.drafted(hands.draftPlace, "");
  };

  const complete = (name: string): void => {
    if (call === undefined) return;
    const done = completed(text.peek(), call, name);
    write(done.text);
    caret.value = done.caret;
    // Once it is drawn: before that the field has its old text.
    requestAnimationFrame(() => field.current?.setSelectionRange(done.caret, done.caret));
    field.current?.focus();
  };

  const editLast = (): boolean => {
    if (text.peek() !== "" || writing.peek() !== undefined) return false;
    const lines = session.reader.view.peek()?.lines ?? [];
    const all = items(lines, session.deeds.unsent.peek(), conversation, session.name ?? "");
    const last = all.findLast(
      (item) => item.kind === "message" && item.own && !item.deleted && item.state !== "failed",
    );
    if (last?.kind === "message") hands.write("edit", last);
    return last !== undefined;
  };

  /** @returns whether the key was for the names that are offered */
  const chooseName = (key: string): boolean => {
    if (names.length === 0) return false;
    const at = Math.min(chosen.peek(), names.length - 1);
    if (key === "ArrowDown") chosen.value = (at + 1) % names.length;
    else if (key === "ArrowUp") chosen.value = (at - 1 + names.length) % names.length;
    else if (key === "Enter" || key === "Tab") complete(names[at] ?? "");
    else if (key === "Escape") caret.value = -1;
    else return false;
    return true;
  };

  const press = (event: KeyboardEvent): void => {
    // 229: Safari tells of the Enter that ends a composition after its end.
    if (event.isComposing || event.keyCode === 229 || event.shiftKey) return;
    const { key } = event;
    if (chooseName(key)) event.stopPropagation();
    else if (key === "Escape" && writing.peek() !== undefined) {
      writing.value = undefined;
      event.stopPropagation();
    } else if (key === "Enter") return send(event);
    else if (key !== "ArrowUp" || !editLast()) return;
    event.preventDefault();
  };

  const placed = ({ currentTarget }: { currentTarget: HTMLTextAreaElement }): void => {
    caret.value = currentTarget.selectionEnd;
  };

  return (
    <div class="composer">
      {names.length > 0 && (
        <Calls names={names} chosen={Math.min(chosen.value, names.length - 1)} choose={complete} />
      )}
      <form class="composer-form" onSubmit={send}>
        {about !== undefined && <About writing={about} hands={hands} />}
        <textarea
          ref={field}
          dir="auto"
          value={text.value}
          rows={Math.min(mostRows, text.value.split("\n").length)}
          enterkeyhint="send"
          aria-label={thread === undefined ? `Message ${where}` : "Reply in the thread"}
          placeholder={thread === undefined ? `Write ${where}` : "Reply in the thread"}
          onInput={(event) => {
            write(event.currentTarget.value);
            placed(event);
            chosen.value = 0;
          }}
          onSelect={placed}
          onKeyDown={press}
        />
        <div class="composer-foot">
          {thread === undefined && <Recipient hands={hands} entry={entry} />}
          <span class={chars > most ? "room-left over" : "room-left"} role="status">
            {chars > most * nearlyFull && roomLeft(most - chars)}
          </span>
          <button type="submit" class="button name" disabled={!isSendable(text.value, most)}>
            <SendWords about={about} entry={entry} inThread={thread !== undefined} />
          </button>
        </div>
      </form>
    </div>
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
