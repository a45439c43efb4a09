// A message on its way: append, then ack, then deliver. Nobody is shown what could still be lost.

import type { SendCommand } from "../dialects/command.js";
import type { DialectName, Line } from "../dialects/dialect.js";
import { events } from "../dialects/events.js";
import type { AckPayload, CommandId } from "../dialects/frames.js";
import { simple } from "../dialects/simple.js";
import type { Append, Appended, StoreRefusal } from "../ports/store.js";
import type { RefusalCode } from "../tables/refusals.js";
import { conversationName } from "../words/conversations.js";
import type { Entry, Peer, Place } from "../words/log.js";
import { publish } from "./audience.js";
import { expectProof } from "./cursors.js";
import { refuse } from "./refuse.js";
import { isLive, readLater } from "./replay.js";
import type { Connection, HubState, Pending, Session, User } from "./state.js";
import { ask, send, sessionOf } from "./state.js";

type Appending = Extract<Pending, { type: "append" }>;

export function append(
  hub: HubState,
  connection: Connection,
  { user }: Session,
  id: CommandId | undefined,
  command: SendCommand,
): void {
  hub.backlog += command.message.length;
  const call: Append = {
    type: "append",
    author: user.id,
    to: command.to,
    message: command.message,
    origin: connection.id,
    at: hub.wall,
    ...(command.replyTo === undefined ? {} : { replyTo: command.replyTo }),
    ...(command.nonce === undefined ? {} : { nonce: command.nonce }),
  };
  ask(hub, call, { type: "append", connection, author: user, id, command });
}

export function appended(
  hub: HubState,
  appending: Appending,
  answer: Appended | StoreRefusal<RefusalCode>,
): void {
  const { connection, author, id, command } = appending;
  hub.backlog -= command.message.length;
  if (!answer.ok) return refuse(hub, connection, id, answer.code);
  if (id !== undefined || command.nonce !== undefined) {
    const payload = ackPayload(hub, command, answer);
    send(hub, connection, connection.dialect.encode({ type: "ack", id, payload }));
  }
  if (answer.duplicate) return;
  const entry: Entry = {
    seq: answer.seq,
    at: answer.at,
    type: "message",
    author: author.id,
    from: author.name.spelling,
    message: command.message,
    origin: connection.id,
    ...(command.replyTo === undefined ? {} : { replyTo: command.replyTo }),
  };
  if (answer.peer === undefined) deliverToEveryone(hub, connection, entry);
  else deliverPrivately(hub, author, answer, answer.peer, entry);
}

function ackPayload(hub: HubState, { nonce }: SendCommand, answer: Appended): AckPayload {
  const { peer } = answer;
  const here = peer !== undefined && (hub.users.get(peer.user)?.connections.size ?? 0) > 0;
  return {
    conversation: conversationName(answer),
    seq: answer.seq,
    at: answer.at,
    ...(nonce === undefined ? {} : { nonce }),
    ...(answer.duplicate ? { duplicate: true } : {}),
    ...(peer === undefined ? {} : { recipient: here ? "here" : "away" }),
  };
}

function deliverToEveryone(hub: HubState, origin: Connection, entry: Entry): void {
  hub.head = entry.seq;
  const line: Line = { conversation: "everyone", to: undefined, entry };
  publish(hub, "events", () => events.encode({ type: "line", line }));
  // Only there does a broadcast not come back to the connection that sent it (`simple.shows`).
  const except = origin.dialect === simple ? origin.id : undefined;
  publish(hub, "simple", () => simple.encode({ type: "line", line }), except);
}

/** To the other's connections, and to the author's own; encoded once per side and dialect. */
function deliverPrivately(hub: HubState, author: User, place: Place, peer: Peer, entry: Entry): void {
  deliverSide(hub, author, place, peer, entry);
  const other = hub.users.get(peer.user);
  if (other === undefined || other === author) return;
  const seenByOther: Peer = { user: author.id, name: author.name.spelling, key: author.name.key };
  deliverSide(hub, other, { conversation: place.conversation, peer: seenByOther }, seenByOther, entry);
}

function deliverSide(hub: HubState, user: User, place: Place, peer: Peer, entry: Entry): void {
  const to = entry.author === peer.user ? user.name.spelling : peer.name;
  const line: Line = { conversation: conversationName(place), to, entry };
  const frames = new Map<DialectName, string | undefined>();
  for (const connection of user.connections) {
    const session = sessionOf(connection);
    if (session === undefined) continue;
    if (!isLive(connection, session, place)) {
      readLater(session, place, entry.seq);
      continue;
    }
    expectProof(hub, connection, session, place.conversation, entry.seq);
    if (!connection.dialect.shows(entry, { connection: connection.id, user: user.id }, peer.user)) continue;
    const { name } = connection.dialect;
    if (!frames.has(name)) frames.set(name, connection.dialect.encode({ type: "line", line }));
    send(hub, connection, frames.get(name));
  }
}
