// The connection's life: opening, greeting, pulse, loss, and coming back.

import type { WelcomePayload } from "../dialects/frames/session.js";
import { closings } from "../tables/closings.js";
import { defaultLimits } from "../tables/limits.js";
import { errorPayload } from "../tables/refusals.js";
import type { Millis } from "../words/ids.js";
import { backoffMs, later, sooner } from "./backoff.js";
import { expectEnd, gave, renew } from "./login-end.js";
import { secretAfter, showing, unansweredSecret } from "./secret.js";
import type { ClientState } from "./state.js";
import { sendCommand, tell } from "./state.js";
import type { Refusal } from "./told.js";

/** Closings after which nobody should come back by themselves. */
const finalCodes: ReadonlySet<number> = new Set(
  Object.values(closings)
    .filter(({ retry }) => retry === "never")
    .map(({ code }) => code),
);

export function open(client: ClientState): void {
  client.slot = undefined;
  client.link = { state: "opening", until: later(client.at, client.limits.connectMs), login: undefined };
  tell(client, { type: "connection", connection: { state: "connecting" } });
  client.effects.push({ type: "open", url: client.options.url });
}

/** Logs in; from the second time on with where we have got to. */
export function greet(client: ClientState, since = whereWeAre(client)): void {
  if (client.link.state !== "opening") return;
  const { epoch, options, link } = client;
  const { username, receipts, rooms } = options;
  const { type, payload } = showing(client.secret);
  const id = sendCommand(client, type, { username, ...payload, since, epoch, receipts, rooms });
  client.link = { ...link, login: { id, since } };
}

function whereWeAre({ epoch, options, timelines, rows }: ClientState): string | undefined {
  return epoch === undefined ? options.since : timelines.since(defaultLimits.sinceFrameBytes, rows.heads());
}

export function welcomed(client: ClientState, payload: WelcomePayload): void {
  const { at } = client;
  const { token, ...welcome } = payload;
  client.link = { state: "live", since: at, heard: at, pinged: undefined, welcome };
  if (token !== undefined) gave(client, token);
  expectEnd(client, payload);
  tell(client, { type: "welcome", welcome }, { type: "connection", connection: { state: "online" } });
}

/** The login was refused: for now, or for good. */
export function notWelcomed(client: ClientState, error: Refusal): void {
  const { link, epoch, limits } = client;
  // Rather than never come back: the server's own cursors, and the log for what lies before them.
  if (error.code === "bad_since" && epoch !== undefined) {
    if (link.state === "opening" && link.login?.since !== "unread") return greet(client, "unread");
  }
  const other = secretAfter(client.secret, error);
  if (other !== undefined) {
    client.secret = other;
    return greet(client);
  }
  // Whoever has just typed a password is there to be told that it was one too many.
  const isGuess = error.code === "rate_limited" && client.secret.password !== undefined;
  if (!error.retryable || isGuess) return refuse(client, error);
  client.effects.push({ type: "disconnect" });
  comeBack(client, 1000, error.message, Math.min(error.retry_after_ms ?? 0, limits.slotMs));
}

/** Over: nobody is let in by what we have to show. */
export function refuse(client: ClientState, error: Refusal): void {
  client.effects.push({ type: "disconnect" });
  client.link = { state: "over" };
  tell(client, { type: "connection", connection: { state: "refused", error } });
}

/** The socket is gone; `code` as the WebSocket says it. */
export function lost(client: ClientState, code: number, reason: string): void {
  if (!finalCodes.has(code)) return comeBack(client, code, reason, 0);
  // Ended by its owner elsewhere, or by whoever runs the server.
  if (code === closings.loginEnded.code && client.link.state === "live") {
    return refuse(client, errorPayload("login_expired"));
  }
  client.link = { state: "over" };
  tell(client, { type: "connection", connection: { state: "ended", code, reason } });
}

function comeBack(client: ClientState, code: number, reason: string, leastMs: number): void {
  const { link, at, limits, slot } = client;
  if (link.state === "live" && at - link.since >= limits.steadyMs) client.failures = 0;
  client.failures += 1;
  const { failures } = client;
  if (link.state === "opening") client.secret = unansweredSecret(client.secret);
  client.loginEnd = undefined;
  client.outbox.lost();
  for (const { ask, error } of client.questions.lost()) tell(client, { type: "unanswered", ask, error });
  client.timelines.lost();
  client.typing.clear();
  const backoff = { baseMs: limits.backoffMs, capMs: limits.backoffCapMs };
  const wait = Math.max(leastMs, backoffMs(backoff, failures, client.chance));
  // A slot is ours alone: no jitter on top of it.
  const until = slot !== undefined && slot > at ? slot : later(at, wait);
  client.link = { state: "waiting", until };
  tell(client, { type: "connection", connection: { state: "waiting", until, code, reason, failures } });
}

/** Our side gives the connection up. */
export function drop(client: ClientState, reason: string): void {
  client.effects.push({ type: "disconnect" });
  lost(client, 1006, reason);
}

/** Asks whether anybody is there: a browser can't see the WebSocket's own pings. */
export function ping(client: ClientState): void {
  if (client.link.state !== "live") return;
  client.link.pinged = client.at;
  sendCommand(client, "ping");
}

/** Time has passed. */
export function expire(client: ClientState): void {
  const { link, at, limits, slot } = client;
  switch (link.state) {
    case "opening":
      if (at >= link.until) drop(client, "the server does not answer");
      break;
    case "waiting":
      if (at >= link.until) open(client);
      break;
    case "live":
      if (slot !== undefined && at >= slot) {
        client.slot = undefined;
        client.effects.push({ type: "disconnect" });
        lost(client, 1012, "the server asked to connect again");
        open(client);
      } else if (link.pinged !== undefined) {
        if (at >= later(link.pinged, limits.pongMs)) drop(client, "the server has gone silent");
      } else if (at >= later(link.heard, limits.quietMs)) ping(client);
      renew(client);
      break;
    case "idle":
    case "over":
      break;
  }
}

export function linkDeadline({ link, limits, slot, loginEnd }: ClientState): Millis | undefined {
  switch (link.state) {
    case "opening":
    case "waiting":
      return link.until;
    case "live":
      return sooner(
        sooner(slot, loginEnd?.renewAt),
        link.pinged === undefined ? later(link.heard, limits.quietMs) : later(link.pinged, limits.pongMs),
      );
    case "idle":
    case "over":
      return undefined;
  }
}

export function stop(client: ClientState): void {
  if (client.link.state === "over") return;
  if (client.link.state === "opening" || client.link.state === "live") {
    client.effects.push({ type: "disconnect" });
  }
  client.link = { state: "over" };
  tell(client, { type: "connection", connection: { state: "ended", code: 1000, reason: "goodbye" } });
}
