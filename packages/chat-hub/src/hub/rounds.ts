// What a crowd is told of who is here, round by round: so many connections now, the next ones a moment
// later, so that nobody waits until thousands have been written to. The next news come only when all have
// been told these; what has changed meanwhile waits for them.

import { events } from "../dialects/events.js";
import type { ConnectionId } from "../words/ids.js";
import { apartFromAny } from "./apart.js";
import { hears, listenersOf } from "./audience.js";
import { announceSoon } from "./presence.js";
import type { Connection } from "./state/connection.js";
import { sessionOf } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { after, send } from "./state/hub-state.js";
import type { Saying } from "./state/presence.js";

/** Begins to tell it to all who listen now. */
export function tellInRounds(hub: HubState, sayings: readonly Saying[]): void {
  const { presence, everyone } = hub;
  const to = [...listenersOf(hub, everyone, events.name)].map(([connection]) => connection);
  presence.rounds = { sayings, to, told: 0, version: presence.version };
  tellRound(hub);
}

/** The next ones are told; those who do not listen any more are told of all when they are back. */
export function tellRound(hub: HubState): void {
  const { presence, limits } = hub;
  const { rounds } = presence;
  if (rounds === undefined) return;
  const next = rounds.to
    .slice(rounds.told, rounds.told + limits.presenceRound)
    .filter((one) => listens(hub, one));
  rounds.told += limits.presenceRound;
  for (const saying of rounds.sayings) say(hub, saying, next);
  if (rounds.told < rounds.to.length) {
    hub.alarms.house.set("presenceRound", "house", after(hub, limits.presenceRoundMs));
    return;
  }
  presence.announced = rounds.version;
  presence.rounds = undefined;
  if (presence.changed.size > 0) announceSoon(hub);
}

/** One frame for all of these but those who may not see all of it, as the blocks are now. */
function say(hub: HubState, { of, seenBy }: Saying, to: readonly Connection[]): void {
  const apart = apartFromAny(hub, of);
  const frame = events.encode(seenBy());
  const connections: ConnectionId[] = [];
  for (const connection of to) {
    const user = sessionOf(connection)?.user;
    if (user !== undefined && apart.has(user)) send(hub, connection, events.encode(seenBy(user)));
    else connections.push(connection.id);
  }
  if (frame !== undefined && connections.length > 0)
    hub.effects.push({ type: "share", connections, frames: [frame] });
}

function listens(hub: HubState, connection: Connection): boolean {
  const session = sessionOf(connection);
  return session !== undefined && connection.gone === undefined && hears(session, hub.everyone);
}
