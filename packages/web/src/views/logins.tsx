// Where I am logged in, and how that ends.

import { useSignal } from "@preact/signals";
import type { Answer, AuthMode } from "chat-hub";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import type { Session } from "../state/session.js";
import { makeClock } from "../words/clock.js";
import { sentence } from "../words/sentence.js";

type Row = Extract<Answer, { type: "sessions" }>["sessions"][number];

const clock = makeClock();

interface LoginsProps {
  readonly session: Session;
  /** Mine, by which I may log out; absent: somebody else's, which an admin ends. */
  readonly chat?: Chat;
  readonly of?: string;
}

export function Logins({ chat, session, of }: LoginsProps): JSX.Element {
  const rows = useSignal<readonly Row[] | undefined>(undefined);
  const problem = useSignal("");
  const whose = of === undefined ? {} : { username: of };
  const ask = async (): Promise<void> => {
    const told = await session.asks.ask({ type: "sessions", ...whose });
    if (told.ok) rows.value = told.answer.sessions;
    else problem.value = sentence(told.error);
  };
  useEffect(() => void ask(), [session]);

  const end = async ({ session: name, current }: Row): Promise<void> => {
    const told = await session.asks.ask({ type: "end_session", session: name, ...whose });
    if (!told.ok) problem.value = sentence(told.error);
    else if (current === true && chat !== undefined) return chat.logOut();
    await ask();
  };

  return (
    <fieldset>
      <legend>
        Where {of ?? "you"} {of === undefined ? "are" : "is"} logged in
      </legend>
      <ul>
        {rows.value?.map((row) => (
          <li key={row.session} class="option login">
            <span>
              {row.current === true ? "Here" : row.here > 0 ? "Somewhere else, now" : "Somewhere else"}
              <small>{whenWords(row, session.auth)}</small>
            </span>
            {(row.current !== true || session.auth !== "open") && (
              <button type="button" class="small-button quiet" onClick={() => void end(row)}>
                {row.current === true ? "Log out" : "End"}
              </button>
            )}
          </li>
        ))}
      </ul>
      <p class="box-note" role="status">
        {problem.value || (rows.value?.length === 0 ? "Nowhere." : "")}
      </p>
      {session.auth === "jwt" && chat !== undefined && <NewerToken chat={chat} />}
    </fieldset>
  );
}

/** By a password a login is put off as long as it is used: its end is nobody's concern. */
function whenWords({ since, until }: Row, auth: AuthMode): string {
  const now = Date.now();
  const moment = (at: number): string => `${clock.day(at, now)}, ${clock.time(at)}`;
  const parts = [
    ...(since === undefined ? [] : [`Since ${moment(since)}`]),
    ...(until === undefined || auth !== "jwt"
      ? []
      : [`${since === undefined ? "Until" : "until"} ${moment(until)}`]),
  ];
  return parts.join(", ");
}

/** Puts off the end of a login whose token somebody else has signed. */
function NewerToken({ chat }: { chat: Chat }): JSX.Element {
  const token = useSignal("");
  const bring = (event: Event): void => {
    event.preventDefault();
    chat.bring(token.peek().trim());
    token.value = "";
  };
  return (
    <form class="inline-form" onSubmit={bring}>
      <input
        class="field"
        type="password"
        autocomplete="off"
        aria-label="A newer token"
        placeholder="A newer token"
        value={token.value}
        onInput={(event) => {
          token.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="small-button" disabled={token.value.trim() === ""}>
        Bring
      </button>
    </form>
  );
}
