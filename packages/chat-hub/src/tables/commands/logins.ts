// Commands about logins: taking a name, having an account, and what one is logged in by.

import { username as person } from "../../shapes/names.js";
import { object } from "../../shapes/object.js";
import { flag, shortText, text } from "../../shapes/plain.js";
import { optional } from "../../shapes/shape.js";
import { invite, password, token } from "../../shapes/words.js";
import type { CommandRow } from "./row.js";
import { costs, writes } from "./row.js";

export const logins = {
  login: {
    what: "take a name; a token keeps it yours",
    example: '{"type":"login","payload":{"username":"alice"}}',
    payload: object({
      username: optional(text),
      token: optional(token),
      password: optional(password),
      since: optional(text),
      epoch: optional(text),
      receipts: optional(flag, false),
      rooms: optional(text),
    }),
    needs: "nothing",
    cost: costs.little,
    answer: "welcome",
  },
  register: {
    what: "make an account for yourself, and log in with it",
    example: '{"type":"register","id":1,"payload":{"username":"alice","password":"a long password"}}',
    payload: object({
      username: text,
      password,
      invite: optional(invite),
      since: optional(text),
      receipts: optional(flag, false),
      rooms: optional(text),
    }),
    needs: "nothing",
    modes: ["password"],
    cost: costs.page,
    answer: "welcome",
  },
  refresh: {
    what: "put off the end of your login, where tokens are signed by a newer one",
    example: '{"type":"refresh","id":1,"payload":{"token":"a-newer-token-of-yours"}}',
    payload: object({ token: optional(token) }),
    needs: "login",
    modes: ["password", "jwt"],
    cost: costs.page,
    answer: "refresh",
  },
  set_password: {
    what: "take another password; every other login of yours ends",
    example:
      '{"type":"set_password","id":1,"payload":{"old":"a long password","password":"a longer password"}}',
    payload: object({ old: password, password }),
    ...writes,
    modes: ["password"],
    cost: costs.page,
  },
  sessions: {
    what: "list where you are logged in; an admin, where somebody else is",
    example: '{"type":"sessions","id":1}',
    payload: object({ username: optional(person) }),
    needs: "login",
    cost: costs.ask,
    answer: "sessions",
  },
  end_session: {
    what: "end a login of yours; your own is a logout; an admin, one of somebody else",
    example: '{"type":"end_session","id":1,"payload":{"session":"4nJ0mXhQpZ2c"}}',
    payload: object({ session: shortText("idChars"), username: optional(person) }),
    ...writes,
  },
} as const satisfies Record<string, CommandRow>;
