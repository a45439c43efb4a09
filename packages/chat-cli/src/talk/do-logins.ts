// Where one is logged in, and the password. What is typed of a password goes no other way than to the server.

import type { Answer } from "chat-hub";
import type { Doings } from "./obey.js";
import type { Order, TalkState } from "./state.js";
import { ask, loudly, quietly } from "./state.js";
import type { Turn } from "./turn.js";
import { nothing } from "./turn.js";

/** What was typed so far for another password. */
export interface PasswordChange {
  readonly old: string | undefined;
  readonly first: string | undefined;
}

export const loginDoings = {
  sessions: ({ person: username }, order) =>
    ask(order, { type: "sessions", ...(username === undefined ? {} : { username }) }),
  logout: ({ session: number }, order) => {
    const { login, sessions } = order.state;
    if (login === undefined) return loudly(order, "not connected: nothing can be ended now");
    if (number === undefined) {
      if (login.auth === "open") return loudly(order, "this server keeps no logins; /quit leaves");
      return ask(order, { type: "end_session", session: login.session });
    }
    const found = sessions.rows[number - 1];
    if (found === undefined) return loudly(order, "N is the number of a login; /sessions shows them");
    const whose = sessions.of === undefined ? {} : { username: sessions.of };
    return ask(order, { type: "end_session", session: found.session, ...whose });
  },
  password: (_, order) => {
    if (order.state.login?.auth !== "password") return loudly(order, "your password is not kept here");
    order.state.change = { old: undefined, first: undefined };
    return nothing;
  },
} satisfies Pick<Doings, "sessions" | "logout" | "password">;

/** What is asked for now, of which nothing may be shown. */
export function hiddenQuestion({ change }: TalkState): string | undefined {
  if (change === undefined) return undefined;
  if (change.old === undefined) return "your password now";
  return change.first === undefined ? "the new one" : "the new one again";
}

/** An answer to it; nothing if it was not wanted after all. */
export function hiddenAnswer(text: string | undefined, order: Pick<Order, "state" | "moment">): Turn {
  const { state } = order;
  const { old, first } = state.change ?? {};
  state.change = undefined;
  if (text === undefined || text === "") return quietly(order, "your password stays as it is");
  if (old === undefined) state.change = { old: text, first: undefined };
  else if (first === undefined) state.change = { old, first: text };
  else if (first !== text) return loudly(order, "the two differ; your password stays as it is");
  else return ask(order, { type: "set_password", old, password: text });
  return nothing;
}

/** A login has ended, or the password is another one. */
export function loginDone(
  type: Extract<Answer["type"], "end_session" | "set_password">,
  ended: string | undefined,
  order: Pick<Order, "state" | "moment">,
): Turn {
  if (type === "set_password") {
    return quietly(
      order,
      "your password is another one now; wherever else you were logged in you are not any more",
    );
  }
  if (ended === order.state.login?.session) return { lines: [], leave: true, forget: true };
  return quietly(order, "that login has ended");
}
