// Frames come in, and are obeyed in the order in which they came. They wait while a login is decided,
// while a connection is over its rate, and while what it was sent is not taken; one that waits is not
// read any further, so that little more than what was on its way can gather.

import type { CommandId } from "../dialects/frames.js";
import type { Limits } from "../tables/limits.js";
import { end, leave } from "./departure.js";
import { obey, read } from "./obey.js";
import { lived } from "./pulse.js";
import { refuse } from "./refuse.js";
import type { Connection, Inbox } from "./state/connection.js";
import type { HubState } from "./state/hub-state.js";
import { after } from "./state/hub-state.js";

/** Of the frames after which a flood is closed, the part after which it is read seldom. */
const floodPart = 1 / 20;

export function receive(hub: HubState, connection: Connection, frame: string | undefined): void {
  lived(hub, connection);
  if (connection.inbox !== undefined || waits(connection)) return hold(hub, connection, frame);
  const decoded = read(hub, connection, frame);
  const verdict = obey(hub, connection, frame, decoded);
  if (verdict === "done") return;
  connection.inbox = { frames: [frame], bytes: frame?.length ?? 0, unreadUntil: undefined, first: decoded };
  slowDown(hub, connection, verdict);
}

/** Obeys what waited, as far as it may now. */
export function obeyWaiting(hub: HubState, connection: Connection): void {
  while (connection.inbox !== undefined && !waits(connection)) {
    const verdict = obeyFirst(hub, connection, connection.inbox);
    if (verdict !== "done") return slowDown(hub, connection, verdict);
  }
  if (connection.inbox !== undefined || connection.stage.state === "ended") return;
  if (connection.gone !== undefined && !waits(connection)) leave(hub, connection, connection.gone.clean);
}

/** It is read once, however often it has to wait. */
function obeyFirst(hub: HubState, connection: Connection, inbox: Inbox): ReturnType<typeof obey> {
  const [frame] = inbox.frames;
  inbox.first ??= read(hub, connection, frame);
  const verdict = obey(hub, connection, frame, inbox.first);
  // It may have been the last that was obeyed: then nothing waits any more.
  if (verdict !== "done" || connection.inbox === undefined) return verdict;
  inbox.frames.shift();
  inbox.bytes -= frame?.length ?? 0;
  inbox.first = undefined;
  if (inbox.frames.length > 0) return verdict;
  connection.inbox = undefined;
  if (inbox.unreadUntil !== undefined) hub.effects.push({ type: "pause", connection: connection.id, ms: 0 });
  return verdict;
}

/** The pause of a connection over its rate has passed. */
export function paceOver(hub: HubState, connection: Connection): void {
  const refused = connection.paced?.refused ?? 0;
  connection.paced = undefined;
  if (refused > 0) {
    refuse(hub, connection, undefined, "rate_limited", { refused, retryAfterMs: hub.limits.pauseMs });
  }
  obeyWaiting(hub, connection);
}

function waits({ stage, paced, congested, gone }: Connection): boolean {
  if (stage.state === "proving" || stage.state === "deciding" || stage.state === "entering") return true;
  return paced !== undefined || (congested && gone === undefined);
}

function hold(hub: HubState, connection: Connection, frame: string | undefined): void {
  const { paced } = connection;
  connection.inbox ??= { frames: [], bytes: 0, unreadUntil: undefined, first: undefined };
  const { inbox } = connection;
  const full = isFull(hub, inbox);
  if (full && paced?.overRate === true) return refuseFlood(hub, connection, paced, frame);
  inbox.frames.push(frame);
  inbox.bytes += frame?.length ?? 0;
  // What comes before that was on its way. Once it is read again it must be stopped again, or it gathers for ever.
  if (!full || (inbox.unreadUntil ?? hub.at) > hub.at) return;
  inbox.unreadUntil = after(hub, hub.limits.stuckMs);
  hub.effects.push({ type: "pause", connection: connection.id, ms: hub.limits.stuckMs });
}

function isFull({ limits }: HubState, { frames, bytes }: Inbox): boolean {
  return frames.length >= limits.inboxFrames || bytes >= limits.inboxBytes;
}

/** Never an answer per flooding frame: one for each that has an id, one for all others of this pause. */
function refuseFlood(
  hub: HubState,
  connection: Connection,
  paced: { refused: number; readonly ms: number },
  frame: string | undefined,
): void {
  if (goesTooFar(hub, connection)) return end(hub, connection, "flood");
  const id = frame === undefined ? undefined : idOf(connection, frame, hub.limits);
  if (id === undefined) paced.refused += 1;
  else refuse(hub, connection, id, "rate_limited", { retryAfterMs: paced.ms });
}

/** Counts one more that is refused; `true` if they were too many, one soon after the other. */
function goesTooFar(hub: HubState, connection: Connection): boolean {
  const { at } = hub;
  const { rates } = hub.limits;
  if (rates === undefined) return false;
  const flood = floodOf(hub, connection) ?? { frames: 0, last: at };
  connection.flood = flood;
  flood.frames += 1;
  flood.last = at;
  return flood.frames >= rates.floodFrames;
}

/** What was refused of late, if it has not been quiet since. */
function floodOf({ at, limits }: HubState, { flood }: Connection): Connection["flood"] {
  const { floodMs = 0 } = limits.rates ?? {};
  return flood !== undefined && at - flood.last <= floodMs ? flood : undefined;
}

/** A long one comes alone in its piece of the stream: to read it costs less than many short ones do. */
function idOf({ dialect }: Connection, frame: string, limits: Limits): CommandId | undefined {
  const decoded = dialect.decode(frame, limits);
  return decoded.ok ? decoded.value.id : decoded.fault.id;
}

/** Pings and pongs over the rate: the first slows the connection down, those of that pause are a flood. */
export function tooFast(hub: HubState, connection: Connection): void {
  if (connection.paced === undefined) slowDown(hub, connection, "overRate");
  else if (goesTooFar(hub, connection)) end(hub, connection, "flood");
}

/** Not read for a while. */
function slowDown(hub: HubState, connection: Connection, why: "overRate" | "backlog"): void {
  const { rates, pauseMs } = hub.limits;
  // Each time that it is read a flood comes in by the piece: many who flood are read seldom.
  const flood = floodOf(hub, connection);
  const isFlood = rates !== undefined && flood !== undefined && flood.frames >= rates.floodFrames * floodPart;
  const ms = isFlood ? Math.max(pauseMs, rates.floodPauseMs) : pauseMs;
  // Nothing comes while it is not read: it is not quiet for that.
  if (isFlood) flood.last = after(hub, ms);
  connection.paced = { overRate: why === "overRate", refused: 0, ms };
  hub.alarms.connections.set(isFlood ? "pacedLong" : "paced", connection, after(hub, ms));
  const { inbox } = connection;
  // While the store does not answer, a full one stays as full as it is; a flood has to be seen to go on.
  const isStuck = why === "backlog" && inbox !== undefined && isFull(hub, inbox);
  const unreadMs = isStuck ? hub.limits.stuckMs : ms;
  hub.effects.push({ type: "pause", connection: connection.id, ms: unreadMs });
  // It is the shell's newest pause that counts.
  if (isStuck || inbox?.unreadUntil !== undefined) inbox.unreadUntil = after(hub, unreadMs);
}
