// How connections end, and what ends with the last one of a user.

import type { Closing } from "../tables/closings.js";
import type { NameKey } from "../words/ids.js";
import { goFrom } from "./addresses.js";
import { mindsNoMore } from "./apart.js";
import { audiencesOf, hears, stopListening, unattend } from "./audience.js";
import { owe } from "./debts.js";
import { rememberRate } from "./pace.js";
import { depart } from "./presence.js";
import type { Connection } from "./state/connection.js";
import { connectionAlarms, sessionOf } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { count } from "./tally.js";

/** Ends it from our side; what it sent and was not obeyed yet is discarded. */
export function end(hub: HubState, connection: Connection, closing: Closing): void {
  if (connection.stage.state === "ended") return;
  count(hub.tally.closings, closing);
  if (connection.gone === undefined) hub.effects.push({ type: "close", connection: connection.id, closing });
  leave(hub, connection, false);
}

/** The socket is gone. Frames that came before are still obeyed, and then it leaves: see the inbox. */
export function closed(hub: HubState, connection: Connection, clean: boolean): void {
  connection.gone = { clean };
  hub.alarms.connections.clear("pulse", connection);
  hub.alarms.connections.clear("prove", connection);
  if (connection.inbox === undefined) leave(hub, connection, clean);
}

export function leave(hub: HubState, connection: Connection, clean: boolean): void {
  const session = sessionOf(connection);
  if (session !== undefined) {
    for (const audience of audiencesOf(hub, session.user))
      if (hears(session, audience)) stopListening(hub, connection, audience);
  }
  connection.stage = { state: "ended" };
  connection.inbox = undefined;
  hub.connections.delete(connection.id);
  hub.credentials.delete(connection);
  goFrom(hub, connection);
  for (const kind of connectionAlarms) hub.alarms.connections.clear(kind, connection);
  if (session === undefined) return;
  const { user } = session;
  user.connections = user.connections.filter((one) => one !== connection);
  // Whichever connection is the last: another one may have made them present.
  if (user.connections.length === 0) depart(hub, user, clean);
  settle(hub, user.name.key);
}

/**
 * Releases a name that nobody is connected under any more; not while the store is deciding about a
 * login of it, which may be the same user coming back.
 */
export function settle(hub: HubState, key: NameKey): void {
  const user = hub.names.get(key);
  if (user === undefined || user.connections.length > 0 || hub.deciding.has(key)) return;
  hub.names.delete(key);
  hub.users.delete(user.id);
  for (const audience of [...user.rooms.values()]) unattend(hub, user, audience);
  hub.everyone.begins.delete(user);
  mindsNoMore(hub, user);
  rememberRate(hub, user);
  const seen = user.seen === undefined ? {} : { seen: user.seen };
  owe(hub, { call: { type: "release", user: user.id, at: hub.wall, ...seen }, key, movers: new Map() });
}
