// Who is here, and as what: a state and its changes, never an entry of a log. Changes are joined for a
// moment, so that neither a reload flickers nor a thousand logins make a storm. Whoever is invisible
// is not here, for all that others can tell.

import type { UserRow, UsersPayload } from "../dialects/frames/people.js";
import type { NameKey, UserId } from "../words/ids.js";
import type { Status } from "../words/rooms.js";
import { areApart } from "./apart.js";
import type { HubState } from "./state/hub-state.js";
import { after } from "./state/hub-state.js";
import type { User } from "./state/user.js";

export function arrive(hub: HubState, user: User): void {
  const { key } = user.name;
  hub.alarms.names.clear("grace", key);
  if (user.profile.status === "invisible") disappear(hub, key);
  else appear(hub, user);
}

/** A goodbye counts at once; whoever was lost may be back within the grace. */
export function depart(hub: HubState, user: User, clean: boolean): void {
  const { key } = user.name;
  if (hub.presence.here.get(key) !== user) return;
  user.seen = hub.wall;
  if (clean) disappear(hub, key);
  else hub.alarms.names.set("grace", key, after(hub, hub.limits.graceMs));
}

/** The grace is over. */
export function vanish(hub: HubState, key: NameKey): void {
  if ((hub.names.get(key)?.connections.length ?? 0) === 0) disappear(hub, key);
}

/** They have chosen another status, or other words about it. */
export function showAs(hub: HubState, user: User, status: Status, text: string): void {
  const { here } = hub.presence;
  const isHere = here.get(user.name.key) === user;
  if (isHere) note(hub, user);
  user.profile = { ...user.profile, status, text };
  if (isHere && status === "invisible") {
    user.seen = hub.wall;
    disappear(hub, user.name.key);
  } else if (isHere) {
    announceSoon(hub);
  } else if (status !== "invisible" && isWelcome(user)) {
    appear(hub, user);
  }
}

function isWelcome(user: User): boolean {
  return user.connections.some(({ stage }) => stage.state === "here");
}

function appear(hub: HubState, user: User): void {
  const { here } = hub.presence;
  const before = here.get(user.name.key);
  if (before === user) return;
  // Somebody else may have taken the name within the grace, and spell it in another way.
  if (before !== undefined) note(hub, before);
  note(hub, user);
  if (before === undefined) hub.presence.sorted = undefined;
  here.set(user.name.key, user);
  announceSoon(hub);
}

function disappear(hub: HubState, key: NameKey): void {
  const user = hub.presence.here.get(key);
  hub.alarms.names.clear("grace", key);
  if (user === undefined) return;
  note(hub, user);
  hub.presence.here.delete(key);
  hub.presence.sorted = undefined;
  announceSoon(hub);
}

/** What `viewer` may see of somebody: whoever is not here, or apart from them, is offline. */
export function seenAs(
  hub: HubState,
  viewer: User,
  user: UserId,
  key: NameKey,
): Pick<UserRow, "status" | "text"> {
  const there = hub.presence.here.get(key);
  if (there?.id !== user || areApart(viewer, there)) return { status: "offline" };
  const { status, text } = rowOf(there);
  return text === undefined ? { status } : { status, text };
}

/** A page of who is here, by name, as `viewer` or all may see it; `after` is the last name of the page before. */
export function usersAfter(
  hub: HubState,
  viewer: User | undefined,
  after: NameKey | undefined,
  limit: number,
): UsersPayload {
  const { presence } = hub;
  for (const change of presence.changed.values()) change.isListed = true;
  presence.sorted ??= [...presence.here.keys()].sort();
  const from = after === undefined ? 0 : firstAbove(presence.sorted, after);
  const users: UserRow[] = [];
  for (const key of presence.sorted.slice(from, from + limit)) {
    const user = presence.here.get(key);
    if (user === undefined || (viewer !== undefined && areApart(viewer, user))) continue;
    users.push(rowOf(user));
  }
  return { users, count: presence.here.size, more: presence.sorted.length > from + limit };
}

function firstAbove(sorted: readonly NameKey[], key: NameKey): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as NameKey) > key) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** To be called before a change: remembers what was told of them until now, to be announced. */
function note(hub: HubState, user: User): void {
  const { presence } = hub;
  const { key, spelling } = user.name;
  presence.version += 1;
  if (!presence.changed.has(spelling))
    presence.changed.set(spelling, { user, told: shown(hub, key, spelling), isListed: false });
}

export function announceSoon(hub: HubState): void {
  // The next news wait for the last round of these.
  if (hub.presence.rounds !== undefined) return;
  const crowd = hub.presence.here.size > hub.limits.presenceCrowd;
  const { house } = hub.alarms;
  if (house.has("presence", "house") || house.has("presenceCrowd", "house")) return;
  const ms = crowd ? hub.limits.presenceCrowdMs : hub.limits.presenceMs;
  house.set(crowd ? "presenceCrowd" : "presence", "house", after(hub, ms));
}

/** What all may see of a spelling of a name. */
export function shown(hub: HubState, key: NameKey, username: string): UserRow {
  const user = hub.presence.here.get(key);
  return user?.name.spelling === username ? rowOf(user) : { username, status: "offline" };
}

function rowOf({ name, profile }: User): UserRow {
  const { status, text } = profile;
  const username = name.spelling;
  if (status === "invisible") return { username, status: "offline" };
  return text === "" ? { username, status } : { username, status, text };
}
