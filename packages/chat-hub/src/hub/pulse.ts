// Is a connection alive, and what has certainly arrived there? Any byte either way is life; a pong
// proves all that was sent before its ping.

import type { ConversationId } from "../words/ids.js";
import type { Audience } from "./audience.js";
import { hears, sessionsOf } from "./audience.js";
import { prove } from "./cursors.js";
import { end } from "./departure.js";
import type { Connection } from "./state/connection.js";
import { sessionOf } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { after } from "./state/hub-state.js";
import type { Session, Span } from "./state/session.js";

export function lived(hub: HubState, connection: Connection): void {
  connection.pulse.unanswered = 0;
  connection.pulse.askedAt = undefined;
  connection.pulse.livedAt = hub.at;
}

/** The regular ping, and the only alarm a quiet connection has. */
export function beat(hub: HubState, connection: Connection): void {
  hub.alarms.connections.set("pulse", connection, after(hub, hub.limits.pingMs));
  connection.pulse.beating = true;
  ping(hub, connection);
}

export function ping(hub: HubState, connection: Connection): void {
  const { pulse } = connection;
  const session = sessionOf(connection);
  // An unanswered ping keeps its proof: the next pong is the answer to that one.
  if (session !== undefined) pulse.proof ??= takeSpans(session);
  hub.alarms.connections.clear("prove", connection);
  hub.effects.push({ type: "ping", connection: connection.id });
}

/** What the shell saw when it sent the ping. */
export function pinged(hub: HubState, connection: Connection, queued: boolean, moved: boolean): void {
  const { pulse } = connection;
  if (moved) lived(hub, connection);
  pulse.queued = queued;
  if (queued && hub.at - pulse.livedAt >= hub.limits.stuckMs) return end(hub, connection, "stuck");
  // Whose inbox is full is not read: an answer would not be heard, and none is owed.
  if ((connection.inbox?.unreadUntil ?? hub.at) > hub.at) {
    pulse.beating = false;
    return;
  }
  pulse.askedAt ??= hub.at;
  // Pings that ask for proof come oftener, and would only shorten the time to answer.
  if (!pulse.beating) return;
  pulse.beating = false;
  if (!queued && pulse.unanswered >= 2) return end(hub, connection, "silent");
  pulse.unanswered += 1;
}

/** A pong that no ping asked for is a command like any other, and has a rate. */
export function isAskedFor({ pulse }: Connection): boolean {
  return pulse.askedAt !== undefined || pulse.proof !== undefined;
}

export function ponged(hub: HubState, connection: Connection): void {
  lived(hub, connection);
  const { proof } = connection.pulse;
  connection.pulse.proof = undefined;
  const session = sessionOf(connection);
  if (session === undefined) return;
  if (proof !== undefined) prove(hub, session, proof);
  // What was sent after that ping waits for one of its own.
  const { connections } = hub.alarms;
  if (session.unproved.size > 0 && !connections.has("prove", connection)) {
    connections.set("prove", connection, after(hub, hub.limits.proveMs));
  }
}

/** Whether it owes a pong for so long that its name may go to somebody who asks for it. */
export function yields(hub: HubState, connection: Connection): boolean {
  const { askedAt, queued } = connection.pulse;
  return askedAt !== undefined && !queued && hub.at - askedAt >= hub.limits.yieldMs;
}

/** In a small room, others soon want to know whom a message has reached: all in it are asked at once. */
export function proveRoom(hub: HubState, { members }: Audience): void {
  for (const member of members) {
    for (const [connection] of sessionsOf(member)) ping(hub, connection);
  }
}

/** What was sent since the last ping; of an audience all since it began to listen, which is one span. */
function takeSpans(session: Session): ReadonlyMap<ConversationId, Span> {
  const spans = new Map(session.unproved);
  session.unproved.clear();
  for (const heard of session.heard) {
    const { audience, from } = heard;
    const { conversation } = audience.place;
    const to = hears(session, audience) ? audience.head : session.reading.get(conversation)?.after;
    if (to === undefined || to < from || to <= heard.to) continue;
    heard.to = to;
    spans.set(conversation, { from, to });
  }
  return spans;
}
