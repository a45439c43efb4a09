// `stats`: who and what is here, for those who look after the house.

import { takeCensus } from "../census.js";
import type { HubState } from "../state/hub-state.js";
import { messagesPerMinute } from "../tally.js";
import type { Asker } from "./asker.js";
import { tell } from "./asker.js";

export function tellStats(hub: HubState, asker: Asker): void {
  const { connections, unnamed, behind, paused, users, rooms, appendBacklog, messages } = takeCensus(hub);
  tell(hub, asker, {
    type: "stats",
    payload: {
      at: hub.wall,
      connections: connections.simple + connections.events,
      unnamed,
      behind,
      paused,
      users,
      rooms,
      messages: messages.everyone + messages.private + messages.room,
      messages_per_minute: messagesPerMinute(hub.flow, hub.at),
      append_backlog: appendBacklog,
      asks: hub.asks.size,
      cursors: hub.moves.size,
      names: hub.names.size,
      addresses: hub.addresses.size,
      bans: hub.rules.count("ban"),
      silences: hub.rules.count("silence"),
    },
  });
}
