// Who and what is here at one moment. It goes through all connections, so it is asked now and then.

import type { DialectName } from "../dialects/dialect.js";
import { sessionOf } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import type { Tally } from "./tally.js";

export interface Census extends Tally {
  /** Open connections, logged in or not, by dialect. */
  readonly connections: Readonly<Record<DialectName, number>>;
  /** Connections that have no name yet. */
  readonly unnamed: number;
  /** Connections that can't keep up with what is said: they are read to from the log. */
  readonly behind: number;
  /** Connections that are not read: over a rate, or because too much waits for the store. */
  readonly paused: number;
  /** Users who are connected. */
  readonly users: number;
  /** Rooms that somebody here is in. */
  readonly rooms: number;
  /** Messages that the store has not answered yet, in UTF-16 units. */
  readonly appendBacklog: number;
}

export function takeCensus(hub: HubState): Census {
  const connections: Record<DialectName, number> = { simple: 0, events: 0 };
  let [unnamed, behind, paused] = [0, 0, 0];
  for (const connection of hub.connections.values()) {
    connections[connection.dialect.name] += 1;
    const session = sessionOf(connection);
    if (session === undefined) unnamed += 1;
    else if (connection.congested || session.reading.size > 0) behind += 1;
    if (connection.paced !== undefined) paused += 1;
  }
  const { messages, logins, refusals, closings } = hub.tally;
  return {
    connections,
    unnamed,
    behind,
    paused,
    users: hub.users.size,
    rooms: hub.audiences.size - 1,
    appendBacklog: hub.backlog,
    messages: { ...messages },
    logins: { ...logins },
    refusals: { ...refusals },
    closings: { ...closings },
  };
}
