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

interface RoomsProps {
  readonly chat: Chat;
  readonly session: Session;
}

const pageRows = 200;
const usualTopicChars = 300;

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

function NewRoom({ chat, session, back }: RoomsProps & { back: () => void }): JSX.Element {
  const name = useSignal("");
  const topic = useSignal("");
  const isPrivate = useSignal(false);
  const sinceJoin = useSignal(false);
  const problem = useSignal("");
  const make = async (event: Event): Promise<void> => {
    event.preventDefault();
    const wanted = name.peek().trim().replace(/^#/, "");
    if (wanted === "") return;
    const ended = await session.deeds.finish({
      type: "create",
      conversation: `#${wanted}`,
      visibility: isPrivate.peek() ? "private" : "public",
      history: sinceJoin.peek() ? "since_join" : "all",
      topic: topic.peek().trim(),
    });
    if (ended.type === "refused") problem.value = sentence(ended.error);
    else chat.turnTo(ended.ack.conversation ?? `#${nameKey(wanted)}`);
  };
  return (
    <form class="new-room" onSubmit={make}>
      <label>
        Name
        <input
          class="field"
          dir="auto"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder="design"
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
        />
      </label>
      <label>
        Topic
        <input
          class="field"
          dir="auto"
          autocomplete="off"
          placeholder="What is it about?"
          maxLength={session.limits?.topic_chars ?? usualTopicChars}
          value={topic.value}
          onInput={(event) => {
            topic.value = event.currentTarget.value;
          }}
        />
      </label>
      <label class="option">
        <input
          type="checkbox"
          checked={isPrivate.value}
          onChange={({ currentTarget }) => {
            isPrivate.value = currentTarget.checked;
          }}
        />
        <span>
          Private
          <small>Only those who are invited find it and can join. It stays so.</small>
        </span>
      </label>
      <label class="option">
        <input
          type="checkbox"
          checked={sinceJoin.value}
          onChange={({ currentTarget }) => {
            sinceJoin.value = currentTarget.checked;
          }}
        />
        <span>
          Members read only what came since they joined
          <small>Otherwise all that was ever said</small>
        </span>
      </label>
      <div role="alert">{problem.value !== "" && <p class="refusal">{problem.value}</p>}</div>
      <footer class="box-foot">
        <button type="button" class="small-button quiet" onClick={back}>
          Back
        </button>
        <button type="submit" class="button" disabled={name.value.trim() === ""}>
          Make the room
        </button>
      </footer>
    </form>
  );
}
