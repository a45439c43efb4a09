// Me: how I am seen, what others are told of my reading, whom I have blocked.

import { useSignal } from "@preact/signals";
import type { Status } from "chat-hub";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import type { Session } from "../state/session.js";
import { monogram } from "../words/people.js";
import { BoxView } from "./box.js";
import { Dot } from "./entry.js";
import { IconButton } from "./icons.js";
import { Logins } from "./logins.js";

interface MeProps {
  readonly chat: Chat;
  readonly session: Session;
}

const statusWords: Readonly<Record<Status, { readonly label: string; readonly note: string }>> = {
  online: { label: "Online", note: "" },
  away: { label: "Away", note: "" },
  busy: { label: "Busy", note: "" },
  invisible: { label: "Invisible", note: "You look offline to everybody" },
};
const usualStatusChars = 100;

export function MyFoot({ chat, session }: MeProps): JSX.Element {
  const { status, text } = session.house.settings.value;
  const words = session.online ? text || statusWords[status].label : "Offline";
  return (
    <div class="side-foot">
      <button
        type="button"
        class="me"
        aria-haspopup="dialog"
        aria-label={`${session.name}: status and settings`}
        onClick={() => {
          chat.box.value = "me";
        }}
      >
        <span class="monogram own" aria-hidden="true">
          <span>{monogram(session.name ?? "")}</span>
          <Dot presence={!session.online || status === "invisible" ? "offline" : status} />
        </span>
        <span class="name">
          <bdi class="name">{session.name}</bdi>
          <small dir="auto">{words}</small>
        </span>
      </button>
      <IconButton of="leave" label="Leave" press={() => chat.leave()} />
    </div>
  );
}

export function MyBox({ chat, session }: MeProps): JSX.Element {
  const { settings, blocked } = session.house;
  const { status, reading } = settings.value;
  return (
    <BoxView chat={chat} label="You" class="me-box" titled>
      <fieldset>
        <legend>How others see you</legend>
        {(Object.keys(statusWords) as Status[]).map((one) => (
          <label key={one} class="option">
            <input
              type="radio"
              name="status"
              checked={status === one}
              onChange={() => session.deeds.do({ type: "status", status: one })}
            />
            <Dot presence={one === "invisible" ? "offline" : one} />
            <span>
              {statusWords[one].label}
              {statusWords[one].note !== "" && <small>{statusWords[one].note}</small>}
            </span>
          </label>
        ))}
        <StatusText session={session} />
      </fieldset>
      <fieldset>
        <legend>Reading</legend>
        <label class="option">
          <input
            type="checkbox"
            checked={reading === "private"}
            onChange={({ currentTarget }) =>
              session.deeds.do({
                type: "privacy",
                reading: currentTarget.checked ? "private" : "shared",
              })
            }
          />
          <span>
            Keep reading private
            <small>Nobody is told how far you have read</small>
          </span>
        </label>
      </fieldset>
      <Logins chat={chat} session={session} />
      {blocked.value.length > 0 && (
        <fieldset>
          <legend>Blocked</legend>
          <ul>
            {blocked.value.map((username) => (
              <li key={username} class="option">
                <bdi class="name">{username}</bdi>
                <button
                  type="button"
                  class="small-button"
                  onClick={() => session.deeds.do({ type: "block", username, on: false })}
                >
                  Unblock
                </button>
              </li>
            ))}
          </ul>
        </fieldset>
      )}
    </BoxView>
  );
}

function StatusText({ session }: { session: Session }): JSX.Element {
  const { text } = session.house.settings.value;
  const typed = useSignal(text);
  useEffect(() => {
    typed.value = text;
  }, [text]);
  const save = (event: Event): void => {
    event.preventDefault();
    session.deeds.do({ type: "status", text: typed.peek().trim() });
  };
  return (
    <form class="inline-form" onSubmit={save}>
      <input
        class="field"
        dir="auto"
        aria-label="What you are up to"
        placeholder="What you are up to"
        maxLength={session.limits?.status_chars ?? usualStatusChars}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="small-button" disabled={typed.value.trim() === text}>
        Save
      </button>
    </form>
  );
}
