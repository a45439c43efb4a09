// A message that stands elsewhere, in short: who, when, a piece of it. A press leads there.

import type { NewMessagePayload } from "chat-hub";
import type { ComponentChildren, JSX } from "preact";
import type { Session } from "../state/session.js";
import { clock } from "./log.js";

interface HitProps {
  readonly message: NewMessagePayload;
  /** Where it stands, if that is not plain. */
  readonly place?: string | undefined;
  readonly session: Session;
  readonly jump: () => void;
  readonly children: ComponentChildren;
}

export function Hit({ message, place, session, jump, children }: HitProps): JSX.Element {
  const { from, at } = message;
  return (
    <button type="button" class="hit" onClick={jump}>
      <span class="hit-top">
        <bdi class="name">{session.isMe(from) ? "You" : from}</bdi>
        {place !== undefined && <bdi class="name place">{place}</bdi>}
        <time dateTime={new Date(at).toISOString()} title={clock.full(at)}>
          {clock.short(at, Date.now())}
        </time>
      </span>
      <span class="hit-text" dir="auto">
        {children}
      </span>
    </button>
  );
}
