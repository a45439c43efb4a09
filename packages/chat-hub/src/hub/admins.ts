// Who looks after the house: by a record of the store, or because the gate says so of the account that a
// session was let in by.

import type { UserId } from "../words/ids.js";
import { sessionOf } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import type { Session } from "./state/session.js";

export function isAdmin({ rules }: HubState, { user, pass }: Session): boolean {
  return rules.isAdmin(user.id) || pass?.admin === true;
}

/** The gate says so of somebody who is here, by any of their sessions: no record has that. */
export function isAdminHere(hub: HubState, user: UserId): boolean {
  const connections = hub.users.get(user)?.connections ?? [];
  return connections.some((connection) => sessionOf(connection)?.pass?.admin === true);
}
