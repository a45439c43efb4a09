// Frames come in, and are obeyed in the order in which they came. They wait while a login is decided,
// while a connection is over its rate, and while what it was sent is not taken; one that waits is not
// read any further, so that little more than what was on its way can gather.

import { end, leave } from "./departure.js";
import { idOf, obey } from "./obey.js";
import { lived } from "./pulse.js";
import { refuse } from "./refuse.js";
import type { Connection, HubState } from "./state.js";
import { after } from "./state.js";

export function receive(hub: HubState, connection: Connection, frame: string | undefined): void {
  lived(hub, connection);
  const { inbox } = connection;
  if (inbox.frames.length > 0 || waits(connection)) return hold(hub, connection, frame);
  if (obey(hub, connection, frame) === "done") return;
  inbox.frames.push(frame);
  inbox.bytes += frame?.length ?? 0;
  slowDown(hub, connection);
}

/** Obeys what waited, as far as it may now. */
export function drain(hub: HubState, connection: Connection): void {
  const { inbox } = connection;
  while (inbox.frames.length > 0 && !waits(connection)) {
    const frame = inbox.frames.shift();
    if (obey(hub, connection, frame) === "later") {
      inbox.frames.unshift(frame);
      return slowDown(hub, connection);
    }
    inbox.bytes -= frame?.length ?? 0;
  }
  if (inbox.frames.length > 0 || connection.stage.state === "ended") return;
  inbox.bytes = 0;
  if (inbox.held) {
    inbox.held = false;
    hub.effects.push({ type: "pause", connection: connection.id, ms: 0 });
  }
  if (connection.gone !== undefined && !waits(connection)) leave(hub, connection, connection.gone.clean);
}

/** The pause of a connection over its rate has passed. */
export function paceOver(hub: HubState, connection: Connection): void {
  const refused = connection.paced?.refused ?? 0;
  connection.paced = undefined;
  if (refused > 0) {
    refuse(hub, connection, undefined, "rate_limited", { refused, retryAfterMs: hub.limits.pauseMs });
  }
  drain(hub, connection);
}

function waits({ stage, paced, congested, gone }: Connection): boolean {
  if (stage.state === "deciding" || stage.state === "entering") return true;
  return paced !== undefined || (congested && gone === undefined);
}

function hold(hub: HubState, connection: Connection, frame: string | undefined): void {
  const { inbox, paced } = connection;
  const full = inbox.frames.length >= hub.limits.inboxFrames || inbox.bytes >= hub.limits.inboxBytes;
  if (full && paced !== undefined) return refuseFlood(hub, connection, paced, frame);
  inbox.frames.push(frame);
  inbox.bytes += frame?.length ?? 0;
  if (!full || inbox.held) return;
  inbox.held = true;
  hub.effects.push({ type: "pause", connection: connection.id, ms: hub.limits.stuckMs });
}

/** Never an answer per flooding frame: one for each that has an id, one for all others of this pause. */
function refuseFlood(
  hub: HubState,
  connection: Connection,
  paced: { refused: number },
  frame: string | undefined,
): void {
  const { rates, pauseMs } = hub.limits;
  const { flood } = connection;
  if (rates !== undefined && hub.at - flood.last > rates.floodMs) flood.frames = 0;
  flood.frames += 1;
  flood.last = hub.at;
  if (rates !== undefined && flood.frames >= rates.floodFrames) return end(hub, connection, "flood");
  const id = frame === undefined ? undefined : idOf(connection.dialect.decode(frame, hub.limits));
  if (id === undefined) paced.refused += 1;
  else refuse(hub, connection, id, "rate_limited", { retryAfterMs: pauseMs });
}

function slowDown(hub: HubState, connection: Connection): void {
  const { pauseMs } = hub.limits;
  connection.paced = { refused: 0 };
  hub.alarms.connections.set("paced", connection, after(hub, pauseMs));
  hub.effects.push({ type: "pause", connection: connection.id, ms: pauseMs });
}
