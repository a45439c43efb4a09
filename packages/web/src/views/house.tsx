// The page once somebody is in: the list, the conversation, what stands beside it, and the keys that work everywhere.

import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import { Hands } from "../state/hands.js";
import type { Session } from "../state/session.js";
import { Finder } from "./finder.js";
import { MyBox } from "./me.js";
import { narrow } from "./narrow.js";
import { PanelView } from "./panel.js";
import { RoomsBox } from "./rooms.js";
import { Side } from "./side.js";
import { Talk } from "./talk.js";

export function HouseView({ chat, session }: { chat: Chat; session: Session }): JSX.Element {
  const entry = chat.openEntry.value;
  const hands = useMemo(() => new Hands(chat, session, entry.conversation), [session, entry.conversation]);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => pressed(event, chat);
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [chat]);

  return (
    <div class={chat.panel.value === undefined ? "house" : "house with-panel"}>
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
      <Talk chat={chat} session={session} hands={hands} entry={entry} />
      <PanelView chat={chat} hands={hands} entry={entry} />
      {chat.box.value === "finder" && <Finder chat={chat} session={session} />}
      {chat.box.value === "rooms" && <RoomsBox chat={chat} session={session} />}
      {chat.box.value === "me" && <MyBox chat={chat} session={session} />}
    </div>
  );
}

function pressed(event: KeyboardEvent, chat: Chat): void {
  const { key, shiftKey, altKey, isComposing } = event;
  const withCtrl = (event.ctrlKey || event.metaKey) && !altKey;
  if (withCtrl && !shiftKey && key.toLowerCase() === "k") {
    chat.box.value = chat.box.peek() === "finder" ? undefined : "finder";
  } else if (
    (withCtrl && shiftKey && key.toLowerCase() === "f") ||
    (key === "/" && !isWritten(event.target))
  ) {
    if (chat.box.peek() !== undefined) return;
    chat.panel.value = { kind: "search" };
    document.querySelector<HTMLElement>('[type="search"]')?.focus();
  } else if (key === "Escape" && !isComposing && chat.box.peek() === undefined) {
    return escaped(chat);
  } else return;
  event.preventDefault();
}

/** Closes what is open, then leads back to writing. */
function escaped(chat: Chat): void {
  if (chat.drawer.peek()) {
    chat.drawer.value = false;
    return;
  }
  chat.panel.value = undefined;
  document.querySelector<HTMLElement>(".talk .composer textarea")?.focus();
}

function isWritten(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}
