// Who is here: a state and its changes, never an entry of a log. Changes are joined for a moment, so
// that neither a reload flickers nor a thousand logins make a storm.

import { events } from "../dialects/events.js";
import type { PresencePayload, UserRow, UsersPayload } from "../dialects/frames.js";
import type { NameKey } from "../words/ids.js";
import { utf8Bytes } from "../words/text.js";
import { publish } from "./audience.js";
import type { Connection, HubState, Session, User } from "./state.js";
import { after, send } from "./state.js";

/** As many rows as fit into a frame with the longest names there can be. */
const rowsPerFrame = 200;
/** What a frame needs beside its payload, at the most. */
const envelopeBytes = 256;

export function arrive(hub: HubState, user: User): void {
  const { key, spelling } = user.name;
  const { here } = hub.presence;
  hub.alarms.names.clear("grace", key);
  const before = here.get(key);
  if (before === spelling) return;
  // Somebody else has taken the name within the grace, and spells it in another way.
  if (before !== undefined) change(hub, { username: before, status: "offline" });
  here.set(key, spelling);
  change(hub, { username: spelling, status: "online" });
}

/** A goodbye counts at once; whoever was lost may be back within the grace. */
export function depart(hub: HubState, user: User, clean: boolean): void {
  if (clean) vanish(hub, user.name.key);
  else hub.alarms.names.set("grace", user.name.key, after(hub, hub.limits.graceMs));
}

export function vanish(hub: HubState, key: NameKey): void {
  const username = hub.presence.here.get(key);
  hub.alarms.names.clear("grace", key);
  if (username === undefined || (hub.names.get(key)?.connections.size ?? 0) > 0) return;
  hub.presence.here.delete(key);
  change(hub, { username, status: "offline" });
}

export function announce(hub: HubState): void {
  const { here, changed } = hub.presence;
  const rows = [...changed.values()];
  changed.clear();
  if (here.size > hub.limits.presenceCrowd) return say(hub, undefined);
  for (let index = 0; index < rows.length; index += rowsPerFrame)
    say(hub, rows.slice(index, index + rowsPerFrame));
}

/** Tells one connection all of it: it was not told of changes while it did not listen. */
export function tellPresence(hub: HubState, connection: Connection, session: Session): void {
  session.presenceTold = hub.presence.version;
  const { users, count, more } = usersAfter(hub, undefined, hub.limits.presenceCrowd);
  const list: PresencePayload = { users, count, all: true };
  const tooLong = more || utf8Bytes(JSON.stringify(list)) > hub.limits.frameBytes - envelopeBytes;
  const payload = tooLong ? { count } : list;
  send(hub, connection, connection.dialect.encode({ type: "presence", payload }));
}

/** A page of who is here, by name; `after` is the last name of the page before. */
export function usersAfter(hub: HubState, after: NameKey | undefined, limit: number): UsersPayload {
  const { presence } = hub;
  presence.sorted ??= [...presence.here.keys()].sort();
  const from = after === undefined ? 0 : firstAbove(presence.sorted, after);
  const users = presence.sorted
    .slice(from, from + limit)
    .map((key): UserRow => ({ username: presence.here.get(key) ?? key, status: "online" }));
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

function change(hub: HubState, row: UserRow): void {
  const { presence } = hub;
  presence.version += 1;
  presence.sorted = undefined;
  // Coming and going within one announcement is nothing to tell.
  if (!presence.changed.delete(row.username)) presence.changed.set(row.username, row);
  const crowd = presence.here.size > hub.limits.presenceCrowd;
  const kind = crowd ? "presenceCrowd" : "presence";
  const { house } = hub.alarms;
  if (house.has("presence", "house") || house.has("presenceCrowd", "house")) return;
  house.set(kind, "house", after(hub, crowd ? hub.limits.presenceCrowdMs : hub.limits.presenceMs));
}

function say(hub: HubState, users: readonly UserRow[] | undefined): void {
  const count = hub.presence.here.size;
  publish(hub, "events", () =>
    events.encode({ type: "presence", payload: users === undefined ? { count } : { users, count } }),
  );
}
