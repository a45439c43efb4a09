// What a login shows. A password is shown until there is a token in exchange for it, and then forgotten.

import type { ClientOptions } from "./door.js";
import type { Refusal } from "./told.js";

export interface Secret {
  readonly token: string | undefined;
  /** Shown where there is no token. */
  readonly password: string | undefined;
  /** The account of this password is to be made; `isRepeated`: it may have been. */
  readonly register: { readonly invite: string | undefined; readonly isRepeated: boolean } | undefined;
}

export function secretOf({ token, password, register }: ClientOptions): Secret {
  return { token, password, register: register && { invite: register.invite, isRepeated: false } };
}

/** The command that shows it, and what of it stands in the payload. */
export function showing({ token, password, register }: Secret): {
  readonly type: "login" | "register";
  readonly payload: object;
} {
  if (token !== undefined) return { type: "login", payload: { token } };
  if (register === undefined) return { type: "login", payload: { password } };
  return { type: "register", payload: { password, invite: register.invite } };
}

/** The connection is gone without an answer: what was asked for may have been done. */
export function unansweredSecret(secret: Secret): Secret {
  const { register } = secret;
  return register === undefined ? secret : { ...secret, register: { ...register, isRepeated: true } };
}

/** What else can be shown now that this was refused; nothing if that was all. */
export function secretAfter(secret: Secret, { code }: Refusal): Secret | undefined {
  const { token, password, register } = secret;
  if (token !== undefined && password !== undefined) {
    return code === "login_expired" || code === "not_let_in" ? { ...secret, token: undefined } : undefined;
  }
  const isMade = code === "name_taken" && register?.isRepeated === true;
  return isMade ? { ...secret, register: undefined } : undefined;
}
