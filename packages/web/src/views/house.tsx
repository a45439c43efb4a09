// The page once somebody is in: the list, the conversation, and the keys that work everywhere.

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import type { Session } from "../state/session.js";
import { Finder } from "./finder.js";
import { narrow } from "./narrow.js";
import { Side } from "./side.js";
import { Talk } from "./talk.js";

export function House({ chat, session }: { chat: Chat; session: Session }): JSX.Element {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (
        (event.ctrlKey || event.metaKey) &&
        !event.shiftKey &&
        !event.altKey &&
        event.key.toLowerCase() === "k"
      ) {
        event.preventDefault();
        chat.finding.value = !chat.finding.value;
      } else if (event.key === "Escape" && !event.isComposing && !chat.finding.value) {
        if (chat.drawer.value) chat.drawer.value = false;
        else document.querySelector<HTMLElement>(".composer textarea")?.focus();
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [chat]);

  return (
    <div class="house">
      <Side chat={chat} session={session} />
      {narrow.value && chat.drawer.value && (
        <button
          type="button"
          class="curtain"
          tabIndex={-1}
          aria-label="Close the list"
          onClick={() => {
            chat.drawer.value = false;
          }}
        />
      )}
      <Talk chat={chat} session={session} />
      {chat.finding.value && <Finder chat={chat} />}
    </div>
  );
}
