// What there is to know and to set about a conversation: its people, its topic, whether it makes itself heard.

import { useSignal } from "@preact/signals";
import { nameKey } from "chat-hub";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import type { Hands } from "../state/hands.js";
import { may } from "../words/may.js";
import type { Entry } from "../words/people.js";
import { Icon } from "./icons.js";
import { MemberList } from "./members.js";
import { Sure } from "./sure.js";

interface DetailsProps {
  readonly chat: Chat;
  readonly hands: Hands;
  readonly entry: Entry;
}

export function Details({ chat, hands, entry }: DetailsProps): JSX.Element {
  const { kind, conversation, label } = entry;
  const { house, deeds } = hands.session;
  const isBlocked = house.blocked.value.some((name) => `@${nameKey(name)}` === conversation);
  const isMine = house.standing(conversation) !== undefined;
  return (
    <div class="panel-body">
      <h3 class="name">
        <bdi>{label}</bdi>
      </h3>
      {kind === "room" && <RoomFacts hands={hands} />}
      <ul class="choices">
        {kind !== "everyone" && (
          <li>
            <button type="button" class="choice" onClick={() => chat.toggle({ kind: "pins" })}>
              <Icon of="pin" size={18} /> Pinned messages
            </button>
          </li>
        )}
        {isMine && (
          <li>
            <button
              type="button"
              class="choice"
              onClick={() => deeds.do({ type: "mute", conversation, on: !entry.muted })}
            >
              <Icon of="muted" size={18} /> {entry.muted ? "Unmute" : "Mute"}
            </button>
          </li>
        )}
        {kind === "everyone" && hands.session.isAdmin && (
          <li>
            <button type="button" class="choice" onClick={() => chat.toggle({ kind: "house" })}>
              <Icon of="people" size={18} /> Look after the house
            </button>
          </li>
        )}
        {kind === "person" && (
          <li>
            <button
              type="button"
              class={isBlocked ? "choice" : "choice wrong"}
              onClick={() => deeds.do({ type: "block", username: conversation.slice(1), on: !isBlocked })}
            >
              <Icon of="close" size={18} /> {isBlocked ? "Unblock" : "Block"}
            </button>
          </li>
        )}
        {kind === "room" && may("leave", hands.where) && (
          <li>
            <Sure
              class="choice wrong"
              sure="Press again to leave the room"
              press={() => deeds.do({ type: "leave", conversation })}
            >
              <Icon of="leave" size={18} /> Leave the room
            </Sure>
          </li>
        )}
      </ul>
      {kind === "room" && isMine && <MemberList chat={chat} hands={hands} />}
    </div>
  );
}

function RoomFacts({ hands }: { hands: Hands }): JSX.Element | null {
  const { session, conversation, where } = hands;
  const room = session.house.rooms.value.get(conversation);
  if (room === undefined) return null;
  const { visibility, history, archived, topic } = room;
  const sinceJoin = history === "since_join";
  return (
    <>
      {may("topic", where) ? (
        <Topic hands={hands} topic={topic} />
      ) : (
        topic !== "" && (
          <p class="topic" dir="auto">
            {topic}
          </p>
        )
      )}
      <p class="box-note">
        {visibility === "public" ? "Everybody can find and join it." : "Only who is invited can join."}{" "}
        {sinceJoin ? "Members read what came since they joined." : "Members read all that was ever said."}
        {archived === true && " It is archived: nothing new can be said."}
      </p>
      {may("history", where) && (
        <label class="option">
          <input
            type="checkbox"
            checked={sinceJoin}
            onChange={({ currentTarget }) =>
              session.deeds.do({
                type: "history",
                conversation,
                history: currentTarget.checked ? "since_join" : "all",
              })
            }
          />
          Members read only what came since they joined
        </label>
      )}
      {may("archive", where) && (
        <label class="option">
          <input
            type="checkbox"
            checked={archived === true}
            onChange={({ currentTarget }) =>
              session.deeds.do({ type: "archive", conversation, on: currentTarget.checked })
            }
          />
          Archived: nothing new can be said
        </label>
      )}
    </>
  );
}

function Topic({ hands, topic }: { hands: Hands; topic: string }): JSX.Element {
  const { session, conversation } = hands;
  const typed = useSignal(topic);
  useEffect(() => {
    typed.value = topic;
  }, [topic]);
  return (
    <form
      class="inline-form"
      onSubmit={(event) => {
        event.preventDefault();
        session.deeds.do({ type: "topic", conversation, topic: typed.peek().trim() });
      }}
    >
      <input
        class="field"
        dir="auto"
        aria-label="Topic"
        placeholder="Topic"
        maxLength={session.limits?.topic_chars ?? 300}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="small-button" disabled={typed.value.trim() === topic}>
        Save
      </button>
    </form>
  );
}
