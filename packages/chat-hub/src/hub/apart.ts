// Who has blocked whom. Two people with a block between them, whichever of them made it, see nothing
// of each other that is not an entry: no presence, no typing, no receipts. Whoever says such a thing to
// many leaves those out.

import type { UserId } from "../words/ids.js";
import type { HubState } from "./state/hub-state.js";
import type { User } from "./state/user.js";

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

export function apartFromAny(hub: HubState, users: readonly User[]): Set<User> {
  return new Set(users.flatMap((user) => [...apartFrom(hub, user)]));
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
