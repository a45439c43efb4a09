// Who listens to what: an audience in one dialect is a topic, and a frame is encoded once for it.

import type { DialectName } from "../dialects/dialect.js";
import type { ConnectionId, Topic } from "../words/ids.js";
import type { Connection, HubState, Session } from "./state.js";

const topics: Readonly<Record<DialectName, Topic>> = {
  events: "everyone/events" as Topic,
  simple: "everyone/simple" as Topic,
};

export function listen(hub: HubState, connection: Connection, session: Session): void {
  if (session.subscribed || connection.gone !== undefined) return;
  session.subscribed = true;
  move(hub, connection, "subscribe", 1);
}

export function stopListening(hub: HubState, connection: Connection, session: Session): void {
  if (!session.subscribed) return;
  session.subscribed = false;
  move(hub, connection, "unsubscribe", -1);
}

/** Says it to all who listen in a dialect; `encode` runs only if somebody does. */
export function publish(
  hub: HubState,
  dialect: DialectName,
  encode: () => string | undefined,
  except?: ConnectionId,
): void {
  const topic = topics[dialect];
  if ((hub.listeners.get(topic) ?? 0) === 0) return;
  const frame = encode();
  if (frame !== undefined) hub.effects.push({ type: "publish", topic, frame, except });
}

function move(hub: HubState, connection: Connection, type: "subscribe" | "unsubscribe", by: 1 | -1): void {
  const topic = topics[connection.dialect.name];
  hub.listeners.set(topic, (hub.listeners.get(topic) ?? 0) + by);
  hub.effects.push({ type, connection: connection.id, topic });
}
