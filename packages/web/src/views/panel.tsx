// What stands beside the log, or over it on a phone: one thing at a time.

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import type { Hands } from "../state/hands.js";
import type { Entry } from "../words/people.js";
import { Details } from "./details.js";
import { HousePanel } from "./house-panel.js";
import { IconButton } from "./icons.js";
import { narrow } from "./narrow.js";
import { Pins } from "./pins.js";
import { SearchPanel } from "./search.js";
import { Thread } from "./thread.js";

interface PanelProps {
  readonly chat: Chat;
  readonly hands: Hands;
  readonly entry: Entry;
}

export function PanelView({ chat, hands, entry }: PanelProps): JSX.Element | null {
  const panel = chat.panel.value;
  switch (panel?.kind) {
    case undefined:
      return null;
    case "thread":
      return (
        <Frame chat={chat} title="Thread">
          <Thread
            key={`${entry.conversation} ${panel.seq}`}
            chat={chat}
            hands={hands}
            entry={entry}
            root={panel.seq}
          />
        </Frame>
      );
    case "pins":
      return (
        <Frame chat={chat} title="Pinned">
          <Pins key={entry.conversation} hands={hands} />
        </Frame>
      );
    case "search":
      return (
        <Frame chat={chat} title="Search">
          <SearchPanel chat={chat} session={hands.session} entry={entry} />
        </Frame>
      );
    case "house":
      return (
        <Frame chat={chat} title="The house">
          <HousePanel session={hands.session} />
        </Frame>
      );
    case "details":
      return (
        <Frame chat={chat} title="Details">
          <Details key={entry.conversation} chat={chat} hands={hands} entry={entry} />
        </Frame>
      );
  }
}

function Frame({
  chat,
  title,
  children,
}: {
  chat: Chat;
  title: string;
  children: ComponentChildren;
}): JSX.Element {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // There it covers everything else.
    if (narrow.peek() && panel.current?.contains(document.activeElement) === false) {
      panel.current.querySelector<HTMLElement>("button")?.focus();
    }
  }, []);
  return (
    <section class="panel" ref={panel} aria-label={title}>
      <header class="panel-top">
        <h2>{title}</h2>
        <IconButton
          of="close"
          label={`Close: ${title}`}
          press={() => {
            chat.panel.value = undefined;
          }}
        />
      </header>
      {children}
    </section>
  );
}
