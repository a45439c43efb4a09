// The rooms that can be found, and a new one.

import { useSignal } from "@preact/signals";
import type { RoomRow } from "chat-hub";
import { nameKey } from "chat-hub";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import type { Session } from "../state/session.js";
import { sentence } from "../words/sentence.js";
import { BoxView } from "./box.js";
import { enterRoom } from "./enter-room.js";
import { Face } from "./entry.js";
import { NewRoom } from "./new-room.js";

interface RoomsProps {
  readonly chat: Chat;
  readonly session: Session;
}

const pageRows = 200;

export function RoomsBox({ chat, session }: RoomsProps): JSX.Element {
  const making = useSignal(false);
  return (
    <BoxView chat={chat} label={making.value ? "A new room" : "Rooms"} class="rooms-box" titled>
      {making.value ? (
        <NewRoom
          chat={chat}
          session={session}
          back={() => {
            making.value = false;
          }}
        />
      ) : (
        <>
          <Found chat={chat} session={session} />
          <footer class="box-foot">
            <button
              type="button"
              class="button"
              onClick={() => {
                making.value = true;
              }}
            >
              Make a room
            </button>
          </footer>
        </>
      )}
    </BoxView>
  );
}

function Found({ chat, session }: RoomsProps): JSX.Element {
  const found = useSignal<readonly RoomRow[] | undefined>(undefined);
  const problem = useSignal("");
  const typed = useSignal("");
  const more = useSignal(false);
  const fetch = async (): Promise<void> => {
    const after = found.peek()?.at(-1)?.conversation;
    const from = after === undefined ? {} : { after };
    const told = await session.asks.ask({ type: "rooms", limit: pageRows, ...from });
    problem.value = told.ok ? "" : sentence(told.error);
    found.value = [...(found.peek() ?? []), ...(told.ok ? told.answer.rooms : [])];
    more.value = told.ok && told.answer.more;
  };
  useEffect(() => void fetch(), []);

  const wanted = nameKey(typed.value.trim().replace(/^#/, ""));
  const fitting = found.value?.filter(
    ({ name, topic }) => nameKey(name).includes(wanted) || nameKey(topic).includes(wanted),
  );
  return (
    <>
      <input
        class="field box-field"
        aria-label="Name or topic"
        placeholder="Find a room"
        dir="auto"
        autocomplete="off"
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      <ul class="box-list" aria-label="Rooms that can be joined">
        {fitting?.map((room) => (
          <RoomItem key={room.conversation} room={room} chat={chat} session={session} />
        ))}
      </ul>
      {more.value && (
        <button type="button" class="small-button" onClick={() => void fetch()}>
          More rooms
        </button>
      )}
      <p class="box-note" role="status">
        {problem.value}
        {found.value === undefined && "Loading …"}
        {problem.value === "" && found.value?.length === 0 && "There are no rooms to join yet."}
        {found.value !== undefined && found.value.length > 0 && fitting?.length === 0 && "None is called so."}
      </p>
    </>
  );
}

function RoomItem({ room, chat, session }: RoomsProps & { room: RoomRow }): JSX.Element {
  const { conversation, name, topic, members, role, archived, visibility } = room;
  const isMine = session.house.standing(conversation) !== undefined;
  const notes = [
    members === 1 ? "1 member" : `${members} members`,
    visibility === "private" && "private",
    archived === true && "archived",
    role === "invited" && "you are invited",
  ];
  return (
    <li class="room-item">
      <Face kind="room" label={name} presence="unknown" />
      <span class="name">
        <bdi>#{name}</bdi>
        <small>{notes.filter(Boolean).join(" · ")}</small>
        {topic !== "" && (
          <small class="name" dir="auto">
            {topic}
          </small>
        )}
      </span>
      <button
        type="button"
        class="small-button"
        onClick={() => (isMine ? chat.turnTo(conversation) : void enterRoom(chat, session, conversation))}
      >
        {isMine ? "Open" : "Join"}
      </button>
    </li>
  );
}
