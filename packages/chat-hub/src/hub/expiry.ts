// A login that is good until some moment ends then. That may be weeks away, and the clock of people may
// be set meanwhile: it is looked at again and again, oftener as the end comes nearer.

import { end } from "./departure.js";
import { refuse } from "./refuse.js";
import type { Connection } from "./state/connection.js";
import { sessionOf } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { after } from "./state/hub-state.js";

const steps = [
  { kind: "endsInHours", ms: 3_600_000 },
  { kind: "endsInMinutes", ms: 60_000 },
  { kind: "endsInSeconds", ms: 1_000 },
] as const;

/** Begins to wait for the end of its login, if it has one. */
export function awaitEnd(hub: HubState, connection: Connection): void {
  for (const { kind } of steps) hub.alarms.connections.clear(kind, connection);
  const until = sessionOf(connection)?.pass?.until;
  if (until === undefined) return;
  const left = until - hub.wall;
  const { kind, ms } = steps.find((step) => step.ms <= left) ?? steps[2];
  hub.alarms.connections.set(kind, connection, after(hub, ms));
}

/** Some of the wait is over. */
export function comesNearer(hub: HubState, connection: Connection): void {
  const until = sessionOf(connection)?.pass?.until;
  if (until !== undefined && until <= hub.wall) endLogin(hub, connection);
  else awaitEnd(hub, connection);
}

/** The login of this connection is good no more. */
export function endLogin(hub: HubState, connection: Connection): void {
  refuse(hub, connection, undefined, "login_expired");
  end(hub, connection, "loginEnded");
}
