// Who has blocked whom. Two people with a block between them, whichever of them made it, see nothing
// of each other that is not an entry: no presence, no typing, no receipts. Whoever says such a thing to
// many leaves those out.

import type { ConnectionId, UserId } from "../words/ids.js";
import type { Audience } from "./audience.js";
import { hears, publish, sessionsOf } from "./audience.js";
import type { Connection, HubState, User } from "./state.js";
import { send } from "./state.js";

/** Somebody has come: whom they have blocked is known from now on. */
export function minds(hub: HubState, user: User): void {
  for (const blocked of user.blocked) addBlock(hub, user, blocked);
}

/** Somebody has gone: nobody here has to be kept from them. */
export function mindsNoMore(hub: HubState, user: User): void {
  for (const blocked of user.blocked) dropBlock(hub, user, blocked);
}

export function block(hub: HubState, user: User, other: UserId): void {
  user.blocked.add(other);
  addBlock(hub, user, other);
}

export function unblock(hub: HubState, user: User, other: UserId): void {
  user.blocked.delete(other);
  dropBlock(hub, user, other);
}

/** Whether one of the two has blocked the other. */
export function areApart(one: User, other: User): boolean {
  return one.blocked.has(other.id) || other.blocked.has(one.id);
}

/** The same; of whoever is not here only what `user` has done is known. */
export function isApart(hub: HubState, user: User, other: UserId): boolean {
  return user.blocked.has(other) || hub.users.get(other)?.blocked.has(user.id) === true;
}

/** Those here with a block between them and this user. */
export function apartFrom(hub: HubState, user: User): Set<User> {
  const apart = new Set(hub.blockers.get(user.id));
  for (const id of user.blocked) {
    const other = hub.users.get(id);
    if (other !== undefined) apart.add(other);
  }
  return apart;
}

/**
 * Says it to all who listen in the events dialect but those; as one publication where none of them
 * is there. `instead` is what they are told.
 */
export function publishApart(
  hub: HubState,
  audience: Audience,
  apart: ReadonlySet<User>,
  frame: string | undefined,
  except?: ConnectionId,
  instead?: (user: User) => string | undefined,
): void {
  if (apart.size === 0) return publish(hub, audience, "events", () => frame, except);
  for (const [connection, user] of eventsListeners(hub, audience)) {
    if (connection.id === except) continue;
    send(hub, connection, apart.has(user) ? instead?.(user) : frame);
  }
}

function* eventsListeners(hub: HubState, audience: Audience): Generator<readonly [Connection, User]> {
  const users = audience === hub.everyone ? hub.users.values() : audience.members;
  for (const user of users)
    for (const [connection, session] of sessionsOf(user))
      if (connection.dialect.name === "events" && hears(session, audience)) yield [connection, user];
}

function addBlock(hub: HubState, user: User, other: UserId): void {
  const blockers = hub.blockers.get(other);
  if (blockers === undefined) hub.blockers.set(other, new Set([user]));
  else blockers.add(user);
}

function dropBlock(hub: HubState, user: User, other: UserId): void {
  const blockers = hub.blockers.get(other);
  blockers?.delete(user);
  if (blockers?.size === 0) hub.blockers.delete(other);
}
