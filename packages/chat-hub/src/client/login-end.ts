// A login that ends is put off in time: where there are passwords by the core alone, where tokens are
// signed elsewhere by a newer one, which it asks its shell for.

import type { RefreshPayload, WelcomePayload } from "../dialects/frames/session.js";
import type { CommandId } from "../dialects/frames.js";
import type { Millis } from "../words/ids.js";
import { later } from "./backoff.js";
import type { ClientState } from "./state.js";
import { sendCommand, tell } from "./state.js";
import type { Refusal } from "./told.js";

/** The end of the login that we are here by. */
export interface LoginEnd {
  readonly at: Millis;
  /** When it is put off, or that is tried again. */
  readonly renewAt: Millis;
  /** The `refresh` that has no answer yet, and what was shown before the token that it brings. */
  readonly asked: { readonly id: CommandId; readonly before: string | undefined } | undefined;
}

/** Let in: when this login ends, if it does. */
export function expectEnd(client: ClientState, { token, token_until, auth }: WelcomePayload): void {
  const { earlyMs, renewSpreadMs } = client.limits;
  const left = token_until === undefined ? undefined : leftUntil(client, token_until);
  const isShort = auth === "password" && token === undefined && left !== undefined && left < earlyMs;
  // Whoever comes for minutes, day by day, would never be there when the last quarter begins.
  awaitEnd(client, left, isShort ? client.chance * renewSpreadMs : Number.POSITIVE_INFINITY);
}

/** How much of the login is left, by the server's clock. */
function leftUntil({ link, at }: ClientState, until: number): number | undefined {
  return link.state === "live" ? until - link.welcome.at - (at - link.since) : undefined;
}

function awaitEnd(client: ClientState, left: number | undefined, mostMs = Number.POSITIVE_INFINITY): void {
  if (left === undefined) {
    client.loginEnd = undefined;
    return;
  }
  const wait = Math.min(mostMs, Math.max(left * 0.75, client.limits.renewAgainMs));
  client.loginEnd = { at: later(client.at, left), renewAt: later(client.at, wait), asked: undefined };
}

/** It is time to put the end off. */
export function renew(client: ClientState): void {
  const { link, loginEnd } = client;
  if (link.state !== "live" || loginEnd === undefined || client.at < loginEnd.renewAt) return;
  awaitEnd(client, loginEnd.at - client.at);
  if (link.welcome.auth === "password") ask(client, undefined);
  else tell(client, { type: "token_wanted", until: loginEnd.at });
}

/** The shell has a newer token. */
export function renewed(client: ClientState, token: string): void {
  const { link, secret } = client;
  if (token === secret.token) return;
  const isSigned = link.state === "live" && link.welcome.auth === "jwt";
  if (isSigned) ask(client, token);
  client.secret = { ...secret, token };
}

function ask(client: ClientState, token: string | undefined): void {
  const id = sendCommand(client, "refresh", token === undefined ? undefined : { token });
  const end = client.loginEnd ?? { at: client.at, renewAt: client.at };
  client.loginEnd = { ...end, asked: { id, before: client.secret.token } };
}

export function hearRefresh(client: ClientState, { token, token_until }: RefreshPayload): void {
  if (token !== undefined) gave(client, token);
  awaitEnd(client, token_until === undefined ? undefined : leftUntil(client, token_until));
}

/** The server gave a token: it is shown from now on, and nothing else. */
export function gave(client: ClientState, token: string): void {
  client.secret = { token, password: undefined, register: undefined };
  tell(client, { type: "token", token });
}

/** Whether this refuses our `refresh`; the login is as good as before, and it is tried again. */
export function hearNoRefresh(client: ClientState, id: CommandId | undefined, error: Refusal): boolean {
  const { loginEnd, secret } = client;
  if (id === undefined || loginEnd?.asked?.id !== id) return false;
  client.secret = { ...secret, token: loginEnd.asked.before };
  client.loginEnd = { ...loginEnd, asked: undefined };
  if (!error.retryable) tell(client, { type: "complaint", error });
  return true;
}
