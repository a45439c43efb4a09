// Where one says who one is: by a name alone, by a name and a password, or by a token, as the server wants it.

import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Chat } from "../state/chat.js";
import type { Way } from "../words/door-words.js";
import { doorWords, fieldOf, otherWay, refusalWords } from "../words/door-words.js";
import { PasswordField, TextField } from "./door-fields.js";
import { Sign } from "./icons.js";

interface Typed {
  readonly name: Signal<string>;
  readonly password: Signal<string>;
  readonly invite: Signal<string>;
  readonly token: Signal<string>;
}

export function Door({ chat }: { chat: Chat }): JSX.Element {
  const typed: Typed = {
    name: useSignal(chat.threshold.rememberedName),
    password: useSignal(""),
    invite: useSignal(""),
    token: useSignal(""),
  };
  // What there is beside the first way: an account that is made, or another token.
  const turned = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const busy = chat.session.value !== undefined || chat.threshold.waiting.value !== undefined;
  const turnedAway = chat.threshold.turnedAway.value;
  const entrance = chat.threshold.entrance.value;
  const way = wayIn(chat, typed, turned.value);
  const words = doorWords[way];
  const refused = turnedAway && refusalWords(turnedAway, way);
  const other = otherWay(way, entrance?.auth, entrance?.registration);
  const wrong = turnedAway && (fieldOf(turnedAway.code) ?? "all");
  const isWrong = (field: "name" | "secret" | "invite"): boolean => wrong === field || wrong === "all";

  // Where something has to be typed: what was wrong, or what is still empty.
  useEffect(() => {
    if (busy) return;
    const fields = [...(form.current?.querySelectorAll<HTMLInputElement>("input.field") ?? [])];
    const wanted = turnedAway === undefined ? undefined : (fieldOf(turnedAway.code) ?? "secret");
    const field =
      fields.find(({ value }) => value === "") ?? fields.find(({ id }) => id === wanted) ?? fields[0];
    field?.focus();
    if (turnedAway !== undefined) field?.select();
  }, [busy, turnedAway, entrance, turned.value]);

  const enter = (event: Event): void => {
    event.preventDefault();
    if (busy) return;
    const empty = form.current?.querySelector<HTMLInputElement>("input.field:placeholder-shown[required]");
    if (empty) empty.focus();
    else comeIn(chat, typed, way);
  };
  const turn = (): void => {
    turned.value = !turned.peek();
    chat.threshold.forgive();
  };

  return (
    <main class="door">
      <form ref={form} class="door-card" onSubmit={enter} noValidate>
        <Sign />
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {way !== "token" && (
          <TextField
            id="name"
            label="Your name"
            value={typed.name}
            readOnly={busy || (way === "known" && entrance?.auth === "jwt")}
            wrong={isWrong("name")}
            autocomplete="username"
          />
        )}
        {(way === "password" || way === "register") && (
          <PasswordField
            value={typed.password}
            isNew={way === "register"}
            readOnly={busy}
            wrong={isWrong("secret")}
          />
        )}
        {way === "register" && entrance?.registration === "invite" && (
          <TextField
            id="invite"
            label="Invite code"
            value={typed.invite}
            readOnly={busy}
            autocomplete="off"
          />
        )}
        {way === "token" && (
          <PasswordField
            label="Your token"
            value={typed.token}
            isToken
            readOnly={busy}
            wrong={isWrong("secret")}
          />
        )}
        <div id="door-note" role="alert">
          {refused !== undefined && (
            <p class="refusal">
              <strong>{refused.message}</strong>
              {refused.hint}
            </p>
          )}
          {busy && chat.offline.value && <p class="refusal">The server can’t be reached. Still trying …</p>}
        </div>
        <button type="submit" class="button" disabled={busy}>
          {busy ? words.busy : words.button}
        </button>
        {busy && chat.offline.value ? (
          <button type="button" class="door-cancel" onClick={() => chat.leave()}>
            Cancel
          </button>
        ) : (
          <p class="small">{words.note}</p>
        )}
        {!busy && other !== undefined && (
          <p class="door-turn">
            {other.question}{" "}
            <button type="button" class="door-link" onClick={turn}>
              {other.button}
            </button>
          </p>
        )}
      </form>
    </main>
  );
}

/** What whoever stands here has to show. */
function wayIn(chat: Chat, { name }: Typed, turned: boolean): Way {
  const entrance = chat.threshold.entrance.value;
  if (entrance === undefined || entrance.auth === "open") return "name";
  const isKnown = chat.threshold.knows(name.value.trim());
  if (entrance.auth === "jwt") return isKnown && !turned ? "known" : "token";
  if (turned) return "register";
  return isKnown ? "known" : "password";
}

function comeIn(chat: Chat, { name, password, invite, token }: Typed, way: Way): void {
  const who = name.peek().trim();
  switch (way) {
    case "name":
      if (chat.threshold.entrance.peek() !== undefined) return chat.enter(who);
      chat.threshold.waiting.value = who;
      return;
    case "known":
      return chat.enter(who);
    case "token":
      return chat.enter(undefined, { token: token.peek().trim() });
    case "password":
      return chat.enter(who, { password: password.peek() });
    case "register": {
      const code = invite.peek().trim();
      return chat.enter(who, { password: password.peek(), register: code === "" ? {} : { invite: code } });
    }
  }
}
