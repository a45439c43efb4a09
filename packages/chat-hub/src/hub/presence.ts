// Who is here: a state and its changes, never an entry of a log. Changes are joined for a moment, so
// that neither a reload flickers nor a thousand logins make a storm.

import { events } from "../dialects/events.js";
import type { UserRow, UsersPayload } from "../dialects/frames.js";
import type { NameKey } from "../words/ids.js";
import { publish } from "./audience.js";
import type { Connection, HubState, User } from "./state.js";
import { after, send } from "./state.js";

/** As many rows as fit into a frame with the longest names there can be. */
const rowsPerFrame = 200;

export function arrive(hub: HubState, user: User): void {
  const { key, spelling } = user.name;
  hub.alarms.names.clear("grace", key);
  const isNew = !hub.presence.here.has(key);
  hub.presence.here.set(key, spelling);
  if (isNew) change(hub, key, { username: spelling, status: "online" });
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
  change(hub, key, { username, status: "offline" });
}

export function announce(hub: HubState): void {
  const { here, changed } = hub.presence;
  const rows = [...changed.values()];
  changed.clear();
  if (here.size > hub.limits.presenceCrowd) return say(hub, undefined);
  for (let index = 0; index < rows.length; index += rowsPerFrame)
    say(hub, rows.slice(index, index + rowsPerFrame));
}

/** Tells one connection all of it: it was not told of changes while it was behind. */
export function tellPresence(hub: HubState, connection: Connection): void {
  const { users, count, more } = usersAfter(hub, undefined, hub.limits.presenceCrowd);
  const crowd = more || count > hub.limits.presenceCrowd;
  for (let index = 0; index < (crowd ? 1 : users.length); index += rowsPerFrame) {
    const payload = crowd ? { count } : { users: users.slice(index, index + rowsPerFrame), count };
    send(hub, connection, connection.dialect.encode({ type: "presence", payload }));
  }
}

/** A page of who is here, by name; `after` is the last name of the page before. */
export function usersAfter(hub: HubState, after: NameKey | undefined, limit: number): UsersPayload {
  const keys = [...hub.presence.here.keys()].filter((key) => after === undefined || key > after).sort();
  const users = keys
    .slice(0, limit)
    .map((key): UserRow => ({ username: hub.presence.here.get(key) ?? key, status: "online" }));
  return { users, count: hub.presence.here.size, more: keys.length > limit };
}

function change(hub: HubState, key: NameKey, row: UserRow): void {
  // Coming and going within one announcement is nothing to tell.
  if (!hub.presence.changed.delete(key)) hub.presence.changed.set(key, row);
  const crowd = hub.presence.here.size > hub.limits.presenceCrowd;
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
