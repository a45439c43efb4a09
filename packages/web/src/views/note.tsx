// What stands under the name of the open conversation: how many are here, the topic, or how the other one is.

import { useSignal } from "@preact/signals";
import { nameKey } from "chat-hub";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Session } from "../state/session.js";
import type { Entry } from "../words/people.js";
import { clock } from "./log.js";
import { hereNote } from "./side.js";

interface NoteProps {
  readonly session: Session;
  readonly entry: Entry;
}

export function Note({ session, entry }: NoteProps): JSX.Element {
  if (entry.kind === "person") return <PersonNote key={entry.conversation} session={session} entry={entry} />;
  if (entry.kind === "everyone") {
    const { slow_mode } = session.house.rules.value;
    const slow = slow_mode > 0 ? `, one message in ${slow_mode} s` : "";
    return (
      <p class="name">
        {hereNote(session.house.present.value.count)}
        {slow}
      </p>
    );
  }
  const room = session.house.rooms.value.get(entry.conversation);
  return (
    <p class="name" dir="auto">
      {room === undefined ? "" : room.topic || memberWords(room.members)}
    </p>
  );
}

function memberWords(count: number): string {
  return count === 1 ? "1 member" : `${count} members`;
}

const statusWords = {
  online: "Online",
  away: "Away",
  busy: "Busy",
  offline: "Offline",
  unknown: "",
} as const;

function PersonNote({ session, entry }: NoteProps): JSX.Element {
  const { conversation, presence, text } = entry;
  const seen = useSignal<number | undefined>(undefined);
  const { blocked } = session.house;
  const isBlocked = blocked.value.some((name) => `@${nameKey(name)}` === conversation);
  const isAway = presence === "offline" || presence === "unknown";
  const online = session.online;
  useEffect(() => {
    if (!isAway || !online) return;
    let left = false;
    void session.asks.ask({ type: "whois", username: conversation.slice(1) }).then((told) => {
      if (!left) seen.value = told.ok ? told.answer.seen : undefined;
    });
    return () => {
      left = true;
      seen.value = undefined;
    };
  }, [isAway, online, conversation]);
  if (isBlocked) return <p class="name">Blocked: neither of you can write here</p>;
  const status = seen.value === undefined ? statusWords[presence] : lastSeen(seen.value);
  return (
    <p class="name">
      {[status, text].filter(Boolean).map((part) => (
        <>
          <bdi>{part}</bdi>
          {" · "}
        </>
      ))}
      {status === "" && !text ? "Only" : "only"} the two of you see this
    </p>
  );
}

function lastSeen(at: number): string {
  const now = Date.now();
  const day = clock.day(at, now);
  return `Last seen ${day === "Today" ? "" : `${day === "Yesterday" ? "yesterday" : day}, `}${clock.time(at)}`;
}
