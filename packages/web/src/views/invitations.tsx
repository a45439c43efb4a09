// Rooms that somebody asks me into.

import type { JSX } from "preact";
import type { Chat } from "../state/chat.js";
import type { Session } from "../state/session.js";
import { enterRoom } from "./enter-room.js";
import { Face } from "./entry.js";

export function Invitations({ chat, session }: { chat: Chat; session: Session }): JSX.Element | null {
  const { invitations, rooms } = session.house;
  if (invitations.value.size === 0) return null;
  return (
    <ul aria-label="Invitations">
      {[...invitations.value].map(([conversation, from]) => {
        const name = rooms.value.get(conversation)?.name;
        const label = name === undefined ? conversation : `#${name}`;
        return (
          <li key={conversation} class="invitation">
            <Face kind="room" label={label} presence="unknown" />
            <span class="name">
              <bdi>{label}</bdi>
              <small>{from === "" ? "You are invited" : <>invited by {<bdi>{from}</bdi>}</>}</small>
            </span>
            <button
              type="button"
              class="small-button"
              onClick={() => void enterRoom(chat, session, conversation)}
            >
              Join
            </button>
            <button
              type="button"
              class="small-button quiet"
              onClick={() => session.house.waived(conversation)}
            >
              Not now
            </button>
          </li>
        );
      })}
    </ul>
  );
}
