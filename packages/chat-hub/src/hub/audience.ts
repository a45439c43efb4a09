// Conversations that many are in: everyone, and each room that somebody here is a member of. An
// audience in one dialect is a topic, and a frame is encoded once for it. What a session does not
// read from the log it listens to; nothing else says so, and the topics follow it.

import type { Dialect, DialectName, Push } from "../dialects/dialect.js";
import type { Membership } from "../ports/people.js";
import type { ConnectionId, ConversationId, Seq, Topic } from "../words/ids.js";
import { everyone } from "../words/ids.js";
import type { Entry, Place, RoomFacts } from "../words/log.js";
import type { Connection } from "./state/connection.js";
import { sessionOf } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { send } from "./state/hub-state.js";
import type { Session } from "./state/session.js";
import type { User } from "./state/user.js";

export interface Audience {
  readonly place: Place;
  readonly topics: Readonly<Record<DialectName, Topic>>;
  readonly listeners: Record<DialectName, number>;
  /** The newest seq that was published. */
  head: Seq;
  /** The newest places that are no messages: they are not unread. */
  readonly quiet: Quiet[];
  /** Of a room. */
  facts: RoomFacts | undefined;
  /** Members who are here; of everyone nobody, since that would be all. */
  readonly members: Set<User>;
  /** Where it began for those here who came late: a room for its members, everyone where it hides its past. */
  readonly begins: Map<User, Seq>;
  /** No one's beginning is after this. */
  latest: Seq;
}

/** A place that is no message. */
interface Quiet {
  readonly seq: Seq;
  /** The message that it takes back: that is not unread either. */
  readonly takes: Seq | undefined;
}

const mostQuiet = 100;

export function createAudience(place: Place, head: Seq, facts: RoomFacts | undefined): Audience {
  const topic = place.conversation === everyone ? "everyone" : `room ${place.conversation}`;
  return {
    place,
    topics: { events: `${topic}/events` as Topic, simple: `${topic}/simple` as Topic },
    listeners: { events: 0, simple: 0 },
    head,
    quiet: [],
    facts,
    members: new Set(),
    begins: new Map(),
    latest: 0 as Seq,
  };
}

/** A room of somebody who has come: others may have brought it in before. */
export function attend(
  hub: HubState,
  user: User,
  place: Place,
  { facts, role, from, head }: Membership,
): Audience {
  const { conversation } = place;
  const audience = hub.audiences.get(conversation) ?? createAudience(place, head, facts);
  hub.audiences.set(conversation, audience);
  audience.members.add(user);
  begin(audience, user, from);
  user.rooms.set(conversation, audience);
  user.roles.set(conversation, role);
  return audience;
}

/** It begins for somebody here with `from`. */
export function begin(audience: Audience, user: User, from: Seq): void {
  audience.begins.set(user, from);
  if (from > audience.latest) audience.latest = from;
}

/** Forgets a room of somebody who has left it, or has gone; without anyone here it is not looked at. */
export function unattend(hub: HubState, user: User, audience: Audience): void {
  const { conversation } = audience.place;
  user.rooms.delete(conversation);
  user.roles.delete(conversation);
  audience.members.delete(user);
  audience.begins.delete(user);
  if (audience.members.size > 0) return;
  hub.audiences.delete(conversation);
  hub.alarms.audiences.clear("proveRoom", audience);
}

export function audiencesOf(hub: HubState, user: User): Audience[] {
  return [hub.everyone, ...user.rooms.values()];
}

export function hears(session: Session, { place }: Audience): boolean {
  return session.begun && !session.reading.has(place.conversation);
}

export function listen(hub: HubState, connection: Connection, audience: Audience): void {
  move(hub, connection, audience, "subscribe", 1);
}

export function stopListening(hub: HubState, connection: Connection, audience: Audience): void {
  move(hub, connection, audience, "unsubscribe", -1);
}

/** Says it to all who listen in a dialect; it is encoded only if somebody does. */
export function publish(
  hub: HubState,
  audience: Audience,
  dialect: Dialect,
  push: Push,
  except?: ConnectionId,
): void {
  if (audience.listeners[dialect.name] === 0) return;
  const frame = dialect.encode(push);
  if (frame !== undefined)
    hub.effects.push({ type: "publish", topic: audience.topics[dialect.name], frame, except });
}

/**
 * Says it to all who listen in a dialect but those; as one publication where there are none of them.
 * `instead` is what they are told.
 */
export function publishApart(
  hub: HubState,
  audience: Audience,
  dialect: Dialect,
  apart: ReadonlySet<User>,
  push: Push,
  except?: ConnectionId,
  instead?: (user: User) => string | undefined,
): void {
  if (apart.size === 0) return publish(hub, audience, dialect, push, except);
  if (audience.listeners[dialect.name] === 0) return;
  const frame = dialect.encode(push);
  for (const [connection, user] of listenersOf(hub, audience, dialect.name)) {
    if (connection.id === except) continue;
    send(hub, connection, apart.has(user) ? instead?.(user) : frame);
  }
}

export function* listenersOf(
  hub: HubState,
  audience: Audience,
  dialect: DialectName,
): Generator<readonly [Connection, User]> {
  const users = audience === hub.everyone ? hub.users.values() : audience.members;
  for (const user of users)
    for (const [connection, session] of sessionsOf(user))
      if (connection.dialect.name === dialect && hears(session, audience)) yield [connection, user];
}

/** An entry is out. */
export function advanceHead(audience: Audience, entry: Entry): void {
  const { seq, type } = entry;
  audience.head = seq;
  if (type === "message") return;
  audience.quiet.push({ seq, takes: type === "deletion" ? entry.target : undefined });
  if (audience.quiet.length > mostQuiet) audience.quiet.shift();
}

/**
 * By how much more is unread for somebody who has read to `read` than there was at `seq`: what was published
 * since, as far as it is known what was no message, without what was taken back. May be less than nothing.
 */
export function unreadSince({ head, quiet }: Audience, seq: Seq, read: Seq): number {
  let more = Math.max(0, head - seq);
  for (const { seq: place, takes } of quiet) {
    if (place <= seq) continue;
    more -= takes !== undefined && takes > read ? 2 : 1;
  }
  return more;
}

/** The connections of a user that are logged in, with their sessions. */
export function* sessionsOf(user: User): Generator<readonly [Connection, Session]> {
  for (const connection of user.connections) {
    const session = sessionOf(connection);
    if (session !== undefined) yield [connection, session];
  }
}

/** How far an audience goes; of a private conversation only whoever reads it knows. */
export function headIn(hub: HubState, conversation: ConversationId, known: Seq): Seq {
  const audience = hub.audiences.get(conversation);
  return audience !== undefined && audience.head > known ? audience.head : known;
}

function move(
  hub: HubState,
  connection: Connection,
  { topics, listeners }: Audience,
  type: "subscribe" | "unsubscribe",
  by: 1 | -1,
): void {
  const { name } = connection.dialect;
  listeners[name] += by;
  hub.effects.push({ type, connection: connection.id, topic: topics[name] });
}
