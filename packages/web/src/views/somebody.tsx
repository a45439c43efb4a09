// What an admin does about somebody, or about an address: for how long, and why.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Session } from "../state/session.js";
import type { Order } from "./house-panel.js";
import { Logins } from "./logins.js";
import { Sure } from "./sure.js";

const terms = [
  ["", "Until it is lifted"],
  ["600", "For 10 minutes"],
  ["3600", "For an hour"],
  ["86400", "For a day"],
  ["604800", "For a week"],
] as const;

/** What can only be meant as an address. Whether it is one the server says. */
const addressShape = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:.]+)$/i;
const usualReasonChars = 200;
const conversation = "everyone";

export function Somebody({ session, order }: { session: Session; order: Order }): JSX.Element {
  const who = useSignal("");
  const term = useSignal("");
  const why = useSignal("");
  const logins = useSignal<string | undefined>(undefined);
  const username = who.value.trim().replace(/^@/, "");
  const isAddress = addressShape.test(username);
  const isNobody = username === "";
  const forSeconds = term.value === "" ? undefined : Number(term.value);
  const reason = why.value.trim() === "" ? undefined : why.value.trim();
  const ban = (about: { username?: string; address?: string | true }): void =>
    void order(
      { type: "ban", conversation, ...about, on: true, forSeconds, reason },
      `${username} is banned.`,
    );
  const role = (role: "admin" | "member"): void =>
    void order({ type: "role", conversation, username, role }, `${username} is now: ${role}.`);
  return (
    <>
      <div class="inline-form">
        <input
          class="field"
          dir="auto"
          aria-label="Name or address"
          placeholder="Name or address"
          list="house-names"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={who.value}
          onInput={(event) => {
            who.value = event.currentTarget.value;
            logins.value = undefined;
          }}
        />
        <datalist id="house-names">
          {session.house.present.value.users.map((user) => (
            <option key={user.username} value={user.username} />
          ))}
        </datalist>
        <select
          class="field"
          aria-label="For how long"
          value={term.value}
          onChange={(event) => {
            term.value = event.currentTarget.value;
          }}
        >
          {terms.map(([seconds, words]) => (
            <option key={seconds} value={seconds}>
              {words}
            </option>
          ))}
        </select>
        <input
          class="field whole-row"
          dir="auto"
          aria-label="Why"
          placeholder="Why; they are told"
          maxLength={session.limits?.reason_chars ?? usualReasonChars}
          value={why.value}
          onInput={(event) => {
            why.value = event.currentTarget.value;
          }}
        />
      </div>
      <p class="house-deeds">
        {isAddress ? (
          <Button sure="Really ban?" press={() => ban({ address: username })}>
            Ban the address
          </Button>
        ) : (
          <>
            <Button
              off={isNobody}
              press={() =>
                void order(
                  { type: "silence", conversation, username, on: true, forSeconds, reason },
                  `${username} can't write in public.`,
                )
              }
            >
              Silence
            </Button>
            <Button
              off={isNobody}
              sure="Really remove?"
              press={() =>
                void order({ type: "kick", conversation, username, reason }, `${username} was removed.`)
              }
            >
              Remove
            </Button>
            <Button off={isNobody} sure="Really ban?" press={() => ban({ username })}>
              Ban
            </Button>
            <Button off={isNobody} sure="Really ban both?" press={() => ban({ username, address: true })}>
              Ban with address
            </Button>
            <Button off={isNobody} sure="Really an admin?" press={() => role("admin")}>
              Make admin
            </Button>
            <Button off={isNobody} press={() => role("member")}>
              Make a member
            </Button>
            <Button
              off={isNobody}
              press={() => {
                logins.value = username;
              }}
            >
              Logins
            </Button>
          </>
        )}
      </p>
      {logins.value !== undefined && <Logins key={logins.value} session={session} of={logins.value} />}
    </>
  );
}

interface ButtonProps {
  readonly off?: boolean;
  /** Asked for once more. */
  readonly sure?: string;
  readonly press: () => void;
  readonly children: string;
}

function Button({ off = false, sure, press, children }: ButtonProps): JSX.Element {
  if (sure !== undefined && !off)
    return (
      <Sure class="small-button quiet wrong" sure={sure} press={press}>
        {children}
      </Sure>
    );
  return (
    <button type="button" class="small-button quiet" disabled={off} onClick={press}>
      {children}
    </button>
  );
}
