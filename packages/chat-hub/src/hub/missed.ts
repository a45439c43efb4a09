// What changes while somebody can't take it, and is no entry of a log: of each thing they are told the
// last when they can again. So nothing grows while they can't.

import type { Connection } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { send } from "./state/hub-state.js";

/** Things that are remembered for one connection; of the one that changed longest ago it is not told. */
const mostMissed = 100;

/** Says how something is now; `of` names what is. */
export function tellState(
  hub: HubState,
  connection: Connection,
  of: string,
  frame: string | undefined,
): void {
  if (!connection.congested) return send(hub, connection, frame);
  if (frame === undefined) return;
  connection.missed ??= new Map();
  const { missed } = connection;
  missed.delete(of);
  missed.set(of, frame);
  const [longest] = missed.size > mostMissed ? missed.keys() : [];
  if (longest !== undefined) missed.delete(longest);
}

/** It can take it again. */
export function tellMissed(hub: HubState, connection: Connection): void {
  for (const frame of connection.missed?.values() ?? []) send(hub, connection, frame);
  connection.missed = undefined;
}
